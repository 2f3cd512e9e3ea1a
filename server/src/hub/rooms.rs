//! Rooms and who is in them. Joining, leaving and looking up are O(1); a room is gone with its last member.

use crate::hub::bus::RoomName;
use crate::hub::id::ConnId;
use crate::hub::outbox::Outbox;
use crate::protocol::push;
use foldhash::fast::FixedState;
use indexmap::IndexMap;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Who is in a room. The ids are random and our own, so a quick hash will do.
type Members = IndexMap<ConnId, Arc<Outbox>, FixedState>;

/// One room.
#[derive(Debug)]
pub(crate) struct Room {
    name: RoomName,
    members: Mutex<Members>,
}

impl Room {
    /// Its name.
    pub(crate) fn name(&self) -> &RoomName {
        &self.name
    }

    fn members(&self) -> MutexGuard<'_, Members> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues what was said for everyone but the speaker; answers how many got it. The line is encoded once. The lock
    /// is held throughout: so each member gets one sender's messages in order.
    pub(crate) fn broadcast(&self, from: ConnId, message: &str) -> usize {
        let members = self.members();
        if members.is_empty() || (members.len() == 1 && members.contains_key(&from)) {
            return 0;
        }
        let head = push::said(message, &from.to_string(), &self.name);
        members
            .iter()
            .filter(|(id, _)| **id != from)
            .filter(|(_, outbox)| outbox.try_send(&head).is_ok())
            .count()
    }

    /// Its first members, at most `limit`, and how many there are.
    pub(crate) fn view(&self, limit: usize) -> (Vec<ConnId>, usize) {
        let members = self.members();
        let some = members.keys().take(limit).copied().collect();
        (some, members.len())
    }

    /// Whether `id` is in it.
    pub(crate) fn has(&self, id: ConnId) -> bool {
        self.members().contains_key(&id)
    }
}

/// Every room that has a member.
#[derive(Debug, Default)]
pub(crate) struct Rooms(Mutex<HashMap<RoomName, Arc<Room>>>);

impl Rooms {
    fn lock(&self) -> MutexGuard<'_, HashMap<RoomName, Arc<Room>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Enters a room, which is made if it is new.
    pub(crate) fn join(&self, name: &str, id: ConnId, outbox: &Arc<Outbox>) -> Arc<Room> {
        Self::enter(&mut self.lock(), name, id, outbox)
    }

    /// Leaves a room; it is freed with its last member.
    pub(crate) fn leave(&self, room: &Arc<Room>, id: ConnId) {
        Self::exit(&mut self.lock(), room, id);
    }

    /// Leaves one room and enters another; nobody sees the member in both or in neither. None: a new room would be one
    /// more than `most`.
    pub(crate) fn change(
        &self,
        from: &Arc<Room>,
        to: &str,
        id: ConnId,
        outbox: &Arc<Outbox>,
        most: usize,
    ) -> Option<Arc<Room>> {
        let mut rooms = self.lock();
        if *from.name == *to {
            return Some(from.clone());
        }
        // The old room goes with its last member.
        let freed = usize::from(from.members().len() == 1);
        if rooms.len() - freed >= most && !rooms.contains_key(to) {
            return None;
        }
        let room = Self::enter(&mut rooms, to, id, outbox);
        Self::exit(&mut rooms, from, id);
        Some(room)
    }

    fn enter(
        rooms: &mut HashMap<RoomName, Arc<Room>>,
        name: &str,
        id: ConnId,
        outbox: &Arc<Outbox>,
    ) -> Arc<Room> {
        let room = match rooms.get(name) {
            Some(room) => room.clone(),
            None => {
                let name = RoomName::from(name);
                let room = Arc::new(Room {
                    name: name.clone(),
                    members: Mutex::default(),
                });
                rooms.insert(name, room.clone());
                room
            }
        };
        room.members().insert(id, outbox.clone());
        room
    }

    fn exit(rooms: &mut HashMap<RoomName, Arc<Room>>, room: &Arc<Room>, id: ConnId) {
        let mut members = room.members();
        members.swap_remove(&id);
        if members.is_empty() {
            rooms.remove(&room.name);
        }
    }

    /// The room with this name, if anybody is in it.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<Room>> {
        self.lock().get(name).cloned()
    }

    /// How many rooms there are.
    pub(crate) fn count(&self) -> usize {
        self.lock().len()
    }

    /// Every room.
    pub(crate) fn all(&self) -> Vec<Arc<Room>> {
        self.lock().values().cloned().collect()
    }
}

#[cfg(test)]
mod tests;
