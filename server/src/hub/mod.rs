//! What connections share: rooms, direct messages, the seam to other nodes, the cache.

pub mod bus;
pub(crate) mod counts;
pub(crate) mod directory;
pub(crate) mod gap;
pub(crate) mod handshake;
pub(crate) mod heartbeat;
pub(crate) mod id;
pub(crate) mod link;
pub(crate) mod local;
pub(crate) mod outbox;
pub(crate) mod relief;
pub(crate) mod rooms;
pub(crate) mod store;

use crate::protocol::push::{Direct, retry_after_ms};
use actionline_specs::wire::Reason;
use bus::{Bus, Receipt, Said, Solo};
use id::{ConnId, NodeId};
use local::Locals;
use outbox::Ending;
use rooms::Room;
use std::sync::Arc;

/// This node's rooms and connections, and the bus that speaks for the others.
#[derive(Debug)]
pub(crate) struct Hub {
    pub(crate) local: Arc<Locals>,
    pub(crate) bus: Arc<dyn Bus>,
}

/// The end of this client when the server stops. The id is random: a jitter that needs no other source.
pub(crate) fn stopping(id: ConnId) -> Ending {
    Ending {
        reason: Reason::ShuttingDown,
        retry_after_ms: Some(retry_after_ms(id.0 as u64)),
    }
}

impl Hub {
    /// A hub of one node.
    pub(crate) fn solo(node: NodeId) -> Self {
        Self {
            local: Arc::default(),
            bus: Arc::new(Solo::new(node)),
        }
    }

    /// A hub whose bus is started with this node's rooms.
    pub(crate) fn with_bus(start: impl FnOnce(Arc<dyn bus::Local>) -> Arc<dyn Bus>) -> Self {
        let local = Arc::<Locals>::default();
        let bus = start(local.clone());
        Self { local, bus }
    }

    /// Says something in a room: to its members here, except the speaker, then to those elsewhere.
    pub(crate) fn say(&self, room: &Room, from: ConnId, message: &str) -> Receipt {
        self.local.stats.said();
        let count = room.broadcast(from, message);
        self.local.stats.delivered(count);
        self.bus.say(Said {
            room: room.name(),
            from,
            message,
        })
    }

    /// Sends a connection a message of its own, wherever it is.
    pub(crate) fn send(&self, to: ConnId, message: Direct) -> Receipt {
        if to.node() != self.bus.node() {
            return self.bus.send(to, message.json());
        }
        Receipt::Done(match self.local.push(to, message) {
            true => bus::Reach::Everywhere,
            false => bus::Reach::Nobody,
        })
    }
}
