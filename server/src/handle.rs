//! The running server, for the application: send, say, look.

use crate::error::logged;
use crate::exposition;
use crate::hub::bus::{Health, Reach, Receipt, Totals};
use crate::hub::id::{ConnId, NodeId};
use crate::hub::local::Stats;
use crate::protocol::push::{Direct, Push};
use crate::shared::Shared;
use actionline_specs::Spec;
use actionline_specs::limits::Limits;
use std::sync::Arc;
use std::time::Duration;

/// A handle on a running server; cheap to clone. From [`Bound::handle`](crate::Bound::handle) or
/// [`Connection::server`](crate::Connection::server).
#[derive(Debug, Clone)]
pub struct Handle(pub(crate) Arc<Shared>);

impl Handle {
    /// Sends one connection a message of its own: a line with the context `api` and the fields of the push (protocol §3).
    ///
    /// The receipt tells for certain whether the connection is there if it is on this node. On another one it is handed to
    /// that node, and counts as sent; [nobody](crate::bus::Reach::Nobody) means that the node is gone.
    ///
    /// Only an untyped field can fail to become JSON. The log says so then, and the message reaches
    /// [nobody](crate::bus::Reach::Nobody).
    pub fn send<P: Push>(&self, to: ConnId, message: &P) -> Receipt {
        match Direct::new(message) {
            Ok(direct) => self.0.hub.send(to, direct),
            Err(error) => {
                tracing::error!(
                    push = P::NAME,
                    error = logged(&error.to_string()),
                    "the push cannot be written as a JSON object"
                );
                Receipt::Done(Reach::Nobody)
            }
        }
    }

    /// Says something in a room on behalf of `from`, who does not hear it.
    pub fn say(&self, room: &str, from: ConnId, message: &str) -> Receipt {
        use crate::hub::bus::Said;
        let hub = &self.0.hub;
        match hub.local.rooms.get(room) {
            Some(room) => hub.say(&room, from, message),
            None => hub.bus.say(Said {
                room: &room.into(),
                from,
                message,
            }),
        }
    }

    /// What the server has counted.
    pub fn stats(&self) -> Stats {
        Stats {
            buffered: self.0.memory.used() as u64,
            ..self.0.hub.local.stats()
        }
    }

    /// This node, as the others know it.
    pub fn node(&self) -> NodeId {
        self.0.hub.bus.node()
    }

    /// How the link to the other nodes is.
    pub fn link(&self) -> Health {
        self.0.hub.bus.health()
    }

    /// The other nodes, and what they have counted.
    pub async fn others(&self) -> Totals {
        self.0.hub.bus.totals().await
    }

    /// Everything that is counted, as text for Prometheus (exposition format 0.0.4); by action only when
    /// [`Config::measure`](crate::Config::measure) is set. No label holds text of a client.
    pub fn metrics(&self) -> String {
        exposition::write(&self.0)
    }

    /// Whether the server has been asked to stop, and waits for its clients to go.
    pub fn is_draining(&self) -> bool {
        self.0.stopping.is_cancelled()
    }

    /// The limits in force, by name, in the order of the table.
    pub fn limits(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.0.limits.all()
    }

    /// Changes the limits while the server runs. The table of limits says which of them hold at once and which for
    /// connections made from then on; the names of those that differ and need a restart are answered, and stay as they are.
    pub fn set_limits(&self, limits: &Limits) -> Vec<&'static str> {
        let left = self.0.limits.change(limits);
        self.0.memory.allow(limits.memory as usize);
        // A patience that is shorter now may be over.
        for (_, outbox) in self.0.hub.local.directory.all() {
            outbox.wake();
        }
        left
    }

    /// How long it has been running.
    pub fn uptime(&self) -> Duration {
        self.0.clock.now().duration_since(self.0.started)
    }

    /// The specs it serves: the built-in verbs first.
    pub fn specs(&self) -> impl Iterator<Item = &Spec> {
        std::iter::once(actionline_specs::verbs()).chain(&self.0.specs)
    }
}
