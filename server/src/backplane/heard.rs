//! The rooms whose channels this session is subscribed to, confirmed.

use crate::hub::bus::RoomName;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::time::Instant;

/// Each with the time since when.
#[derive(Debug, Default)]
pub(super) struct Heard(Mutex<HashMap<RoomName, Instant>>);

impl Heard {
    fn lock(&self) -> MutexGuard<'_, HashMap<RoomName, Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(&self, rooms: impl IntoIterator<Item = RoomName>) {
        let now = Instant::now();
        self.lock()
            .extend(rooms.into_iter().map(|room| (room, now)));
    }

    pub(super) fn remove<'a>(&self, rooms: impl IntoIterator<Item = &'a RoomName>) {
        let mut heard = self.lock();
        for room in rooms {
            heard.remove(room);
        }
    }

    pub(super) fn clear(&self) {
        self.lock().clear();
    }

    pub(super) fn has(&self, room: &str) -> bool {
        self.lock().contains_key(room)
    }

    /// Whether this room has been heard without a break since before `then`.
    pub(super) fn since_before(&self, room: &str, then: Instant) -> bool {
        self.lock().get(room).is_some_and(|since| *since < then)
    }

    pub(super) fn all(&self) -> Vec<RoomName> {
        self.lock().keys().cloned().collect()
    }
}
