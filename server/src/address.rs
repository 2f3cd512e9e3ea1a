//! Clients by their address: what counts as one, and how often logins have failed from it.

use ipnet::IpNet;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What counts as one address: with IPv6 everybody has a network of 64 bits to choose from. None for one of these
/// networks, which have no limits of their own.
pub(crate) fn counted(peer: IpAddr, exempt: &[IpNet]) -> Option<IpAddr> {
    let peer = peer.to_canonical();
    if exempt.iter().any(|net| net.contains(&peer)) {
        return None;
    }
    Some(match peer {
        IpAddr::V4(_) => peer,
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
    })
}

/// So many logins may fail without any consequence: people mistype.
const FREE: u32 = 3;
/// The pause after the first one beyond; each further one doubles it.
const FIRST: Duration = Duration::from_millis(250);
/// The longest pause, and the longest that a login waits: below the `login-time` of 5 seconds, so that somebody who is
/// alone at an address gets through.
const LONGEST: Duration = Duration::from_secs(4);
/// An address without a failed login for so long is forgotten.
const FORGOTTEN: Duration = Duration::from_secs(600);
/// Most addresses that are remembered, less than a mebibyte; beyond it the oldest is forgotten.
const MOST: usize = 4096;

/// Failed logins by address.
#[derive(Debug, Default)]
pub(crate) struct Logins(Mutex<HashMap<IpAddr, Failed>>);

#[derive(Debug)]
struct Failed {
    count: u32,
    last: Instant,
    /// When the next login may be tried.
    next: Instant,
}

impl Failed {
    fn pause(&self) -> Duration {
        match self.count.checked_sub(FREE + 1) {
            None => Duration::ZERO,
            // The shift stays small: the pause has reached its end long before.
            Some(doubled) => (FIRST * (1 << doubled.min(16))).min(LONGEST),
        }
    }
}

impl Logins {
    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, Failed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the next turn of an address: answers when that is. The error is how long to stay away instead.
    pub(crate) fn turn(&self, address: IpAddr, now: Instant) -> Result<Option<Instant>, Duration> {
        let mut all = self.lock();
        let Some(failed) = all.get_mut(&address) else {
            return Ok(None);
        };
        if now >= failed.last + FORGOTTEN {
            all.remove(&address);
            return Ok(None);
        }
        let at = failed.next.max(now);
        if at - now > LONGEST {
            return Err(at - now);
        }
        // Whoever comes while one waits gets a later turn: many at once are no quicker than one.
        failed.next = at + failed.pause();
        Ok((at > now).then_some(at))
    }

    /// Notes a login that failed.
    pub(crate) fn failed(&self, address: IpAddr, now: Instant) {
        let mut all = self.lock();
        if all.len() >= MOST && !all.contains_key(&address) {
            all.retain(|_, failed| now < failed.last + FORGOTTEN);
            let oldest = all.iter().min_by_key(|(_, failed)| failed.last);
            if let Some(oldest) = oldest.map(|(address, _)| *address)
                && all.len() >= MOST
            {
                all.remove(&oldest);
            }
        }
        let failed = all.entry(address).or_insert(Failed {
            count: 0,
            last: now,
            next: now,
        });
        if now >= failed.last + FORGOTTEN {
            failed.count = 0;
        }
        failed.count = failed.count.saturating_add(1);
        failed.last = now;
        failed.next = failed.next.max(now + failed.pause());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

    /// Fails so often, each time when its turn has come; answers when the last one failed.
    fn fail(logins: &Logins, mut now: Instant, times: u32) -> Instant {
        for _ in 0..times {
            now = logins.turn(ADDRESS, now).unwrap().unwrap_or(now);
            logins.failed(ADDRESS, now);
        }
        now
    }

    #[test]
    fn pauses_double_up_to_a_bound_and_are_forgotten() {
        let (logins, start) = (Logins::default(), Instant::now());
        let mut now = fail(&logins, start, FREE);
        assert_eq!((now, logins.turn(ADDRESS, now)), (start, Ok(None)));
        for pause in [250, 500, 1000, 2000, 4000, 4000] {
            logins.failed(ADDRESS, now);
            let next = now + Duration::from_millis(pause);
            assert_eq!(logins.turn(ADDRESS, now), Ok(Some(next)));
            now = next;
        }
        assert_eq!(logins.turn(ADDRESS, now + FORGOTTEN), Ok(None));
        assert!(logins.lock().is_empty());
    }

    #[test]
    fn many_at_once_are_no_quicker_than_one() {
        let (logins, start) = (Logins::default(), Instant::now());
        let now = fail(&logins, start, 20);
        let (first, second) = (now + LONGEST, now + 2 * LONGEST);
        assert_eq!(logins.turn(ADDRESS, now), Ok(Some(first)));
        for _ in 0..1000 {
            assert_eq!(logins.turn(ADDRESS, now), Err(2 * LONGEST));
        }
        assert_eq!(logins.turn(ADDRESS, first), Ok(Some(second)));
    }

    #[test]
    fn so_many_addresses_are_remembered() {
        let (logins, start) = (Logins::default(), Instant::now());
        for n in 0..MOST as u32 + 100 {
            logins.failed(
                IpAddr::V4(n.into()),
                start + Duration::from_micros(n.into()),
            );
        }
        let all = logins.lock();
        assert_eq!(all.len(), MOST);
        assert!(!all.contains_key(&IpAddr::V4(99.into())));
        assert!(all.contains_key(&IpAddr::V4(100.into())));
    }

    #[test]
    fn addresses_are_counted_by_network_and_exempt_ones_not_at_all() {
        let exempt = ["10.0.0.0/8".parse().unwrap()];
        let of = |text: &str| counted(text.parse().unwrap(), &exempt).map(|ip| ip.to_string());
        assert_eq!(of("10.1.2.3"), None);
        assert_eq!(of("::ffff:10.1.2.3"), None);
        assert_eq!(of("192.0.2.1").as_deref(), Some("192.0.2.1"));
        assert_eq!(of("2001:db8::5:6:7:8").as_deref(), Some("2001:db8::"));
    }
}
