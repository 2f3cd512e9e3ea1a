//! The table of figures: each row measured for every server in turn, round after round, in one run. What counts is the
//! ratio of two servers in one round; absolute figures are the machine's.

mod chart;
mod measured;
mod rows;
mod table;

use crate::machine::{self, Cores};
use crate::rival::{Process, Rival};
use clap::Args;
use measured::Measured;
use rows::{ROWS, Row};
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// How to measure.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How often each figure is taken.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Seconds that each figure is taken for.
    #[arg(long, default_value_t = 1.0)]
    seconds: f64,
    /// Only the rows whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// Print JSON in place of a table.
    #[arg(long)]
    json: bool,
    /// Draw the ratios, too, as SVG into this file.
    #[arg(long)]
    svg: Option<PathBuf>,
}

/// Measures and prints. The exit code is 1 when a figure is beyond its reach.
pub(crate) fn run(options: &Options) -> io::Result<ExitCode> {
    machine::raise_file_limit()?;
    let (machine, cores) = (machine::told(), Cores::split(1)?);
    let wanted = |row: &&Row| match &options.only {
        Some(part) => row.name.contains(part.as_str()),
        None => true,
    };
    let mut all = Vec::new();
    for row in ROWS.iter().filter(wanted) {
        eprintln!("{} …", row.name);
        all.push(measure(row, &cores, options)?);
    }
    let about = format!(
        "{machine}; {}; median of {} alternating rounds of {} s",
        cores.told(),
        options.rounds,
        options.seconds
    );
    match options.json {
        true => println!("{}", table::json(&about, &all)),
        false => print!("{}", table::text(&about, &all)),
    }
    if let Some(path) = &options.svg {
        fs::write(path, chart::svg(&all))?;
    }
    let missed = all
        .iter()
        .any(|row| row.verdict() == table::Verdict::Missed);
    Ok(ExitCode::from(u8::from(missed)))
}

/// One row: all its servers run all the time, and are measured in turn.
fn measure(row: &'static Row, cores: &Cores, options: &Options) -> io::Result<Measured> {
    let time = Duration::from_secs_f64(options.seconds);
    let mut servers: Vec<(Rival, Process)> = Vec::new();
    let public = row.public()?;
    let words: Vec<String> = public
        .iter()
        .flat_map(|public| ["--public".to_owned(), public.0.display().to_string()])
        .collect();
    for rival in row.rivals {
        let words = if *rival == Rival::Ours {
            &words[..]
        } else {
            &[]
        };
        if let Some(process) = Process::start(*rival, cores, words)? {
            servers.push((*rival, process));
        }
    }
    let mut measured = Measured::new(row);
    for _ in 0..options.rounds {
        let mut round = Vec::new();
        let peak = row.prepare(&servers, time)?;
        for (rival, server) in &mut servers {
            if row.fresh {
                let words = if *rival == Rival::Ours {
                    &words[..]
                } else {
                    &[]
                };
                if let Some(process) = Process::start(*rival, cores, words)? {
                    *server = process;
                }
            }
            round.push((*rival, row.figure(*rival, server, time, peak)?));
        }
        measured.add(&round);
    }
    Ok(measured)
}
