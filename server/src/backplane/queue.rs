//! What waits to be published: bounded, first in first out. Putting something in never waits.

use crate::hub::bus::{LinkMeter, Reach, Receipt, RoomName, Why};
use crate::hub::id::ConnId;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

/// Most messages that wait. A thousand were too few: four thousand speakers at once overran it with Redis idle.
const MOST: usize = 16_384;
/// Most bytes that wait.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// What a message takes beside its text.
const OVERHEAD: usize = 128;

/// A message for other nodes.
#[derive(Debug)]
pub(super) enum Letter {
    /// For whoever is in this room.
    Say {
        room: RoomName,
        from: ConnId,
        message: Box<str>,
    },
    /// For one connection.
    Direct { to: ConnId, json: Box<str> },
}

impl Letter {
    fn bytes(&self) -> usize {
        OVERHEAD
            + match self {
                Letter::Say { message, .. } => message.len(),
                Letter::Direct { json, .. } => json.len(),
            }
    }
}

/// A message, since when it waits, and whom to tell how far it came.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) letter: Letter,
    pub(super) at: Instant,
    pub(super) receipt: oneshot::Sender<Reach>,
}

/// The queue. Closed, it takes nothing.
#[derive(Debug)]
pub(super) struct Queue {
    inner: Mutex<Inner>,
    more: Notify,
}

#[derive(Debug)]
struct Inner {
    closed: Option<Why>,
    entries: VecDeque<Entry>,
    bytes: usize,
}

impl Queue {
    /// A closed one.
    pub(super) fn new() -> Self {
        Self {
            inner: Mutex::new(Inner {
                closed: Some(Why::Down),
                entries: VecDeque::new(),
                bytes: 0,
            }),
            more: Notify::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a message in.
    pub(super) fn push(&self, letter: Letter) -> Receipt {
        let bytes = letter.bytes();
        let at = Instant::now();
        let mut inner = self.lock();
        if let Some(why) = inner.closed {
            return Receipt::Done(Reach::Here(why));
        }
        if inner.entries.len() >= MOST || inner.bytes + bytes > MOST_BYTES {
            return Receipt::Done(Reach::Here(Why::Full));
        }
        let (receipt, owed) = oneshot::channel();
        inner.bytes += bytes;
        inner.entries.push_back(Entry {
            letter,
            at,
            receipt,
        });
        if inner.entries.len() == 1 {
            self.more.notify_one();
        }
        Receipt::Owed(owed)
    }

    /// Waits until there is something.
    pub(super) async fn filled(&self) {
        while self.is_empty() {
            self.more.notified().await;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lock().entries.is_empty()
    }

    /// Takes at most so many from the front; answers how many messages and bytes are left.
    pub(super) fn take(&self, most: usize, into: &mut Vec<Entry>) -> (usize, usize) {
        let mut inner = self.lock();
        let count = most.min(inner.entries.len());
        let taken = inner.entries.drain(..count);
        let mut bytes = 0;
        into.extend(taken.inspect(|entry| bytes += entry.letter.bytes()));
        inner.bytes -= bytes;
        (inner.entries.len(), inner.bytes)
    }

    /// Takes messages from now on.
    pub(super) fn open(&self) {
        self.lock().closed = None;
    }

    /// Takes none from now on, and settles what waits.
    pub(super) fn close(&self, why: Why, meter: &LinkMeter) {
        let entries = {
            let mut inner = self.lock();
            inner.closed = Some(why);
            inner.bytes = 0;
            std::mem::take(&mut inner.entries)
        };
        meter.unconfirmed(entries.len() as u64, why);
        meter.queued(0, 0);
        for entry in entries {
            // Its client may be gone.
            let _ = entry.receipt.send(Reach::Here(why));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(bytes: usize) -> Letter {
        Letter::Direct {
            to: ConnId(1),
            json: "x".repeat(bytes).into(),
        }
    }

    fn done(receipt: Receipt) -> Option<Reach> {
        match receipt {
            Receipt::Done(reach) => Some(reach),
            Receipt::Owed(mut owed) => owed.try_recv().ok(),
        }
    }

    #[test]
    fn it_is_bounded_by_number_and_by_bytes() {
        let queue = Queue::new();
        assert_eq!(done(queue.push(letter(1))), Some(Reach::Here(Why::Down)));
        queue.open();
        let owed: Vec<_> = (0..MOST).map(|_| queue.push(letter(0))).collect();
        assert_eq!(done(queue.push(letter(0))), Some(Reach::Here(Why::Full)));
        let mut taken = Vec::new();
        assert_eq!(queue.take(1, &mut taken).0, MOST - 1);
        let fits = MOST_BYTES - MOST * OVERHEAD;
        assert_eq!(
            done(queue.push(letter(fits + 1))),
            Some(Reach::Here(Why::Full))
        );
        let _last = queue.push(letter(fits));
        assert_eq!(queue.take(MOST, &mut taken), (0, 0));
        assert_eq!(taken.len(), MOST + 1);
        drop(taken);
        // Whoever lets go of an entry has lost the link.
        assert!(owed.into_iter().all(|receipt| done(receipt).is_none()));
    }

    #[test]
    fn what_waits_is_settled_when_it_closes() {
        let queue = Queue::new();
        let meter = LinkMeter::default();
        queue.open();
        let owed = queue.push(letter(1));
        queue.close(Why::Slow, &meter);
        assert_eq!(done(owed), Some(Reach::Here(Why::Slow)));
        assert_eq!(done(queue.push(letter(1))), Some(Reach::Here(Why::Slow)));
    }
}
