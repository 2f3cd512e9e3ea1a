//! The processes: Redis, which can be stopped and started again, and nodes.

use super::wrong;
use crate::rival::{Process, redis};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command};

/// A Redis on a port of its own.
#[derive(Debug)]
pub(super) struct Redis {
    pub(super) address: SocketAddr,
    child: Option<Child>,
}

impl Redis {
    /// One that does not run yet.
    pub(super) fn absent() -> io::Result<Self> {
        Ok(Self {
            address: redis::free()?,
            child: None,
        })
    }

    pub(super) fn start(&mut self) -> io::Result<()> {
        self.child = Some(redis::start(self.address, &[])?);
        Ok(())
    }

    pub(super) fn pid(&self) -> Option<Pid> {
        self.child.as_ref().map(Pid::from_child)
    }

    /// Bytes that it holds.
    pub(super) fn memory(&self) -> io::Result<f64> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.write_all(b"INFO memory\r\n")?;
        for line in BufReader::new(stream).lines() {
            if let Some(bytes) = line?.strip_prefix("used_memory:") {
                return bytes.trim().parse().map_err(io::Error::other);
            }
        }
        Err(wrong("Redis does not tell its memory"))
    }

    /// As by a crash.
    pub(super) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Starts a node over a backplane at this address; without one it is alone.
pub(super) fn node(backplane: Option<SocketAddr>) -> io::Result<Process> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["serve", "ours"]);
    if let Some(address) = backplane {
        command.arg("--backplane").arg(format!("redis://{address}"));
    }
    Process::spawn(&mut command)
}

pub(super) fn signal(pid: Option<Pid>, signal: Signal) -> io::Result<()> {
    let pid = pid.ok_or_else(|| wrong("nothing runs"))?;
    Ok(kill_process(pid, signal)?)
}
