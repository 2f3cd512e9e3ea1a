//! Latency of servers beside each other: in many short slices, for a disturbance of the machine, a few milliseconds long,
//! decides the 99th percentile of whichever slice it falls into. The servers take turns, so that two slices that are
//! compared are next to each other in time, and the median of all pairs is not a matter of luck.

use super::measured::Slice;
use super::rows::How;
use crate::load::open::{self, percentile};
use crate::load::{Pool, closed};
use crate::rival::{Process, Rival};
use std::io;
use std::time::Duration;

/// How long a slice lasts: at 50,000 requests a second, the 99th percentile has 25 above it.
const SLICE: Duration = Duration::from_millis(50);

/// How many there are of each server for every second of the options: such a percentile needs more than a mean does.
const SLICES: f64 = 40.0;

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
    let mut pools = Vec::new();
    for (rival, server) in servers {
        let mut pool = Pool::connect(server.address, connections, rival.welcomes())?;
        pool.ask(rival.request(), 1)?;
        pools.push((*rival, pool));
    }
    let mut slices = Vec::new();
    for _ in 0..((how.time.as_secs_f64() * SLICES) as usize).max(1) {
        let mut slice = Slice::new();
        for (rival, pool) in &mut pools {
            let load = open::Load {
                rate: how.rate,
                request: rival.request(),
                time: SLICE,
            };
            let took = load.on(pool)?;
            slice.push((*rival, percentile(&took, 99).as_secs_f64() * 1e6));
        }
        slices.push(slice);
        // Who was second is first: neither always follows the other.
        pools.reverse();
    }
    Ok(slices)
}
