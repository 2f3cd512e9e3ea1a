//! An open loop: requests are sent when a schedule says, however long the server takes, and latency counts from the
//! moment that the schedule names. So a server that stalls is charged for everything that waits meanwhile.
//!
//! The load itself must not be measured: its thread never sleeps, sends what is due before it looks at its sockets, and
//! a reply has come when the system tells of it, not when it is read at last.

use super::pool::count;
use super::{Pool, wrong};
use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

/// The schedule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load<'a> {
    /// Requests a second, of all connections together.
    pub(crate) rate: f64,
    /// One request.
    pub(crate) request: &'a [u8],
    pub(crate) time: Duration,
}

/// A server that is so many times as slow as the schedule has no latency.
const PATIENCE: u32 = 20;

impl Load<'_> {
    /// Sends by the schedule, connections in turn; answers how long each request took, the shortest first.
    pub(crate) fn on(self, pool: &mut Pool) -> io::Result<Vec<Duration>> {
        let total = ((self.rate * self.time.as_secs_f64()) as usize).max(1);
        let step = Duration::from_secs_f64(1.0 / self.rate);
        let mut due: Vec<VecDeque<Instant>> = vec![VecDeque::new(); pool.clients.len()];
        let mut took = Vec::with_capacity(total);
        let start = Instant::now();
        let mut sent = 0;
        while took.len() < total {
            while sent < total {
                let at = start + step * sent as u32;
                if at > Instant::now() {
                    break;
                }
                let index = sent % due.len();
                due[index].push_back(at);
                pool.clients[index].send(self.request)?;
                sent += 1;
            }
            pool.turn(Duration::ZERO, &mut |index, _, bytes, came| {
                for _ in 0..count(bytes) {
                    let at = due[index]
                        .pop_front()
                        .ok_or_else(|| wrong("more replies came than requests were sent"))?;
                    // What comes while others are read is told of with them.
                    took.push(came.saturating_duration_since(at));
                }
                Ok(true)
            })?;
            if start.elapsed() > self.time * PATIENCE {
                return Err(wrong("the server does not keep up with half of its peak"));
            }
        }
        took.sort_unstable();
        Ok(took)
    }
}

/// The least that so many of a hundred are not above. `sorted` is not empty.
pub(crate) fn percentile(sorted: &[Duration], hundredths: usize) -> Duration {
    sorted[(sorted.len() * hundredths).div_ceil(100).max(1) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_figures() {
        let figures = |count: u64| (1..=count).map(Duration::from_micros).collect::<Vec<_>>();
        for (count, hundredths, wanted) in [
            (1, 99, 1),
            (50, 99, 50),
            (100, 99, 99),
            (101, 99, 100),
            (1000, 99, 990),
            (1000, 50, 500),
            (3, 50, 2),
            (3, 0, 1),
            (3, 100, 3),
        ] {
            let found = percentile(&figures(count), hundredths);
            assert_eq!(
                found,
                Duration::from_micros(wanted),
                "{hundredths} of {count}"
            );
        }
    }
}
