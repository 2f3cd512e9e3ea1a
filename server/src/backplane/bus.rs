//! The seam's other side: what the hub asks of the other nodes, over Redis.

use super::common::Core;
use super::frame::Frame;
use super::queue::Letter;
use super::{link, totals, view};
use crate::hub::bus::{Answer, Bus, Health, Reach, Receipt, RoomName, Said, Totals, View, Why};
use crate::hub::id::{ConnId, NodeId};
use std::sync::Arc;
use tokio_util::task::AbortOnDropHandle;

/// One node's bus over Redis.
#[derive(Debug)]
pub(super) struct RedisBus {
    core: Arc<Core>,
    _link: AbortOnDropHandle<()>,
}

impl RedisBus {
    /// Starts the link. Nothing is waited for: until it is up, everything reaches this node only.
    pub(super) fn start(core: Core) -> Self {
        let core = Arc::new(core);
        Self {
            _link: AbortOnDropHandle::new(tokio::spawn(link::run(core.clone()))),
            core,
        }
    }

    fn push(&self, room: &str, text: &str, letter: impl FnOnce() -> Letter) -> Receipt {
        let receipt = match Frame::fits(room, text) {
            true => self.core.queue.push(letter()),
            false => Receipt::Done(Reach::Here(Why::Full)),
        };
        if let Receipt::Done(Reach::Here(why)) = receipt {
            self.core.local.meter().unconfirmed(1, why);
        }
        receipt
    }
}

impl Bus for RedisBus {
    fn node(&self) -> NodeId {
        self.core.node()
    }

    fn say(&self, said: Said<'_>) -> Receipt {
        self.push(said.room, said.message, || Letter::Say {
            room: said.room.clone(),
            from: said.from,
            message: said.message.into(),
        })
    }

    fn moved(&self, room: &RoomName, id: ConnId) -> Receipt {
        self.core.dirty.note(room, id)
    }

    fn send(&self, to: ConnId, json: &str) -> Receipt {
        self.push("", json, || Letter::Direct {
            to,
            json: json.into(),
        })
    }

    fn view<'a>(&'a self, room: &'a RoomName, limit: usize) -> Answer<'a, View> {
        Answer::Later(Box::pin(view::look(&self.core, room, limit)))
    }

    fn totals(&self) -> Answer<'_, Totals> {
        Answer::Later(Box::pin(totals::add(&self.core)))
    }

    fn health(&self) -> Health {
        self.core.health()
    }

    fn leave(&self) -> Answer<'_, ()> {
        Answer::Later(Box::pin(async {
            self.core.leaving.cancel();
            // Nobody waits longer for a Redis that hangs.
            let most = self.core.options.timeout * 2;
            let _ = tokio::time::timeout(most, self.core.left.cancelled()).await;
        }))
    }
}
