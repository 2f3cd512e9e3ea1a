//! The processes: Redis, which can be stopped and started again, and nodes.

use super::wrong;
use crate::rival::Process;
use rustix::process::{Pid, Signal, kill_process};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long anything may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// A Redis on a port of its own.
#[derive(Debug)]
pub(super) struct Redis {
    pub(super) address: SocketAddr,
    child: Option<Child>,
}

impl Redis {
    /// One that does not run yet.
    pub(super) fn absent() -> io::Result<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        Ok(Self {
            address,
            child: None,
        })
    }

    pub(super) fn start(&mut self) -> io::Result<()> {
        let spawned = Command::new("redis-server")
            .args(["--port", &self.address.port().to_string()])
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .args(["--dir", &std::env::temp_dir().display().to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn();
        self.child = Some(spawned?);
        let start = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            if start.elapsed() > PATIENCE {
                return Err(wrong("redis-server does not answer"));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    pub(super) fn pid(&self) -> Option<Pid> {
        self.child.as_ref().map(Pid::from_child)
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

/// Starts a node over a backplane at this address.
pub(super) fn node(backplane: SocketAddr) -> io::Result<Process> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["serve", "ours", "--backplane"]);
    Process::spawn(command.arg(format!("redis://{backplane}")))
}

pub(super) fn signal(pid: Option<Pid>, signal: Signal) -> io::Result<()> {
    let pid = pid.ok_or_else(|| wrong("nothing runs"))?;
    Ok(kill_process(pid, signal)?)
}
