//! Latency of servers beside each other: a disturbance of the machine, a few milliseconds long, decides the 99th percentile
//! of whichever slice it falls into.

use super::measured::Slice;
use super::rows::How;
use super::turns::Turns;
use crate::load::closed;
use crate::load::open::{self, percentile};
use crate::rival::{Process, Rival};
use std::io;
use std::time::Duration;

/// At 50,000 requests a second, the 99th percentile of a slice has 25 above it. There are more slices than there is time:
/// such a percentile needs more than a mean does.
const TURNS: Turns = Turns {
    slice: Duration::from_millis(50),
    a_second: 40.0,
};

/// How often the peak is looked for.
const PEAKS: usize = 3;

/// Requests a second: half of the most that actionline answers to this load, each connection waiting for its reply.
pub(super) fn rate(
    servers: &[(Rival, Process)],
    connections: usize,
    time: Duration,
) -> io::Result<f64> {
    let mut peak = 0.0f64;
    for (rival, server) in servers.iter().filter(|(rival, _)| *rival == Rival::Ours) {
        for _ in 0..PEAKS {
            let load = closed::Load {
                connections,
                in_flight: 1,
                request: rival.request(),
                time: time / 2,
            };
            peak = peak.max(load.run(*rival, server)?.clock);
        }
    }
    Ok(peak / 2.0)
}

/// The 99th percentiles in microseconds, slice after slice.
pub(super) fn round(
    servers: &[(Rival, Process)],
    connections: usize,
    how: &How,
) -> io::Result<Vec<Slice>> {
    TURNS.round(servers, connections, how.time, |rival, _, pool| {
        let load = open::Load {
            rate: how.rate,
            request: rival.request(),
            time: TURNS.slice,
        };
        Ok(percentile(&load.on(pool)?, 99).as_secs_f64() * 1e6)
    })
}
