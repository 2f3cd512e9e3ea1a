//! The table of figures: each row measured for every server in turn, round after round, in one run. What counts is the
//! ratio of two servers in one round; absolute figures are the machine's.

mod chart;
mod latency;
mod measured;
mod rows;
mod table;
mod turns;

use crate::figures::Figures;
use crate::machine::{self, Cores};
use crate::rival::{Process, Rival};
use clap::Args;
use measured::Measured;
use rows::{How, ROWS, Row};
use std::io;
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
    /// In fan-out, let the load sleep while nothing comes. Then the server is charged for waking it.
    #[arg(long)]
    asleep: bool,
    #[command(flatten)]
    figures: Figures,
}

/// Measures and prints. The exit code is 1 when a figure is beyond its reach.
pub(crate) fn run(options: &Options) -> io::Result<ExitCode> {
    machine::raise_file_limit()?;
    let (machine, cores) = (machine::told(), Cores::split(1)?);
    let mut all = Vec::new();
    for row in ROWS.iter().filter(|row| options.figures.wants(row.name)) {
        eprintln!("{} …", row.name);
        all.push(measure(row, &cores, options)?);
    }
    let about = format!(
        "{machine}; {}; median of {} alternating rounds of {} s{}",
        cores.told(),
        options.rounds,
        options.seconds,
        match options.asleep {
            true => "; in fan-out the load sleeps",
            false => "",
        }
    );
    options.figures.give(
        || table::text(&about, &all),
        || table::json(&about, &all),
        || chart::svg(&all),
    )?;
    let missed = all
        .iter()
        .any(|row| row.verdict() == table::Verdict::Missed);
    Ok(ExitCode::from(u8::from(missed)))
}

/// One row: all its servers run all the time, and are measured in turn.
fn measure(row: &'static Row, cores: &Cores, options: &Options) -> io::Result<Measured> {
    let public = row.public()?;
    let words: Vec<String> = public
        .iter()
        .flat_map(|public| ["--public".to_owned(), public.0.display().to_string()])
        .collect();
    let start = |rival| match rival {
        Rival::Ours => Process::start(rival, cores, &words),
        _ => Process::start(rival, cores, &[]),
    };
    let mut servers: Vec<(Rival, Process)> = Vec::new();
    for rival in row.rivals {
        servers.extend(start(*rival)?.map(|process| (*rival, process)));
    }
    let time = Duration::from_secs_f64(options.seconds);
    let how = How {
        time,
        asleep: options.asleep,
        rate: row.rate(&servers, time)?,
    };
    let mut measured = Measured::new(row);
    for round in 0..options.rounds {
        if row.fresh && round > 0 {
            for (rival, server) in &mut servers {
                if let Some(process) = start(*rival)? {
                    *server = process;
                }
            }
        }
        measured.add(row.round(&servers, &how)?);
    }
    Ok(measured)
}
