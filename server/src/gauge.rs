//! How many of something there are at once on the whole server, and how many there may be.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many places are taken. Who asks says how many there are: that may change.
#[derive(Debug, Default)]
pub(crate) struct Gauge {
    taken: AtomicUsize,
}

impl Gauge {
    /// How many places are taken.
    pub(crate) fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    /// Whether each of so many places is taken.
    pub(crate) fn is_full(&self, most: u64) -> bool {
        self.taken() as u64 >= most
    }

    /// Takes a place, even if that is one too many.
    pub(crate) fn enter(self: &Arc<Self>) -> Seat {
        self.taken.fetch_add(1, Ordering::Relaxed);
        Seat(Arc::clone(self))
    }

    /// Takes a place if one of so many is free.
    pub(crate) fn try_enter(self: &Arc<Self>, most: u64) -> Option<Seat> {
        let seat = self.enter();
        // This one is counted, too: dropped, it is free again.
        (self.taken() as u64 <= most).then_some(seat)
    }
}

/// A place that is taken, until it is dropped.
#[derive(Debug)]
pub(crate) struct Seat(Arc<Gauge>);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_left_can_be_taken_again() {
        let gauge = Arc::new(Gauge::default());
        let [first, _second] = [(); 2].map(|()| gauge.try_enter(2).unwrap());
        assert!(gauge.is_full(2) && gauge.try_enter(2).is_none());
        drop(gauge.enter());
        drop(first);
        assert!(!gauge.is_full(2) && gauge.is_full(1));
        assert!(gauge.try_enter(2).is_some());
    }
}
