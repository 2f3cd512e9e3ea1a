//! Instructions and allocations of one request, counted by valgrind in user space: figures that do not depend on how
//! busy the machine is, so that a test can hold them.
//!
//! A server runs under valgrind twice, once for few requests and once for many; the difference is what the requests cost.

use crate::load::Pool;
use crate::rival::Process;
use clap::Args;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What to do with the figures.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Fail when a figure is more than 5 % above the committed one.
    #[arg(long)]
    check: bool,
    /// Write the figures down as the committed ones.
    #[arg(long, conflicts_with = "check")]
    write: bool,
    /// Only the cases whose name contains this.
    #[arg(long)]
    only: Option<String>,
}

/// One kind of request.
struct Case {
    name: &'static str,
    /// Sent once, before.
    before: &'static str,
    request: &'static str,
    /// Requests sent before replies are waited for.
    in_flight: usize,
    connections: usize,
    /// Others in the room, each of which hears each request.
    listeners: usize,
    /// Its handler and its params need no memory of their own, so nothing may be allocated.
    frugal: bool,
}

const fn case(name: &'static str, before: &'static str, request: &'static str) -> Case {
    Case {
        name,
        before,
        request,
        in_flight: 32,
        connections: 1,
        listeners: 0,
        frugal: false,
    }
}

const CASES: [Case; 7] = [
    Case {
        frugal: true,
        ..case("randomNumber by word", "", "randomNumber\n")
    },
    Case {
        frugal: true,
        ..case(
            "randomNumber as JSON",
            "",
            "{\"action\":\"randomNumber\"}\n",
        )
    },
    case(
        "cacheTest as JSON",
        "",
        "{\"action\":\"cacheTest\",\"params\":{\"key\":\"myKey\",\"value\":\"myValue\"}}\n",
    ),
    case(
        "cacheTest with saved params",
        "paramAdd key=myKey\nparamAdd value=myValue\n",
        "cacheTest\n",
    ),
    case("a required param missing", "", "cacheTest\n"),
    case("paramAdd", "", "paramAdd key=myKey\n"),
    Case {
        in_flight: 1,
        listeners: 100,
        ..case("say to 100", "", "say hello to everybody here\n")
    },
];

/// Few and many requests, in batches.
const BATCHES: [usize; 2] = [20, 120];

/// How far a figure may rise before the check fails.
const TOLERANCE: f64 = 1.05;

/// What one request costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Cost {
    instructions: u64,
    allocations: f64,
}

