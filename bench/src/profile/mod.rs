//! Where a server's time goes while each connection has 32 requests in flight: a flamegraph, the kernel's part in it, and
//! what is called how often for a request.

mod calls;
mod flame;
mod kinds;
mod perf;
mod stacks;

use crate::load::Pool;
use crate::machine::{self, Cores};
use crate::rival::{Process, Rival};
use clap::Args;
use flame::Node;
use kinds::Kind;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What to look at.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Seconds that samples are taken for.
    #[arg(long, default_value_t = 10.0)]
    seconds: f64,
    /// Draw the flamegraph as SVG into this file.
    #[arg(long)]
    svg: Option<PathBuf>,
}

const CONNECTIONS: usize = 50;
const IN_FLIGHT: usize = 32;

/// Asks until `enough`; answers how many requests that were.
fn ask(pool: &mut Pool, rival: Rival, mut enough: impl FnMut(usize) -> bool) -> io::Result<usize> {
    let batch = rival.request().repeat(IN_FLIGHT);
    let mut rounds = 0;
    while !enough(rounds) {
        pool.ask(&batch, IN_FLIGHT)?;
        rounds += 1;
    }
    Ok(rounds * pool.clients.len() * IN_FLIGHT)
}

/// Looks, prints and draws.
pub(crate) fn run(options: &Options) -> io::Result<ExitCode> {
    // Now: later, this process has a core of its own.
    let machine = machine::told();
    let cores = [Cores::split(1)?, Cores::split(2)?];
    let file = std::env::temp_dir().join(format!("actionline-bench-perf-{}", std::process::id()));
    let server = Process::under(&mut perf::record(&file)?, Rival::Ours, &cores[0])?;
    let mut pool = Pool::connect(server.address, CONNECTIONS, true)?;
    let (start, time) = (Instant::now(), Duration::from_secs_f64(options.seconds));
    let requests = ask(&mut pool, Rival::Ours, |_| start.elapsed() >= time)?;
    server.stop()?;
    let text = perf::script(&file);
    let _ = fs::remove_file(&file);
    let mut stacks = stacks::read(&text?, &std::env::current_exe()?)?;
    // Of the worker alone, and without what has started its thread.
    stacks.retain_mut(|stack| {
        let worker = |frame: &kinds::Frame| frame.name.contains("multi_thread::worker");
        let from = stack.iter().position(worker);
        stack.drain(..from.unwrap_or(0));
        let mut left = stack.len();
        stack.retain(|frame| {
            left -= 1;
            left == 0 || !frame.is_between()
        });
        stack.dedup();
        from.is_some()
    });
    let root = Node::tree(&stacks);
    let about = format!(
        "randomNumber, C={CONNECTIONS}, P={IN_FLIGHT}: {} samples over {requests} requests",
        stacks.len()
    );
    println!("{machine}; {about}\n");
    println!("| what time is spent for | share |\n|---|--:|");
    for kind in Kind::ALL {
        let share = root.samples_of(kind) as f64 / stacks.len().max(1) as f64 * 100.0;
        println!("| {} | {share:.1} % |", kind.told().0);
    }
    if let Some(path) = &options.svg {
        fs::write(path, flame::svg(&root, &about))?;
    }
    println!();
    perf::system_calls(&cores)?;
    println!();
    calls::print()?;
    Ok(ExitCode::SUCCESS)
}
