//! A steady load on nodes, and what it takes of each process.

use super::nodes::{Redis, node};
use super::wrong;
use crate::machine;
use crate::rival::Process;
use memchr::memmem;
use rustix::process::Pid;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep};

/// Where a client is, and what it does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seat {
    pub(crate) node: usize,
    pub(crate) room: usize,
    /// Messages a second, at most a thousand.
    pub(crate) says: f64,
}

/// What is measured.
#[derive(Debug, Clone)]
pub(crate) struct Load {
    pub(crate) nodes: usize,
    /// Whether they have a backplane; without one they know nothing of each other.
    pub(crate) linked: bool,
    pub(crate) seats: Vec<Seat>,
    /// Bytes of a message.
    pub(crate) bytes: usize,
    pub(crate) lasts: Duration,
}

/// What it came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Used {
    /// Cores of each node, and of Redis.
    pub(crate) nodes: Vec<f64>,
    pub(crate) redis: f64,
    /// A second, of all: confirmed and heard.
    pub(crate) said: f64,
    pub(crate) heard: f64,
    /// Bytes that a client added to its node, and a member to Redis.
    pub(crate) client: f64,
    pub(crate) member: f64,
}

#[derive(Debug, Default)]
struct Counts {
    said: AtomicU64,
    heard: AtomicU64,
}

/// After the last client has come, so long until it is measured.
const WARM: Duration = Duration::from_secs(1);

/// Drives it, and measures.
///
/// # Errors
/// A client was closed, or answered that it reaches its own node only.
pub(crate) async fn drive(load: &Load) -> io::Result<Used> {
    let mut redis = Redis::absent()?;
    if load.linked {
        redis.start()?;
    }
    let backplane = load.linked.then_some(redis.address);
    let nodes: Vec<Process> = (0..load.nodes)
        .map(|_| node(backplane))
        .collect::<io::Result<_>>()?;
    sleep(WARM).await;
    let resident = || -> io::Result<f64> {
        let each = nodes.iter().map(|node| Ok(node.memory()?.now as f64));
        each.sum()
    };
    let held = |of: &Redis| match load.linked {
        true => of.memory(),
        false => Ok(0.0),
    };
    let before = (resident()?, held(&redis)?);
    let mut entered = Vec::new();
    for seat in &load.seats {
        let client = Client::enter(nodes[seat.node].address, seat.room).await?;
        entered.push((client, seat.says));
    }
    let people = load.seats.len() as f64;
    let after = (resident()?, held(&redis)?);
    let counts = Arc::new(Counts::default());
    let message = format!("say {}\n", "x".repeat(load.bytes));
    let mut clients = JoinSet::new();
    for (client, says) in entered {
        clients.spawn(client.live(says, message.clone(), Arc::clone(&counts)));
    }
    sleep(WARM).await;
    let pids = nodes.iter().map(Process::id).chain(redis.pid());
    let pids: Vec<Pid> = pids.collect();
    let used = || -> io::Result<Vec<Duration>> {
        let each = pids.iter();
        each.map(|pid| machine::cpu(pid.as_raw_nonzero().get() as u32))
            .collect()
    };
    let read = || {
        (
            counts.said.load(Ordering::Relaxed),
            counts.heard.load(Ordering::Relaxed),
        )
    };
    let (begun, cpu, count) = (Instant::now(), used()?, read());
    tokio::select! {
        () = sleep(load.lasts) => {}
        Some(ended) = clients.join_next() => {
            ended.map_err(io::Error::other)??;
        }
    }
    let (took, now) = (begun.elapsed().as_secs_f64(), read());
    let cores = used()?.into_iter().zip(cpu);
    let mut cores: Vec<f64> = cores
        .map(|(after, before)| after.saturating_sub(before).as_secs_f64() / took)
        .collect();
    let redis = match load.linked {
        true => cores.pop().unwrap_or_default(),
        false => 0.0,
    };
    Ok(Used {
        nodes: cores,
        redis,
        said: (now.0 - count.0) as f64 / took,
        heard: (now.1 - count.1) as f64 / took,
        client: (after.0 - before.0) / people,
        member: (after.1 - before.1) / people,
    })
}

/// A client in a room.
pub(super) struct Client {
    pub(super) lines: BufReader<OwnedReadHalf>,
    pub(super) output: OwnedWriteHalf,
}

impl Client {
    /// Connects, and goes there; the other nodes know.
    pub(super) async fn enter(address: SocketAddr, room: usize) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (input, mut output) = stream.into_split();
        output
            .write_all(format!("roomChange r{room}\n").as_bytes())
            .await?;
        let mut lines = BufReader::with_capacity(4096, input);
        let mut line = String::new();
        // The welcome, and the answer.
        for _ in 0..2 {
            line.clear();
            lines.read_line(&mut line).await?;
        }
        match line.contains("OK") && !line.contains("local") {
            true => Ok(Self { lines, output }),
            false => Err(wrong(format!("roomChange: {line}"))),
        }
    }

    async fn live(mut self, says: f64, message: String, counts: Arc<Counts>) -> io::Result<()> {
        let response = memmem::Finder::new(br#""context":"response""#);
        let local = memmem::Finder::new(br#""scope":"local""#);
        let every = Duration::from_secs_f64(1.0 / says.max(1e-4));
        // Not all at once.
        let first = Instant::now() + every.mul_f64(fastrand::f64());
        let mut ticks = interval_at(first, every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut line = Vec::new();
        loop {
            tokio::select! {
                _ = ticks.tick(), if says > 0.0 => self.output.write_all(message.as_bytes()).await?,
                count = self.lines.read_until(b'\n', &mut line) => {
                    if count? == 0 {
                        return Err(wrong("a client was closed"));
                    }
                    if local.find(&line).is_some() {
                        return Err(wrong("a message reached one node only"));
                    }
                    let count = match response.find(&line) {
                        Some(_) => &counts.said,
                        None => &counts.heard,
                    };
                    count.fetch_add(1, Ordering::Relaxed);
                    line.clear();
                }
            }
        }
    }
}
