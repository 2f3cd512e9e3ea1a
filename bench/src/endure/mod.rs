//! Faults and attacks: what a server in a process of its own, with its limits as they ship, makes of them. Each row has a
//! bound that was set before it was measured.

mod attack;
mod descriptors;
mod drain;
mod peer;
mod resets;
mod slow;

use crate::machine::{self, Cores};
use crate::rival::{Process, Public, Rival};
use clap::Args;
use peer::Peer;
use std::io;
use std::process::ExitCode;

/// What can be said of it.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only the scenarios whose names begin with one of these: slow, drain, descriptors, resets, attack.
    names: Vec<String>,
}

/// What was measured.
#[derive(Debug)]
struct Row {
    what: String,
    bound: &'static str,
    measured: String,
    met: bool,
}

type Scenario = fn(&Ground) -> io::Result<Vec<Row>>;

const SCENARIOS: [(&str, Scenario); 5] = [
    ("slow", slow::run),
    ("drain", drain::run),
    ("descriptors", descriptors::run),
    ("resets", resets::run),
    ("attack", attack::run),
];

/// Measures and prints; the exit code is 1 when a bound is missed.
pub(crate) fn run(options: &Options) -> io::Result<ExitCode> {
    machine::raise_file_limit()?;
    let told = machine::told();
    let ground = Ground {
        cores: Cores::split(1)?,
        public: Public::new(FILE, FILE_SIZE)?,
    };
    let wanted = |name: &str| {
        let names = &options.names;
        names.is_empty() || names.iter().any(|start| name.starts_with(start.as_str()))
    };
    println!("{told}; {}\n", ground.cores.told());
    println!("| what | bound | measured | met |\n|---|---|---|---|");
    let mut missed = false;
    for (_, scenario) in SCENARIOS.iter().filter(|(name, _)| wanted(name)) {
        for row in scenario(&ground)? {
            let met = if row.met { "yes" } else { "MISSED" };
            println!(
                "| {} | {} | {} | {met} |",
                row.what, row.bound, row.measured
            );
            missed |= !row.met;
        }
    }
    Ok(ExitCode::from(u8::from(missed)))
}

const FILE: &str = "large.bin";
const FILE_SIZE: usize = 64 << 20;

/// Where it takes place.
#[derive(Debug)]
struct Ground {
    cores: Cores,
    public: Public,
}

impl Ground {
    /// A new server.
    fn serve(&self) -> io::Result<Process> {
        let public = self.public.0.display().to_string();
        let words = ["--shipped", "--public", &public].map(str::to_owned);
        let started = Process::start(Rival::Ours, &self.cores, &words)?;
        started.ok_or_else(|| wrong("no server"))
    }
}

/// A server that does not do what it should.
fn wrong(what: impl Into<String>) -> io::Error {
    io::Error::other(what.into())
}

const MIB: f64 = (1 << 20) as f64;
