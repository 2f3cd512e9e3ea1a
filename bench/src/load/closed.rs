//! A closed loop: each connection sends a batch, and the next one when all of it is answered.

use super::pool::{Pool, count};
use super::wrong;
use crate::rival::{Process, Rival};
use std::io;
use std::time::{Duration, Instant};

/// How hard to push.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load<'a> {
    pub(crate) connections: usize,
    /// Requests sent before replies are waited for.
    pub(crate) in_flight: usize,
    /// One request.
    pub(crate) request: &'a [u8],
    pub(crate) time: Duration,
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    /// Requests a second by the clock.
    pub(crate) clock: f64,
    /// Requests for each second of the server's processor time.
    pub(crate) cpu: f64,
}

impl Load<'_> {
    /// Pushes, and answers the rates.
    pub(crate) fn run(self, rival: Rival, server: &Process) -> io::Result<Rate> {
        let mut pool = Pool::connect(server.address, self.connections, rival.welcomes())?;
        pool.ask(self.request, 1)?;
        self.on(&mut pool, server)
    }

    /// Pushes on connections that are there.
    pub(crate) fn on(self, pool: &mut Pool, server: &Process) -> io::Result<Rate> {
        let batch = self.request.repeat(self.in_flight);
        let mut owed = vec![self.in_flight; pool.clients.len()];
        let (start, used) = (Instant::now(), server.cpu()?);
        let mut done = 0u64;
        let mut busy = pool.clients.len();
        for client in &mut pool.clients {
            client.send(&batch)?;
        }
        pool.until(|index, client, bytes| {
            let lines = count(bytes);
            done += lines as u64;
            owed[index] = owed[index]
                .checked_sub(lines)
                .ok_or_else(|| wrong("more replies came than requests were sent"))?;
            if owed[index] == 0 {
                if start.elapsed() < self.time {
                    owed[index] = self.in_flight;
                    client.send(&batch)?;
                } else {
                    busy -= 1;
                }
            }
            Ok(busy > 0)
        })?;
        let (clock, cpu) = (start.elapsed(), server.cpu()? - used);
        Ok(Rate {
            clock: done as f64 / clock.as_secs_f64(),
            cpu: done as f64 / cpu.as_secs_f64(),
        })
    }
}