/// Counts, prints, and checks or writes.
pub(crate) fn run(options: &Options) -> io::Result<ExitCode> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.json");
    let mut committed: BTreeMap<String, Cost> = match fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text)?,
        Err(_) => BTreeMap::new(),
    };
    println!(
        "{:<30} {:>12} {:>10} {:>12}",
        "one request", "instructions", "committed", "allocations"
    );
    let mut worse = Vec::new();
    let wanted = |case: &&Case| {
        let part = options.only.as_deref();
        part.is_none_or(|part| case.name.contains(part))
    };
    for case in CASES.iter().filter(wanted) {
        let cost = Cost {
            instructions: difference(case, &CALLGRIND)?.round() as u64,
            allocations: (difference(case, &DHAT)?.max(0.0) * 100.0).round() / 100.0,
        };
        let before = committed.get(case.name).map(|cost| cost.instructions);
        println!(
            "{:<30} {:>12} {:>10} {:>12.2}",
            case.name,
            cost.instructions,
            before.map_or("–".to_owned(), |before| before.to_string()),
            cost.allocations
        );
        let most = before.map_or(0.0, |before| before as f64 * TOLERANCE);
        if cost.instructions as f64 > most {
            worse.push(format!("{}: {} instructions", case.name, cost.instructions));
        }
        if case.frugal && cost.allocations >= 0.01 {
            worse.push(format!("{}: {} allocations", case.name, cost.allocations));
        }
        committed.insert(case.name.to_owned(), cost);
    }
    if options.write {
        fs::write(&path, serde_json::to_string_pretty(&committed)? + "\n")?;
    }
    if options.check && !worse.is_empty() {
        eprintln!(
            "more than 5 % above bench/instructions.json, or memory where none is needed:\n  {}\nMake it cheap again, or if it is worth its price: cargo run --release -p actionline-bench -- instructions --write",
            worse.join("\n  ")
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// A way of counting: valgrind's words, and where the count stands in what it says.
struct Tool {
    words: &'static [&'static str],
    /// Stands before the count.
    mark: &'static str,
}

const CALLGRIND: Tool = Tool {
    words: &["--tool=callgrind", "--callgrind-out-file=/dev/null"],
    mark: "Collected : ",
};

const DHAT: Tool = Tool {
    words: &["--tool=dhat", "--dhat-out-file=/dev/null"],
    mark: "bytes in ",
};

/// Misses of a processor's second cache, of 1 MiB.
const MISSES: Tool = Tool {
    words: &[
        "--tool=cachegrind",
        "--cache-sim=yes",
        "--LL=1048576,16,64",
        "--cachegrind-out-file=/dev/null",
    ],
    mark: "LL misses:",
};

/// What one request adds to a count.
fn difference(case: &Case, tool: &Tool) -> io::Result<f64> {
    let few = total(case, tool, BATCHES[0])?;
    let many = total(case, tool, BATCHES[1])?;
    let requests = (BATCHES[1] - BATCHES[0]) * case.in_flight * case.connections;
    Ok((many as f64 - few as f64) / requests as f64)
}

/// What is counted of a request while so many connections ask, each waiting for its reply.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Among {
    /// Instructions.
    Instructions,
    /// Misses of a cache of 1 MiB.
    Misses,
}

/// The count of one request.
pub(crate) fn among(connections: usize, what: Among) -> io::Result<f64> {
    let tool = match what {
        Among::Instructions => &CALLGRIND,
        Among::Misses => &MISSES,
    };
    let case = Case {
        in_flight: 1,
        connections,
        ..case("randomNumber by word", "", "randomNumber\n")
    };
    Ok(difference(&case, tool)?.max(0.0))
}

/// The whole count of a server that lives for so many batches.
fn total(case: &Case, tool: &Tool, batches: usize) -> io::Result<u64> {
    let log = log_file();
    let mut command = Command::new("valgrind");
    command
        .args(tool.words)
        .arg(format!("--log-file={}", log.display()))
        .arg(std::env::current_exe()?)
        .args(["serve", "ours", "--single"]);
    let server = Process::spawn(&mut command).map_err(|error| {
        io::Error::new(
            error.kind(),
            format!("valgrind (Debian's package) is needed: {error}"),
        )
    })?;
    drive(case, &server, batches)?;
    server.stop()?;
    let text = fs::read_to_string(&log)?;
    let _ = fs::remove_file(&log);
    let count = text.lines().find_map(|line| {
        let (_, rest) = line.split_once(tool.mark)?;
        rest.split_whitespace()
            .next()?
            .replace(',', "")
            .parse()
            .ok()
    });
    count.ok_or_else(|| io::Error::other(format!("valgrind said no count:\n{text}")))
}

fn log_file() -> PathBuf {
    std::env::temp_dir().join(format!("actionline-bench-valgrind-{}", std::process::id()))
}

fn drive(case: &Case, server: &Process, batches: usize) -> io::Result<()> {
    let mut listeners = Pool::connect(server.address, case.listeners, true)?;
    let mut asking = Pool::connect(server.address, case.connections, true)?;
    if !case.before.is_empty() {
        asking.ask(case.before.as_bytes(), case.before.lines().count())?;
    }
    let batch = case.request.repeat(case.in_flight);
    for _ in 0..batches {
        asking.ask(batch.as_bytes(), case.in_flight)?;
        if case.listeners > 0 {
            listeners.answers(case.in_flight)?;
        }
    }
    Ok(())
}
