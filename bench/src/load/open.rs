//! An open loop: requests are sent when a schedule says, however long the server takes, and latency counts from the
//! moment that the schedule names. So a server that stalls is charged for everything that waits meanwhile.

use super::pool::count;
use super::{Pool, wrong};
use crate::rival::{Process, Rival};
use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

/// The schedule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) connections: usize,
    /// Requests a second, of all connections together.
    pub(crate) rate: f64,
    pub(crate) time: Duration,
}

/// How long answers took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Latency {
    pub(crate) p99: Duration,
}

impl Load {
    /// Sends by the schedule, connections in turn. The core of the load is kept busy: a timer would be too coarse.
    pub(crate) fn run(self, rival: Rival, server: &Process) -> io::Result<Latency> {
        let mut pool = Pool::connect(server.address, self.connections, rival.welcomes())?;
        pool.ask(rival.request(), 1)?;
        let total = (self.rate * self.time.as_secs_f64()) as usize;
        let step = Duration::from_secs_f64(1.0 / self.rate);
        let mut due: Vec<VecDeque<Instant>> = vec![VecDeque::new(); self.connections];
        let mut took = Vec::with_capacity(total);
        let start = Instant::now();
        let mut sent = 0;
        while took.len() < total {
            while sent < total {
                let at = start + step * sent as u32;
                if at > Instant::now() {
                    break;
                }
                let index = sent % self.connections;
                due[index].push_back(at);
                pool.clients[index].send(rival.request())?;
                sent += 1;
            }
            pool.turn(Some(Duration::ZERO), &mut |index, _, bytes| {
                let now = Instant::now();
                for _ in 0..count(bytes) {
                    let at = due[index]
                        .pop_front()
                        .ok_or_else(|| wrong("more replies came than requests were sent"))?;
                    took.push(now - at);
                }
                Ok(true)
            })?;
            if start.elapsed() > self.time * 10 {
                return Err(wrong("the server does not keep up with half of its peak"));
            }
        }
        took.sort_unstable();
        Ok(Latency {
            p99: took[total * 99 / 100],
        })
    }
}
