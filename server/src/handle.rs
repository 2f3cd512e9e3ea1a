//! The running server, for the application: send, say, look.

use crate::hub::bus::Receipt;
use crate::hub::id::ConnId;
use crate::hub::local::Stats;
use crate::shared::Shared;
use actionline_specs::Spec;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;

/// A handle on a running server; cheap to clone. From [`Bound::handle`](crate::Bound::handle) or
/// [`Connection::server`](crate::Connection::server).
#[derive(Debug, Clone)]
pub struct Handle(pub(crate) Arc<Shared>);

impl Handle {
    /// Sends one connection a message of its own: a line with the context `api` and these fields (protocol §3). Fields
    /// named like the protocol's own are left out.
    ///
    /// # Errors
    /// `message` does not serialise to a JSON object.
    pub fn send(&self, to: ConnId, message: &impl Serialize) -> Result<Receipt, NotAnObject> {
        let json = serde_json::to_string(message).map_err(|_| NotAnObject)?;
        if !json.starts_with('{') {
            return Err(NotAnObject);
        }
        Ok(self.0.hub.send(to, &json))
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
        self.0.hub.local.stats()
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

/// A message whose JSON is no object.
#[derive(Debug, thiserror::Error)]
#[error("a message must serialise to a JSON object")]
pub struct NotAnObject;
