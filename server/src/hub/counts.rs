//! What this node has counted since its start, whether anybody asks or not.

use crate::hub::handshake::Failed;
use actionline_specs::limits::{self, Beyond};
use actionline_specs::wire::Reason;
use std::sync::atomic::{AtomicU64, Ordering};

type Reasons = [AtomicU64; Reason::ALL.len()];

/// A counter for each limit. There may be more of them than arrays have a default for.
#[derive(Debug)]
struct PerLimit([AtomicU64; limits::ALL.len()]);

impl Default for PerLimit {
    fn default() -> Self {
        Self(std::array::from_fn(|_| AtomicU64::default()))
    }
}

/// Counters since the start. Sessions add requests in batches, so that no request touches a shared line of memory.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(super) accepted: AtomicU64,
    /// Clients turned away, by the reason's place in [`Reason::ALL`]; and those sent away later.
    pub(super) refused: Reasons,
    pub(super) closed: Reasons,
    /// Refusals by the limit's place in [`limits::ALL`].
    limits: PerLimit,
    /// Handshakes that failed, by the place in [`Failed::ALL`].
    handshakes: [AtomicU64; Failed::ALL.len()],
    pub(super) delivered: AtomicU64,
    pub(super) requests: AtomicU64,
    pub(super) said: AtomicU64,
    pub(super) panics: AtomicU64,
}

impl Counts {
    pub(crate) fn accepted(&self) {
        self.accepted.fetch_add(1, Ordering::Relaxed);
    }
    pub(crate) fn refused(&self, reason: Reason) {
        self.refused[reason as usize].fetch_add(1, Ordering::Relaxed);
        self.met(reason);
    }
    pub(crate) fn handshake_failed(&self, why: Failed) {
        self.handshakes[why as usize].fetch_add(1, Ordering::Relaxed);
    }
    /// Handshakes that failed, by why.
    pub(crate) fn handshakes_failed(&self) -> impl Iterator<Item = (Failed, u64)> {
        let counts = self.handshakes.iter();
        let counts = counts.map(|count| count.load(Ordering::Relaxed));
        Failed::ALL.into_iter().zip(counts)
    }
    pub(crate) fn closed(&self, reason: Reason) {
        self.closed[reason as usize].fetch_add(1, Ordering::Relaxed);
        self.met(reason);
    }
    /// Counts a limit that ends connections. Of several with one reason it is the first in the table.
    fn met(&self, reason: Reason) {
        let name = match reason {
            // It has more than one answer.
            Reason::ShortOfMemory => limits::MEMORY.name,
            reason => {
                let mut all = limits::ALL.iter();
                match all.find(|limit| limit.beyond == Beyond::Closed(reason)) {
                    Some(limit) => limit.name,
                    None => return,
                }
            }
        };
        self.limited(name);
    }
    /// Counts a limit that refuses requests.
    pub(crate) fn limited(&self, name: &str) {
        if let Some(place) = limits::ALL.iter().position(|limit| limit.name == name) {
            self.limits.0[place].fetch_add(1, Ordering::Relaxed);
        }
    }
    pub(crate) fn delivered(&self, count: usize) {
        self.delivered.fetch_add(count as u64, Ordering::Relaxed);
    }
    /// Clients turned away, by reason.
    pub(crate) fn refused_by_reason(&self) -> impl Iterator<Item = (Reason, u64)> {
        by_reason(&self.refused)
    }
    /// Connections that the server ended, by reason.
    pub(crate) fn closed_by_reason(&self) -> impl Iterator<Item = (Reason, u64)> {
        by_reason(&self.closed)
    }
    /// Refusals by the limits that refuse anything and can be set; those of the protocol are met while a line is read, and
    /// no limit to whoever reads the answer.
    pub(crate) fn by_limit(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let all = limits::ALL.iter().zip(&self.limits.0);
        let told = all.filter(|(limit, _)| limit.beyond != Beyond::Kept && !limit.is_fixed());
        told.map(|(limit, count)| (limit.name, count.load(Ordering::Relaxed)))
    }
    pub(crate) fn requests(&self, count: u64) {
        self.requests.fetch_add(count, Ordering::Relaxed);
    }
    pub(crate) fn said(&self) {
        self.said.fetch_add(1, Ordering::Relaxed);
    }
    pub(crate) fn panicked(&self) {
        self.panics.fetch_add(1, Ordering::Relaxed);
    }
}

fn by_reason(counts: &Reasons) -> impl Iterator<Item = (Reason, u64)> {
    let counts = counts.iter().map(|count| count.load(Ordering::Relaxed));
    Reason::ALL.iter().copied().zip(counts)
}
