//! Members that may have moved since Redis was told. Only who is noted, never whether they came or went: that is looked up
//! when it is written, so the order of notes does not matter and none can be lost.

use crate::hub::bus::{Reach, Receipt, RoomName, Why};
use crate::hub::id::ConnId;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, oneshot};

/// What is to be written of one room.
#[derive(Debug, Default)]
pub(super) struct Changed {
    pub(super) ids: HashSet<ConnId>,
    pub(super) receipts: Vec<oneshot::Sender<Reach>>,
}

pub(super) type Rooms = HashMap<RoomName, Changed>;

/// What is to be written.
#[derive(Debug)]
pub(super) struct Dirty {
    inner: Mutex<Inner>,
    stirred: Notify,
}

#[derive(Debug)]
struct Inner {
    gate: Gate,
    rooms: Rooms,
    /// The lease has ended: everybody is to be written anew.
    renew: bool,
}

#[derive(Debug, Clone, Copy)]
enum Gate {
    /// Everybody is written when the link is back.
    Closed(Why),
    /// Everybody is being written: what changes meanwhile is noted, but nobody waits for it.
    Joining(Why),
    Open,
}

impl Dirty {
    pub(super) fn new() -> Self {
        Self {
            inner: Mutex::new(Inner {
                gate: Gate::Closed(Why::Down),
                rooms: Rooms::new(),
                renew: false,
            }),
            stirred: Notify::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that someone may have moved.
    pub(super) fn note(&self, room: &RoomName, id: ConnId) -> Receipt {
        let mut inner = self.lock();
        let gate = inner.gate;
        if let Gate::Closed(why) = gate {
            return Receipt::Done(Reach::Here(why));
        }
        if inner.rooms.is_empty() {
            self.stirred.notify_one();
        }
        let changed = inner.rooms.entry(room.clone()).or_default();
        changed.ids.insert(id);
        match gate {
            Gate::Joining(why) => Receipt::Done(Reach::Here(why)),
            _ => {
                let (receipt, owed) = oneshot::channel();
                changed.receipts.push(receipt);
                Receipt::Owed(owed)
            }
        }
    }

    /// Asks for everybody to be written under a new lease.
    pub(super) fn renew(&self) {
        self.lock().renew = true;
        self.stirred.notify_one();
    }

    /// Whether that was asked for since the last time.
    pub(super) fn to_renew(&self) -> bool {
        std::mem::take(&mut self.lock().renew)
    }

    /// Waits until there is something to write.
    pub(super) async fn stirred(&self) {
        while self.is_clean() {
            self.stirred.notified().await;
        }
    }

    pub(super) fn is_clean(&self) -> bool {
        let inner = self.lock();
        inner.rooms.is_empty() && !inner.renew
    }

    /// Takes what is to be written.
    pub(super) fn take(&self) -> Rooms {
        std::mem::take(&mut self.lock().rooms)
    }

    /// Notes changes from now on.
    pub(super) fn join(&self, why: Why) {
        let mut inner = self.lock();
        inner.gate = Gate::Joining(why);
        inner.renew = false;
    }

    /// Confirms changes from now on.
    pub(super) fn open(&self) {
        self.lock().gate = Gate::Open;
    }

    /// Notes nothing from now on, and settles what waits.
    pub(super) fn close(&self, why: Why) {
        let rooms = {
            let mut inner = self.lock();
            inner.gate = Gate::Closed(why);
            std::mem::take(&mut inner.rooms)
        };
        settle(rooms, Reach::Here(why));
    }
}

/// Tells everybody who waits how far it came.
pub(super) fn settle(rooms: Rooms, reach: Reach) {
    for receipt in rooms.into_values().flat_map(|changed| changed.receipts) {
        // Its client may be gone.
        let _ = receipt.send(reach);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(receipt: &mut Receipt) -> Option<Reach> {
        match receipt {
            Receipt::Done(reach) => Some(*reach),
            Receipt::Owed(owed) => owed.try_recv().ok(),
        }
    }

    #[test]
    fn what_changes_while_everybody_is_written_is_noted_and_nobody_waits() {
        let (dirty, room, id) = (Dirty::new(), RoomName::from("r"), ConnId(1));
        let down = Some(Reach::Here(Why::Down));
        assert_eq!(done(&mut dirty.note(&room, id)), down);
        assert!(dirty.is_clean());
        dirty.join(Why::Down);
        assert_eq!(done(&mut dirty.note(&room, id)), down);
        assert!(!dirty.is_clean());
        dirty.open();
        let mut owed = dirty.note(&room, id);
        assert_eq!(done(&mut owed), None);
        let taken = dirty.take();
        assert_eq!(
            (taken[&room].ids.len(), taken[&room].receipts.len()),
            (1, 1)
        );
        settle(taken, Reach::Everywhere);
        assert_eq!(done(&mut owed), Some(Reach::Everywhere));
        let mut owed = dirty.note(&room, id);
        dirty.close(Why::Slow);
        assert_eq!(done(&mut owed), Some(Reach::Here(Why::Slow)));
    }
}
