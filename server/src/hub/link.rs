//! What a bus measures of its link to the other nodes. It reports here; metrics are written from here.

use crate::hub::bus::Why;
use crate::meter::BOUNDS;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Why something that came from another node was not delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dropped {
    /// Its version or kind is not known here.
    Version,
    /// It is longer than anything a node sends.
    Size,
    /// It is cut short or no UTF-8.
    Malformed,
    /// It is of a session that was over when it came.
    Stale,
    /// Nobody here is concerned.
    Nobody,
}

/// The words of [`Dropped`] in metrics, in its order.
const DROPPED: [&str; 5] = ["version", "size", "malformed", "stale", "nobody"];

/// The words of [`Why`] in metrics, in its order.
const WHY: [&str; 4] = ["down", "slow", "full", "settling"];

/// Numbers of one node's link, each since the start unless it says otherwise. Reporting is an atomic addition: anybody may
/// do it at any time. From [`Local::meter`](crate::bus::Local::meter).
#[derive(Debug, Default)]
pub struct LinkMeter {
    /// By [`BOUNDS`]; the last one has no bound.
    took: [AtomicU64; BOUNDS.len() + 1],
    nanos: AtomicU64,
    received: AtomicU64,
    sessions: AtomicU64,
    gaps: AtomicU64,
    here: [AtomicU64; WHY.len()],
    dropped: [AtomicU64; DROPPED.len()],
    owed: AtomicU64,
    queued: AtomicU64,
    queued_bytes: AtomicU64,
}

/// A [`LinkMeter`] as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) took: [u64; BOUNDS.len() + 1],
    pub(crate) nanos: u64,
    pub(crate) received: u64,
    pub(crate) sessions: u64,
    pub(crate) gaps: u64,
    pub(crate) here: [(&'static str, u64); WHY.len()],
    pub(crate) dropped: [(&'static str, u64); DROPPED.len()],
    pub(crate) owed: u64,
    pub(crate) queued: u64,
    pub(crate) queued_bytes: u64,
}

impl LinkMeter {
    /// So many messages were confirmed, each so long after it had been queued.
    pub fn published(&self, messages: u64, took: Duration) {
        let micros = took.as_nanos().div_ceil(1000);
        let bucket = BOUNDS.partition_point(|bound| u128::from(*bound) < micros);
        add(&self.took[bucket], messages);
        let nanos = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        add(&self.nanos, nanos.saturating_mul(messages));
    }

    /// So many messages reached this node only.
    pub fn unconfirmed(&self, messages: u64, why: Why) {
        add(&self.here[why as usize], messages);
    }

    /// So many messages came from other nodes and were delivered.
    pub fn received(&self, messages: u64) {
        add(&self.received, messages);
    }

    /// Something from another node was not delivered.
    pub fn dropped(&self, why: Dropped) {
        add(&self.dropped[why as usize], 1);
    }

    /// A session with the backplane began. All but the first are reconnects.
    pub fn connected(&self) {
        add(&self.sessions, 1);
    }

    /// How many receipts are owed now.
    pub fn owed(&self, receipts: u64) {
        self.owed.store(receipts, Ordering::Relaxed);
    }

    /// How many messages, of how many bytes, wait now to be sent to the other nodes.
    pub fn queued(&self, messages: u64, bytes: u64) {
        self.queued.store(messages, Ordering::Relaxed);
        self.queued_bytes.store(bytes, Ordering::Relaxed);
    }

    /// The clients of this node were told of a gap.
    pub(crate) fn gap(&self) {
        add(&self.gaps, 1);
    }

    pub(crate) fn read(&self) -> Reading {
        Reading {
            took: self.took.each_ref().map(get),
            nanos: get(&self.nanos),
            received: get(&self.received),
            sessions: get(&self.sessions),
            gaps: get(&self.gaps),
            here: std::array::from_fn(|at| (WHY[at], get(&self.here[at]))),
            dropped: std::array::from_fn(|at| (DROPPED[at], get(&self.dropped[at]))),
            owed: get(&self.owed),
            queued: get(&self.queued),
            queued_bytes: get(&self.queued_bytes),
        }
    }
}

fn add(number: &AtomicU64, more: u64) {
    number.fetch_add(more, Ordering::Relaxed);
}

fn get(number: &AtomicU64) -> u64 {
    number.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reported_is_read() {
        let meter = LinkMeter::default();
        meter.published(3, Duration::from_micros(50));
        meter.published(1, Duration::from_micros(51));
        meter.published(1, Duration::from_secs(31));
        meter.unconfirmed(2, Why::Settling);
        meter.dropped(Dropped::Nobody);
        meter.received(4);
        meter.queued(7, 700);
        meter.queued(5, 500);
        let reading = meter.read();
        assert_eq!((reading.took[0], reading.took[1]), (3, 1));
        assert_eq!(reading.took[15], 1);
        assert_eq!(reading.nanos, 31_000_201_000);
        assert_eq!(reading.here[3], ("settling", 2));
        assert_eq!(reading.dropped[4], ("nobody", 1));
        assert_eq!(reading.received, 4);
        assert_eq!((reading.queued, reading.queued_bytes), (5, 500));
    }
}
