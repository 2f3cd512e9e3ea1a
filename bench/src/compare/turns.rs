//! Servers measured beside each other in many short slices: they take turns, so that two slices that are compared are next
//! to each other in time, and a disturbance of the machine spoils one slice, not a round.

use super::measured::Slice;
use crate::load::Pool;
use crate::rival::{Process, Rival};
use std::io;
use std::time::Duration;

/// How short, and how many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turns {
    pub(super) slice: Duration,
    /// Slices of each server for every second of the options.
    pub(super) a_second: f64,
}

impl Turns {
    /// The figures of one round of so many seconds, slice after slice. Every server has its connections all the time.
    pub(super) fn round(
        self,
        servers: &[(Rival, Process)],
        connections: usize,
        time: Duration,
        figure: impl Fn(Rival, &Process, &mut Pool) -> io::Result<f64>,
    ) -> io::Result<Vec<Slice>> {
        let mut pools = Vec::new();
        for (rival, server) in servers {
            let mut pool = Pool::connect(server.address, connections, rival.welcomes())?;
            pool.ask(rival.request(), 1)?;
            pools.push((*rival, server, pool));
        }
        let mut slices = Vec::new();
        for _ in 0..((time.as_secs_f64() * self.a_second) as usize).max(1) {
            let mut slice = Slice::new();
            for (rival, server, pool) in &mut pools {
                slice.push((*rival, figure(*rival, server, pool)?));
            }
            slices.push(slice);
            // Who was last is first: none always follows the same one.
            pools.reverse();
        }
        Ok(slices)
    }
}
