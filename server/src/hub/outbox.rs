//! What others have for one client: a bounded queue that never waits. One FIFO for all kinds of push (protocol §8).

use actionline_specs::wire::Reason;
use bytes::Bytes;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Waker;

/// The end of a connection that the server or the application asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ending {
    pub(crate) reason: Reason,
    pub(crate) retry_after_ms: Option<u64>,
}

/// A push that was not taken: the client is gone or about to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused;

/// The queue. Anybody may send; only the client's own session drains.
#[derive(Debug)]
pub(crate) struct Outbox {
    inner: Mutex<Inner>,
    /// Something waits: lets the session look without the lock.
    stirred: AtomicBool,
    /// Most bytes that may wait.
    max: usize,
}

#[derive(Debug, Default)]
struct Inner {
    queue: VecDeque<Bytes>,
    bytes: usize,
    ending: Option<Ending>,
    cut: bool,
    closed: bool,
    waker: Option<Waker>,
}

/// What one message costs besides its bytes, so that many short ones are bounded too.
const OVERHEAD: usize = 64;

impl Outbox {
    /// An empty one that holds at most `max` bytes.
    pub(crate) fn new(max: usize) -> Self {
        Self {
            inner: Mutex::default(),
            stirred: AtomicBool::new(false),
            max,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing in here can panic half way, so a poisoned lock is as good as a clean one.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a line's head. Beyond the bound the client is ended as a slow consumer.
    pub(crate) fn try_send(&self, head: Bytes) -> Result<(), Refused> {
        let mut inner = self.lock();
        if inner.closed || inner.ending.is_some() {
            return Err(Refused);
        }
        let cost = head.len() + OVERHEAD;
        if inner.bytes + cost > self.max {
            self.end_with(
                inner,
                Ending {
                    reason: Reason::SlowConsumer,
                    retry_after_ms: None,
                },
            );
            return Err(Refused);
        }
        inner.bytes += cost;
        inner.queue.push_back(head);
        self.stir(inner);
        Ok(())
    }

    /// Asks for the connection's end: what waits is sent first, except to a slow consumer.
    pub(crate) fn end(&self, ending: Ending) {
        let inner = self.lock();
        if inner.ending.is_none() {
            self.end_with(inner, ending);
        }
    }

    fn end_with(&self, mut inner: MutexGuard<'_, Inner>, ending: Ending) {
        inner.ending = Some(ending);
        if ending.reason == Reason::SlowConsumer {
            inner.queue = VecDeque::new();
            inner.bytes = 0;
        }
        self.stir(inner);
    }

    /// Asks for the connection's end without another word.
    pub(crate) fn cut(&self) {
        let mut inner = self.lock();
        inner.cut = true;
        self.stir(inner);
    }

    /// Wakes the session, the lock released first.
    fn stir(&self, mut inner: MutexGuard<'_, Inner>) {
        self.stirred.store(true, Ordering::Release);
        let waker = inner.waker.take();
        drop(inner);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Whom to wake when something comes.
    pub(crate) fn register(&self, waker: &Waker) {
        let mut inner = self.lock();
        if !inner.waker.as_ref().is_some_and(|old| old.will_wake(waker)) {
            inner.waker = Some(waker.clone());
        }
    }

    /// Whether there is something to look at. Cheap.
    pub(crate) fn stirred(&self) -> bool {
        self.stirred.load(Ordering::Acquire)
    }

    /// Bytes that wait.
    pub(crate) fn bytes(&self) -> usize {
        if self.stirred() { self.lock().bytes } else { 0 }
    }

    /// Gives the session what waits, until `take` says that it has enough; answers how many it got.
    pub(crate) fn drain(&self, mut take: impl FnMut(&[u8]) -> bool) -> usize {
        let mut inner = self.lock();
        let mut count = 0;
        let mut more = true;
        while more {
            let Some(head) = inner.queue.pop_front() else {
                break;
            };
            inner.bytes -= head.len() + OVERHEAD;
            more = take(&head);
            count += 1;
        }
        if inner.queue.is_empty() {
            inner.queue = VecDeque::new();
            let quiet = inner.ending.is_none() && !inner.cut;
            self.stirred.store(!quiet, Ordering::Release);
        }
        count
    }

    /// The end that was asked for, if any.
    pub(crate) fn ending(&self) -> Option<Ending> {
        if self.stirred() {
            self.lock().ending
        } else {
            None
        }
    }

    /// Whether the connection is to be cut.
    pub(crate) fn is_cut(&self) -> bool {
        self.stirred() && self.lock().cut
    }

    /// Whether the connection has ended.
    pub(crate) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Takes nothing from now on, and forgets what waits.
    pub(crate) fn close(&self) {
        let mut inner = self.lock();
        inner.closed = true;
        inner.queue = VecDeque::new();
        inner.bytes = 0;
        inner.waker = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(outbox: &Outbox) -> Vec<String> {
        let mut out = Vec::new();
        outbox.drain(|head| {
            out.push(String::from_utf8_lossy(head).into_owned());
            true
        });
        out
    }

    #[test]
    fn first_in_first_out_and_quiet_when_empty() {
        let outbox = Outbox::new(1000);
        assert!(!outbox.stirred());
        for word in ["a", "b", "c"] {
            outbox
                .try_send(Bytes::from_static(word.as_bytes()))
                .unwrap();
        }
        assert!(outbox.stirred());
        assert_eq!(heads(&outbox), ["a", "b", "c"]);
        assert!(!outbox.stirred());
        assert_eq!(outbox.bytes(), 0);
    }

    #[test]
    fn the_bound_is_exact_and_ends_the_client() {
        for (max, fits) in [(2 * (OVERHEAD + 1), true), (2 * (OVERHEAD + 1) - 1, false)] {
            let outbox = Outbox::new(max);
            outbox.try_send(Bytes::from_static(b"a")).unwrap();
            assert_eq!(outbox.try_send(Bytes::from_static(b"b")).is_ok(), fits);
            let reason = outbox.ending().map(|ending| ending.reason);
            assert_eq!(reason, (!fits).then_some(Reason::SlowConsumer));
        }
    }

    #[test]
    fn the_first_ending_stays_and_nothing_follows_it() {
        let outbox = Outbox::new(1000);
        outbox.try_send(Bytes::from_static(b"a")).unwrap();
        for reason in [Reason::Closed, Reason::ShuttingDown] {
            outbox.end(Ending {
                reason,
                retry_after_ms: None,
            });
        }
        assert_eq!(outbox.try_send(Bytes::from_static(b"b")), Err(Refused));
        assert_eq!(heads(&outbox), ["a"]);
        assert_eq!(outbox.ending().unwrap().reason, Reason::Closed);
    }
}
