//! How fast several nodes are: the latency of a say from node to node at a steady rate, and how many a second are
//! confirmed when everybody says what they can. Between them, many who
//! speak at once, and a look into a crowded room.

use super::client::{Begun, Role, live};
use super::crowd;
use super::history::{Answer, Record};
use super::look;
use super::nodes::{Redis, node};
use super::wrong;
use crate::load::open::percentile;
use crate::machine;
use crate::rival::Process;
use clap::Args;
use memchr::memmem;
use rustix::process::Pid;
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::sleep;

/// What can be said of it.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Nodes.
    #[arg(long, default_value_t = 3)]
    nodes: usize,
    /// Clients of each node that say what they can; one of each node shares a room.
    #[arg(long, default_value_t = 16)]
    clients: usize,
    /// Clients of all nodes that say something at once.
    #[arg(long, default_value_t = 4000)]
    speakers: usize,
    /// Seconds of each part.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
}

/// Measures and prints.
pub(crate) fn run(options: &Options) -> io::Result<ExitCode> {
    machine::raise_file_limit()?;
    println!("{}\n", machine::told());
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let mut redis = Redis::absent()?;
        redis.start()?;
        let nodes: Vec<_> = (0..options.nodes)
            .map(|_| node(Some(redis.address)))
            .collect::<io::Result<_>>()?;
        steady(options, &nodes).await?;
        crowd::run(options.speakers, &nodes).await?;
        look::run(redis.address, &nodes).await?;
        flat_out(options, &redis, &nodes).await
    })?;
    Ok(ExitCode::SUCCESS)
}

/// One speaker a node, a thousand a second each.
async fn steady(options: &Options, nodes: &[Process]) -> io::Result<()> {
    let begun = Begun::now();
    let stop = watch::Sender::new(false);
    let clients: Vec<_> = nodes
        .iter()
        .enumerate()
        .map(|(index, process)| {
            let role = Role {
                node: index,
                index,
                speaks: Some(Duration::from_millis(1)),
                looks: None,
            };
            tokio::spawn(live(process.address, role, begun, stop.subscribe()))
        })
        .collect();
    sleep(Duration::from_secs(options.seconds + 1)).await;
    stop.send_replace(true);
    let mut records: Vec<Record> = Vec::new();
    for client in clients {
        records.push(client.await.map_err(io::Error::other)??);
    }
    let warm = Duration::from_secs(1);
    let mut heard = Vec::new();
    for member in &records {
        for one in &member.heard {
            let sent = records
                .get(one.speaker as usize)
                .and_then(|speaker| speaker.sent.get(one.number as usize));
            let sent = sent.ok_or_else(|| wrong("nobody said that"))?;
            if sent.at > warm {
                heard.push(one.at.saturating_sub(sent.at));
            }
        }
    }
    let says = || records.iter().flat_map(|record| &record.sent);
    let mut answered: Vec<_> = says()
        .filter(|sent| sent.at > warm)
        .filter_map(|sent| Some(sent.answered?.0.saturating_sub(sent.at)))
        .collect();
    let local = says()
        .filter(|sent| sent.at > warm && !matches!(sent.answered, Some((_, Answer::Everywhere))));
    let local = local.count();
    println!("| one speaker a node | a second | p50 | p99 |\n|---|---|---|---|");
    for (what, times) in [
        ("heard on another node", &mut heard),
        ("answered", &mut answered),
    ] {
        times.sort_unstable();
        if times.is_empty() {
            return Err(wrong(format!("nothing was {what}")));
        }
        let at = |hundredths| percentile(times, hundredths).as_secs_f64() * 1e3;
        let rate = times.len() as u64 / options.seconds;
        println!("| {what} | {rate} | {:.2} ms | {:.2} ms |", at(50), at(99));
    }
    println!("\n{local} not confirmed\n");
    Ok(())
}

#[derive(Debug, Default)]
struct Counts {
    confirmed: AtomicU64,
    local: AtomicU64,
    heard: AtomicU64,
}

impl Counts {
    fn read(&self) -> [u64; 3] {
        [&self.confirmed, &self.local, &self.heard].map(|count| count.load(Ordering::Relaxed))
    }
}

async fn flat_out(options: &Options, redis: &Redis, nodes: &[Process]) -> io::Result<()> {
    let counts = Arc::new(Counts::default());
    let mut tasks = Vec::new();
    for process in nodes {
        for room in 0..options.clients {
            let task = shout(process.address, room, Arc::clone(&counts));
            tasks.push(tokio::spawn(task));
        }
    }
    sleep(Duration::from_secs(2)).await;
    let pids: Vec<Pid> = nodes.iter().map(Process::id).collect();
    let redis = redis.pid().ok_or_else(|| wrong("no Redis"))?;
    let used = || -> io::Result<[Duration; 2]> {
        let nodes: Vec<_> = pids
            .iter()
            .map(|pid| cpu(*pid))
            .collect::<io::Result<_>>()?;
        Ok([nodes.iter().sum(), cpu(redis)?])
    };
    let (before, cpu_before) = (counts.read(), used()?);
    sleep(Duration::from_secs(options.seconds)).await;
    let (after, cpu_after) = (counts.read(), used()?);
    for task in &tasks {
        if task.is_finished() {
            return Err(wrong("a client was closed"));
        }
        task.abort();
    }
    let rate = |index: usize| (after[index] - before[index]) / options.seconds;
    let each = |index: usize| {
        let used = cpu_after[index].saturating_sub(cpu_before[index]);
        used.as_secs_f64() * 1e6 / (after[0] - before[0]).max(1) as f64
    };
    println!(
        "| everybody says what they can | a second |\n|---|---|\n| confirmed | {} |\n| this node only | {} |\n| heard | {} |",
        rate(0),
        rate(1),
        rate(2)
    );
    println!(
        "\nprocessor time a confirmed say: nodes {:.1} µs, Redis {:.1} µs",
        each(0),
        each(1)
    );
    Ok(())
}

fn cpu(pid: Pid) -> io::Result<Duration> {
    machine::cpu(pid.as_raw_nonzero().get() as u32)
}

/// Replies that a client waits for at most; a node takes no more.
const WINDOW: usize = 64;

/// Says something whenever fewer replies are owed.
async fn shout(address: SocketAddr, room: usize, counts: Arc<Counts>) -> io::Result<()> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (input, mut output) = stream.into_split();
    let mut input = BufReader::with_capacity(64 * 1024, input);
    let mut line = Vec::new();
    input.read_until(b'\n', &mut line).await?;
    output
        .write_all(format!("roomChange r{room}\n").as_bytes())
        .await?;
    let response = memmem::Finder::new(br#""context":"response""#);
    let scope = memmem::Finder::new(br#""scope":"local""#);
    let mut free = WINDOW - 1;
    loop {
        if free >= WINDOW / 4 {
            output.write_all(&b"say x\n".repeat(free)).await?;
            free = 0;
        }
        line.clear();
        if input.read_until(b'\n', &mut line).await? == 0 {
            return Err(wrong("it was closed"));
        }
        if response.find(&line).is_none() {
            counts.heard.fetch_add(1, Ordering::Relaxed);
            continue;
        }
        free += 1;
        let count = match scope.find(&line) {
            None => &counts.confirmed,
            Some(_) => &counts.local,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }
}
