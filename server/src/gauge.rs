//! How many of something there are at once on the whole server, and how many there may be.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A number of places.
#[derive(Debug)]
pub(crate) struct Gauge {
    taken: AtomicUsize,
    most: usize,
}

impl Gauge {
    pub(crate) fn new(most: usize) -> Arc<Self> {
        let taken = AtomicUsize::new(0);
        Arc::new(Self { taken, most })
    }

    /// How many places are taken.
    pub(crate) fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    /// Whether every place is taken.
    pub(crate) fn is_full(&self) -> bool {
        self.taken() >= self.most
    }

    /// Takes a place, even if that is one too many.
    pub(crate) fn enter(self: &Arc<Self>) -> Seat {
        self.taken.fetch_add(1, Ordering::Relaxed);
        Seat(Arc::clone(self))
    }

    /// Takes a place if there is one.
    pub(crate) fn try_enter(self: &Arc<Self>) -> Option<Seat> {
        let seat = self.enter();
        // This one is counted, too: dropped, it is free again.
        (self.taken() <= self.most).then_some(seat)
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
        let gauge = Gauge::new(2);
        let (first, _second) = (gauge.try_enter().unwrap(), gauge.try_enter().unwrap());
        assert!(gauge.is_full() && gauge.try_enter().is_none());
        drop(gauge.enter());
        drop(first);
        assert!(!gauge.is_full());
        assert!(gauge.try_enter().is_some());
    }
}
