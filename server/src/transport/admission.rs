//! Who may connect: so many at once, so many from one address, so many new ones a second from one address.

use crate::address;
use crate::bucket::Bucket;
use actionline_specs::limits::InForce;
use actionline_specs::wire::Reason;
use ipnet::IpNet;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::Notify;

/// Counts connections, and remembers those addresses that have any or had many lately.
#[derive(Debug)]
pub(crate) struct Admission {
    /// Most connections, whatever the limits say.
    most: u64,
    exempt: Vec<IpNet>,
    door: Mutex<Door>,
    left: Notify,
}

#[derive(Debug, Default)]
struct Door {
    open: usize,
    /// The hasher has a random seed: clients choose their addresses.
    visitors: HashMap<IpAddr, Visitor>,
}

#[derive(Debug, Default)]
struct Visitor {
    open: usize,
    new: Bucket,
}

/// So many addresses without a connection may be remembered before they are looked through.
const IDLE: usize = 1024;

impl Admission {
    /// At most `most` connections; `exempt` addresses are not counted by address.
    pub(crate) fn new(most: u64, exempt: &[IpNet]) -> Arc<Self> {
        Arc::new(Self {
            most,
            exempt: exempt.to_vec(),
            door: Mutex::default(),
            left: Notify::new(),
        })
    }

    fn door(&self) -> MutexGuard<'_, Door> {
        self.door.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a client leaves, or did since this was waited for last.
    pub(crate) async fn left(&self) {
        self.left.notified().await;
    }

    /// Lets a client in, or says why not. One without an address is counted only among all.
    pub(crate) fn admit(
        self: &Arc<Self>,
        peer: Option<IpAddr>,
        limits: &InForce,
        now: Instant,
    ) -> Result<Place, Reason> {
        let address = peer.and_then(|peer| address::counted(peer, &self.exempt));
        let mut door = self.door();
        if door.open as u64 >= self.most.min(limits.connections()) {
            return Err(Reason::TooManyConnections);
        }
        if let Some(address) = address {
            door.forget(now);
            let visitor = door.visitors.entry(address).or_default();
            if visitor.open as u64 >= limits.address_connections() {
                return Err(Reason::TooManyFromAddress);
            }
            let (rate, burst) = (limits.address_rate(), limits.address_burst());
            let new = visitor.new.take(now, rate, burst);
            new.map_err(|_| Reason::ConnectingTooFast)?;
            visitor.open += 1;
        }
        door.open += 1;
        Ok(Place {
            admission: Arc::clone(self),
            address,
        })
    }
}

impl Door {
    /// Forgets addresses that have no connection and may come again as they like; not before there are many, so that
    /// it costs little each time.
    fn forget(&mut self, now: Instant) {
        if self.visitors.len() > 2 * self.open + IDLE {
            self.visitors
                .retain(|_, visitor| visitor.open > 0 || !visitor.new.is_full(now));
        }
    }
}

/// The place of one connection, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    admission: Arc<Admission>,
    address: Option<IpAddr>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut door = self.admission.door();
        door.open -= 1;
        if let Some(address) = self.address
            && let Some(visitor) = door.visitors.get_mut(&address)
        {
            visitor.open -= 1;
        }
        drop(door);
        self.admission.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actionline_specs::limits::Limits;
    use std::time::Duration;

    /// A door and its limits.
    struct Stage(Arc<Admission>, InForce);

    impl Stage {
        fn admit(&self, peer: Option<IpAddr>, now: Instant) -> Result<Place, Reason> {
            self.0.admit(peer, &self.1, now)
        }
    }

    fn admission(most: u64, change: impl FnOnce(&mut Limits)) -> Stage {
        let mut limits = Limits::default();
        change(&mut limits);
        let loopback = ["127.0.0.0/8".parse().unwrap()];
        Stage(Admission::new(most, &loopback), InForce::new(&limits))
    }

    fn ip(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn a_place_is_free_again_when_it_is_left() {
        let (door, now) = (admission(2, |_| ()), Instant::now());
        let first = door.admit(ip("192.0.2.1"), now).unwrap();
        let _second = door.admit(ip("127.0.0.1"), now).unwrap();
        let full = door.admit(ip("192.0.2.2"), now).unwrap_err();
        assert_eq!(full, Reason::TooManyConnections);
        drop(first);
        assert!(door.admit(ip("192.0.2.2"), now).is_ok());
    }

    #[test]
    fn an_address_has_its_own_bound_and_exempt_ones_have_none() {
        let door = admission(100, |limits| limits.address_connections = 2);
        let now = Instant::now();
        for (one, same, other) in [
            ("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2"),
            ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1"),
        ] {
            let _kept = [one, same].map(|peer| door.admit(ip(peer), now).unwrap());
            let full = door.admit(ip(same), now).unwrap_err();
            assert_eq!(full, Reason::TooManyFromAddress);
            assert!(door.admit(ip(other), now).is_ok());
        }
        let many: Vec<_> = (0..9).map(|_| door.admit(ip("127.0.0.1"), now)).collect();
        assert!(many.iter().all(Result::is_ok));
    }

    #[test]
    fn an_address_may_come_so_often() {
        let door = admission(100, |limits| {
            (limits.address_rate, limits.address_burst) = (10, 2)
        });
        let (peer, now) = (ip("192.0.2.1"), Instant::now());
        assert!(door.admit(peer, now).is_ok());
        assert!(door.admit(peer, now).is_ok());
        let fast = door.admit(peer, now).unwrap_err();
        assert_eq!(fast, Reason::ConnectingTooFast);
        assert!(door.admit(peer, now + Duration::from_millis(100)).is_ok());
    }

    #[test]
    fn addresses_that_left_long_ago_are_forgotten() {
        let (door, now) = (admission(100, |_| ()), Instant::now());
        for n in 0..10 * IDLE as u32 {
            let at = now + Duration::from_secs(n.into());
            drop(door.admit(Some(IpAddr::V4(n.into())), at).unwrap());
            assert!(door.0.door().visitors.len() <= IDLE + 1);
        }
    }
}
