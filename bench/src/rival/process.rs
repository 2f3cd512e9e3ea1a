//! A server's process, seen from outside.

use super::{Rival, redis};
use crate::machine::{self, Cores};
use rustix::process::Pid;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A running server. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Process {
    /// Starts a server on the server's cores; nothing if it is not installed. `words` are more options of `serve`.
    pub(crate) fn start(rival: Rival, cores: &Cores, words: &[String]) -> io::Result<Option<Self>> {
        // A child begins on its parent's cores.
        cores.pin_to_server()?;
        let started = match rival {
            Rival::Redis => Self::redis(),
            Rival::Raw | Rival::Ours => Self::own(rival, words).map(Some),
        };
        cores.pin_to_load()?;
        started
    }

    fn own(rival: Rival, words: &[String]) -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("serve").arg(word(rival)).args(words);
        Self::spawn(&mut command)
    }

    /// Starts a server of ours on the server's cores, under a program that looks at it.
    pub(crate) fn under(looker: &mut Command, rival: Rival, cores: &Cores) -> io::Result<Self> {
        looker.arg(std::env::current_exe()?);
        looker.arg("serve").arg(word(rival));
        cores.pin_to_server()?;
        let started = Self::spawn(looker);
        cores.pin_to_load()?;
        started
    }

    /// Starts a program that is a `serve` of this one.
    pub(crate) fn spawn(command: &mut Command) -> io::Result<Self> {
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        match line.trim().parse() {
            Ok(address) => Ok(Self { child, address }),
            Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(io::Error::other(format!(
                    "the server did not start: {line:?}"
                )))
            }
        }
    }

    fn redis() -> io::Result<Option<Self>> {
        let address = redis::free()?;
        let more = [
            "--maxclients",
            "15000",
            // It would cut the slowest of 10,000 members; nobody is slow here.
            "--client-output-buffer-limit",
            "pubsub 0 0 0",
        ];
        match redis::start(address, &more) {
            Ok(child) => Ok(Some(Self { child, address })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Processor time that it has used so far.
    pub(crate) fn cpu(&self) -> io::Result<Duration> {
        machine::cpu(self.child.id())
    }

    /// Resident memory now, and the most since [`Process::forget_peak`], in bytes.
    pub(crate) fn memory(&self) -> io::Result<machine::Memory> {
        machine::memory(self.child.id())
    }

    /// Lets the peak of memory begin anew.
    pub(crate) fn forget_peak(&self) -> io::Result<()> {
        machine::forget_peak(self.child.id())
    }

    /// Its number.
    pub(crate) fn id(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Waits until it has ended, at most so long.
    pub(crate) fn ended(&mut self, patience: Duration) -> io::Result<Option<ExitStatus>> {
        let start = Instant::now();
        loop {
            let ended = self.child.try_wait()?;
            if ended.is_some() || start.elapsed() > patience {
                return Ok(ended);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Asks a `serve` to stop, and waits until it has: an instruction counter writes its figures then.
    pub(crate) fn stop(mut self) -> io::Result<()> {
        drop(self.child.stdin.take());
        self.child.wait().map(drop)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What `serve` calls it.
fn word(rival: Rival) -> &'static str {
    match rival {
        Rival::Raw => "raw",
        _ => "ours",
    }
}

/// Says where a `serve` listens.
pub(super) fn hello(address: SocketAddr) {
    println!("{address}");
    let _ = io::stdout().flush();
}

/// Done when stdin ends: the parent is gone, or wants this one to go.
pub(super) async fn stopped() {
    let ended = tokio::task::spawn_blocking(|| io::stdin().read_to_end(&mut Vec::new()));
    let _ = ended.await;
}

/// Ends this process when stdin ends, whatever it is doing.
pub(super) fn end_with_parent() {
    std::thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(1);
    });
}

/// A folder of our own for files to serve; gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Public(pub(crate) PathBuf);

impl Public {
    /// A folder with one file of so many bytes.
    pub(crate) fn new(name: &str, size: usize) -> io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("actionline-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(name), vec![b'x'; size])?;
        Ok(Self(folder))
    }
}

impl Drop for Public {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
