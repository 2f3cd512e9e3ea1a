//! Connections that come, are welcomed, say `quit`, and go.

use super::pool::count;
use super::wrong;
use crate::load::closed::Rate;
use crate::rival::Process;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Connects again and again for so long; answers connections a second.
pub(crate) fn run(server: &Process, time: Duration) -> io::Result<Rate> {
    let (start, used) = (Instant::now(), server.cpu()?);
    let mut done = 0u64;
    let mut got = Vec::new();
    while start.elapsed() < time {
        let mut stream = TcpStream::connect(server.address)?;
        stream.write_all(b"quit\n")?;
        got.clear();
        stream.read_to_end(&mut got)?;
        if count(&got) != 2 {
            return Err(wrong("a welcome and a goodbye are two lines"));
        }
        done += 1;
    }
    let (clock, cpu) = (start.elapsed(), server.cpu()? - used);
    Ok(Rate {
        clock: done as f64 / clock.as_secs_f64(),
        cpu: done as f64 / cpu.as_secs_f64(),
    })
}
