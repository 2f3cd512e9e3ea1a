//! What others have for one client: a bounded queue that never waits. One FIFO for all kinds of push (protocol §8).

use crate::protocol::push::Head;
use actionline_specs::wire::Reason;
#[cfg(loom)]
use loom::sync::{
    Mutex, MutexGuard,
    atomic::{AtomicU8, AtomicUsize},
};
use std::collections::VecDeque;
#[cfg(not(loom))]
use std::sync::{
    Mutex, MutexGuard,
    atomic::{AtomicU8, AtomicUsize},
};
use std::sync::{PoisonError, atomic::Ordering};
use std::task::Waker;

/// The end of a connection that the server or the application asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ending {
    pub(crate) reason: Reason,
    pub(crate) retry_after_ms: Option<u64>,
}

/// An end without a word on when to come back.
impl From<Reason> for Ending {
    fn from(reason: Reason) -> Self {
        Self {
            reason,
            retry_after_ms: None,
        }
    }
}

/// A push that was not taken: the client is gone or about to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused;

/// The queue. Anybody may send; only the client's own session drains.
#[derive(Debug)]
pub(crate) struct Outbox {
    inner: Mutex<Inner>,
    /// What there is to look at: lets the session look without the lock. Changed under the lock alone.
    flags: AtomicU8,
    /// Bytes that wait. Changed under the lock alone.
    bytes: AtomicUsize,
    /// Most bytes that may wait.
    max: usize,
}

/// Pushes wait.
const WAITING: u8 = 1;
/// An end was asked for.
const ENDING: u8 = 2;
/// The connection is to be cut.
const CUT: u8 = 4;
/// The connection has ended.
const CLOSED: u8 = 8;
/// The client has yet to log in.
const STRANGERS: u8 = 16;

#[derive(Debug, Default)]
struct Inner {
    queue: VecDeque<Head>,
    ending: Option<Ending>,
    /// Gone once it was woken, until the session looks again: a burst is one wake-up.
    waker: Option<Waker>,
}

/// What one message costs besides its bytes, so that many short ones are bounded too.
const OVERHEAD: usize = 64;

/// An empty queue keeps its memory up to so many messages, 16 bytes each: who hears one soon hears another.
const KEEP: usize = 32;

