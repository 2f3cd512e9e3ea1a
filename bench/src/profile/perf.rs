//! perf (Debian's package `linux-perf`): samples, and counts of system calls.

use super::{CONNECTIONS, ask};
use crate::load::Pool;
use crate::machine::Cores;
use crate::rival::{Process, Rival};
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

/// Samples a second: not a multiple of what timers like.
const FREQUENCY: &str = "997";

fn needed(error: io::Error) -> io::Error {
    let text = format!("perf (Debian's package linux-perf) is needed: {error}");
    io::Error::new(error.kind(), text)
}

/// Samples the program that is added. The clock of the processor, as a virtual machine has no counter of its cycles.
pub(super) fn record(file: &Path) -> io::Result<Command> {
    let mut perf = Command::new("perf");
    perf.arg("--version").output().map_err(needed)?;
    let mut perf = Command::new("perf");
    perf.args(["record", "--quiet", "-e", "cpu-clock", "-F", FREQUENCY])
        .args(["--call-graph", "dwarf,8192", "-o"])
        .arg(file)
        .arg("--");
    Ok(perf)
}

/// The samples as text.
pub(super) fn script(file: &Path) -> io::Result<String> {
    let output = Command::new("perf")
        .args(["script", "-F", "ip,sym,dso", "--no-inline", "-i"])
        .arg(file)
        .output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(io::Error::other(text))
}

/// System calls that are counted by themselves, and all of them.
const EVENTS: [(&str, &str); 5] = [
    ("recvfrom", "syscalls:sys_enter_recvfrom"),
    ("sendto", "syscalls:sys_enter_sendto"),
    ("epoll_wait", "syscalls:sys_enter_epoll_wait"),
    ("futex", "syscalls:sys_enter_futex"),
    ("all", "raw_syscalls:sys_enter"),
];

/// Rounds of the first count and of the second; the difference is what requests cost.
const ROUNDS: [usize; 2] = [100, 1100];

/// Prints a table: the system calls of a thousand requests, with one worker and with two.
pub(super) fn system_calls(cores: &[Cores; 2]) -> io::Result<()> {
    println!(
        "| system calls of 1,000 requests | workers | {} |",
        EVENTS.map(|it| it.0).join(" | ")
    );
    println!("|---|--:|{}", "--:|".repeat(EVENTS.len()));
    for rival in [Rival::Raw, Rival::Ours] {
        for (cores, workers) in cores.iter().zip(1u8..) {
            let (few, before) = counts(rival, cores, ROUNDS[0])?;
            let (many, after) = counts(rival, cores, ROUNDS[1])?;
            let thousands = (many - few) as f64 / 1e3;
            let each = before.iter().zip(&after);
            let each: Vec<String> = each
                .map(|(before, after)| format!("{:.2}", ((after - before) / thousands).max(0.0)))
                .collect();
            println!("| {} | {workers} | {} |", rival.label(), each.join(" | "));
        }
    }
    Ok(())
}

fn counts(rival: Rival, cores: &Cores, rounds: usize) -> io::Result<(usize, Vec<f64>)> {
    let file = std::env::temp_dir().join(format!("actionline-bench-stat-{}", std::process::id()));
    let mut perf = Command::new("perf");
    perf.args(["stat", "-x", ",", "-e"])
        .arg(EVENTS.map(|it| it.1).join(","))
        .arg("-o")
        .arg(&file)
        .arg("--");
    let server = Process::under(&mut perf, rival, cores).map_err(needed)?;
    let mut pool = Pool::connect(server.address, CONNECTIONS, rival.welcomes())?;
    let requests = ask(&mut pool, rival, |done| done == rounds)?;
    server.stop()?;
    let text = fs::read_to_string(&file)?;
    let _ = fs::remove_file(&file);
    Ok((
        requests,
        EVENTS
            .iter()
            .map(|(_, event)| count(&text, event))
            .collect(),
    ))
}

/// The count of an event; not a number where perf could not count it.
fn count(text: &str, event: &str) -> f64 {
    let line = text.lines().find(|line| line.contains(event));
    let figure = line.and_then(|line| line.split(',').next()?.parse().ok());
    figure.unwrap_or(f64::NAN)
}
