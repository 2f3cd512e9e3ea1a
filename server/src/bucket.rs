//! How often something may happen: a rate, and a burst after a silence.

use std::time::{Duration, Instant};

/// One allowance. It keeps a single point in time: when it would be full again.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bucket {
    /// None: it is full.
    full_at: Option<Instant>,
}

impl Bucket {
    /// Takes one, if there is one; else answers how long to wait. `rate` a second come back, and `burst` fit in.
    pub(crate) fn take(&mut self, now: Instant, rate: u64, burst: u64) -> Result<(), Duration> {
        let each = Duration::from_secs(1) / u32::try_from(rate.max(1)).unwrap_or(u32::MAX);
        let room = each * u32::try_from(burst.max(1)).unwrap_or(u32::MAX);
        let full_at = self.full_at.map_or(now, |at| at.max(now)) + each;
        match (full_at - now).checked_sub(room) {
            None | Some(Duration::ZERO) => {
                self.full_at = Some(full_at);
                Ok(())
            }
            Some(wait) => Err(wait),
        }
    }

    /// Whether it is full by now.
    pub(crate) fn is_full(&self, now: Instant) -> bool {
        self.full_at.is_none_or(|at| at <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_burst_then_the_rate() {
        let (mut bucket, start) = (Bucket::default(), Instant::now());
        for _ in 0..3 {
            assert!(bucket.take(start, 10, 3).is_ok());
        }
        assert_eq!(bucket.take(start, 10, 3), Err(Duration::from_millis(100)));
        assert!(!bucket.is_full(start));
        let next = start + Duration::from_millis(100);
        assert!(bucket.take(next, 10, 3).is_ok());
        assert!(bucket.take(next, 10, 3).is_err());
        assert!(bucket.is_full(next + Duration::from_millis(300)));
    }

    proptest! {
        /// Whenever it is asked, no span of time gives more than the burst and what the rate brings in it.
        #[test]
        fn never_more_than_burst_and_rate(
            gaps in prop::collection::vec(0u64..300, 1..200), rate in 1u64..100, burst in 1u64..20,
        ) {
            let (mut bucket, start) = (Bucket::default(), Instant::now());
            let (mut ms, mut taken) = (0u64, 0u64);
            for gap in gaps {
                ms += gap;
                taken += u64::from(bucket.take(start + Duration::from_millis(ms), rate, burst).is_ok());
                prop_assert!(taken <= burst + ms * rate / 1000 + 1);
            }
        }

        /// Who waits as long as told gets one.
        #[test]
        fn the_wait_is_enough(rate in 1u64..1000, burst in 1u64..50, more in 0u64..50) {
            let (mut bucket, start) = (Bucket::default(), Instant::now());
            for _ in 0..burst + more {
                if let Err(wait) = bucket.take(start, rate, burst) {
                    prop_assert!(bucket.take(start + wait, rate, burst).is_ok());
                    return Ok(());
                }
            }
        }
    }
}