impl Outbox {
    /// An empty one that holds at most `max` bytes.
    pub(crate) fn new(max: usize) -> Self {
        Self {
            inner: Mutex::default(),
            flags: AtomicU8::new(0),
            bytes: AtomicUsize::new(0),
            max,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing in here can panic half way, so a poisoned lock is as good as a clean one.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a line's head. Beyond the bound the client is ended as a slow consumer.
    pub(crate) fn try_send(&self, head: &Head) -> Result<(), Refused> {
        let mut inner = self.lock();
        if self.has(CLOSED | ENDING) {
            return Err(Refused);
        }
        let bytes = self.bytes() + head.len() + OVERHEAD;
        if bytes > self.max {
            self.end_with(inner, Reason::SlowConsumer.into());
            return Err(Refused);
        }
        self.bytes.store(bytes, Ordering::Relaxed);
        inner.queue.push_back(Head::clone(head));
        self.stir(inner, WAITING);
        Ok(())
    }

    /// Asks for the connection's end: what waits is sent first, except to a slow consumer. False when it was asked before.
    pub(crate) fn end(&self, ending: Ending) -> bool {
        let inner = self.lock();
        let first = !self.has(ENDING);
        if first {
            self.end_with(inner, ending);
        }
        first
    }

    /// Notes whether the client has yet to log in.
    pub(crate) fn set_strangers(&self, yes: bool) {
        if self.has(STRANGERS) != yes {
            let _inner = self.lock();
            self.flags.fetch_xor(STRANGERS, Ordering::Relaxed);
        }
    }

    /// Whether the client has yet to log in.
    pub(crate) fn is_strangers(&self) -> bool {
        self.has(STRANGERS)
    }

    fn end_with(&self, mut inner: MutexGuard<'_, Inner>, ending: Ending) {
        inner.ending = Some(ending);
        if ending.reason == Reason::SlowConsumer {
            self.forget(&mut inner);
        }
        self.stir(inner, ENDING);
    }

    /// Asks for the connection's end without another word.
    pub(crate) fn cut(&self) {
        self.stir(self.lock(), CUT);
    }

    fn forget(&self, inner: &mut Inner) {
        inner.queue = VecDeque::new();
        self.bytes.store(0, Ordering::Relaxed);
        self.flags.fetch_and(!WAITING, Ordering::Relaxed);
    }

    /// Wakes the session, the lock released first.
    fn stir(&self, mut inner: MutexGuard<'_, Inner>, flag: u8) {
        if !self.has(flag) {
            self.flags.fetch_or(flag, Ordering::Release);
        }
        let waker = inner.waker.take();
        drop(inner);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Has the session look at what may have changed.
    pub(crate) fn wake(&self) {
        self.stir(self.lock(), 0);
    }

    /// Whom to wake when something comes.
    pub(crate) fn register(&self, waker: &Waker) {
        let mut inner = self.lock();
        if !inner.waker.as_ref().is_some_and(|old| old.will_wake(waker)) {
            inner.waker = Some(waker.clone());
        }
    }

    fn has(&self, flags: u8) -> bool {
        self.flags.load(Ordering::Acquire) & flags != 0
    }

    /// Whether there is something to look at. Cheap.
    pub(crate) fn stirred(&self) -> bool {
        self.has(WAITING | ENDING | CUT)
    }

    /// Bytes that wait.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Pushes that wait.
    pub(crate) fn waiting(&self) -> usize {
        match self.has(WAITING) {
            true => self.lock().queue.len(),
            false => 0,
        }
    }

    /// Gives the session what waits, until `take` says that it has enough; answers how many it got.
    pub(crate) fn drain(&self, mut take: impl FnMut(&[u8]) -> bool) -> usize {
        if !self.has(WAITING) {
            return 0;
        }
        let mut inner = self.lock();
        let mut bytes = self.bytes();
        let mut count = 0;
        let mut more = true;
        while more {
            let Some(head) = inner.queue.pop_front() else {
                break;
            };
            bytes -= head.len() + OVERHEAD;
            more = take(&head);
            count += 1;
        }
        self.bytes.store(bytes, Ordering::Relaxed);
        if inner.queue.is_empty() {
            if inner.queue.capacity() > KEEP {
                inner.queue = VecDeque::new();
            }
            self.flags.fetch_and(!WAITING, Ordering::Relaxed);
        }
        count
    }

    /// The end that was asked for, if any.
    pub(crate) fn ending(&self) -> Option<Ending> {
        if self.has(ENDING) {
            self.lock().ending
        } else {
            None
        }
    }

    /// Whether the connection is to be cut.
    pub(crate) fn is_cut(&self) -> bool {
        self.has(CUT)
    }

    /// Whether the connection has ended.
    pub(crate) fn is_closed(&self) -> bool {
        self.has(CLOSED)
    }

    /// Takes nothing from now on, and forgets what waits.
    pub(crate) fn close(&self) {
        let mut inner = self.lock();
        self.flags.fetch_or(CLOSED, Ordering::Release);
        self.forget(&mut inner);
        inner.waker = None;
    }
}

#[cfg(all(test, not(loom)))]
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
            outbox.try_send(&Head::from(word.as_bytes())).unwrap();
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
            outbox.try_send(&Head::from(*b"a")).unwrap();
            assert_eq!(outbox.try_send(&Head::from(*b"b")).is_ok(), fits);
            let reason = outbox.ending().map(|ending| ending.reason);
            assert_eq!(reason, (!fits).then_some(Reason::SlowConsumer));
        }
    }

    #[test]
    fn the_first_ending_stays_and_nothing_follows_it() {
        let outbox = Outbox::new(1000);
        outbox.try_send(&Head::from(*b"a")).unwrap();
        for reason in [Reason::Closed, Reason::ShuttingDown] {
            outbox.end(reason.into());
        }
        assert_eq!(outbox.try_send(&Head::from(*b"b")), Err(Refused));
        assert_eq!(heads(&outbox), ["a"]);
        assert_eq!(outbox.ending().unwrap().reason, Reason::Closed);
    }
}
