//! How many of something there are at once, on the whole server or for one address, and how many there may be.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many places are taken. Who asks says how many there are: that may change.
#[derive(Debug, Default)]
pub(crate) struct Gauge {
    taken: AtomicUsize,
}

impl Gauge {
    /// How many places are taken.
    pub(crate) fn taken(&self) -> usize {
        self.taken.load(Relaxed)
    }

    /// Whether each of so many places is taken.
    pub(crate) fn is_full(&self, most: u64) -> bool {
        self.taken() as u64 >= most
    }

    /// Takes a place, even if that is one too many.
    pub(crate) fn enter(self: &Arc<Self>) -> Seat {
        self.taken.fetch_add(1, Relaxed);
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
        self.0.taken.fetch_sub(1, Relaxed);
    }
}

/// How many of something each address has at once. An address without any takes up nothing.
#[derive(Debug, Default)]
pub(crate) struct Shares(Mutex<HashMap<IpAddr, u64>>);

impl Shares {
    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one of the so many that an address may have, if it is free.
    pub(crate) fn try_take(self: &Arc<Self>, address: IpAddr, most: u64) -> Option<Share> {
        let mut all = self.lock();
        let taken = all.get(&address).map_or(1, |taken| taken + 1);
        (taken <= most).then(|| {
            all.insert(address, taken);
            Share(Arc::clone(self), address)
        })
    }
}

/// One that an address has, until it is dropped.
#[derive(Debug)]
pub(crate) struct Share(Arc<Shares>, IpAddr);

impl Drop for Share {
    fn drop(&mut self) {
        let mut all = self.0.lock();
        match all.get_mut(&self.1) {
            Some(taken) if *taken > 1 => *taken -= 1,
            _ => drop(all.remove(&self.1)),
        }
    }
}

/// How many bytes of one kind all clients have together.
#[derive(Debug, Default)]
pub(crate) struct Sum(AtomicUsize);

impl Sum {
    /// Takes note that somebody has so many, and before had so many. False, and nothing is noted, if that is more than
    /// before and more than there may be of all.
    pub(crate) fn change(&self, before: usize, now: usize, most: Option<u64>) -> bool {
        let changed = self.0.fetch_update(Relaxed, Relaxed, |all| {
            let all = all - before + now;
            let fits = now <= before || most.is_none_or(|most| all as u64 <= most);
            fits.then_some(all)
        });
        changed.is_ok()
    }

    /// How many they are.
    pub(crate) fn bytes(&self) -> usize {
        self.0.load(Relaxed)
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

    #[test]
    fn an_address_has_shares_of_its_own_and_none_is_remembered() {
        let (shares, [one, other]) = (Arc::new(Shares::default()), [1, 2].map(address));
        let kept = [(); 2].map(|()| shares.try_take(one, 2).unwrap());
        assert!(shares.try_take(one, 2).is_none());
        let [first, second] = kept;
        drop(first);
        let all = (shares.try_take(one, 2), shares.try_take(other, 2));
        assert!(all.0.is_some() && all.1.is_some());
        drop((all, second));
        assert!(shares.lock().is_empty());
    }

    fn address(last: u8) -> IpAddr {
        [192, 0, 2, last].into()
    }

    #[test]
    fn a_sum_grows_up_to_its_bound_and_shrinks_above_it() {
        let sum = Sum::default();
        assert!(sum.change(0, 7, Some(10)) && sum.change(7, 10, Some(10)));
        assert!(!sum.change(0, 1, Some(10)) && sum.bytes() == 10);
        assert!(sum.change(10, 8, Some(5)) && sum.change(0, 4, None));
        assert_eq!(sum.bytes(), 12);
    }
}
