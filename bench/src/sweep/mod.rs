//! How cost grows: one thing is made larger and larger, the rest stays. What counts is the processor time of the server's
//! process.

mod chart;
mod curves;
mod table;

use crate::figures::{Figures, median};
use crate::machine::{self, Cores};
use crate::rival::Rival;
use clap::Args;
use curves::{CURVES, Curve};
use std::io;
use std::process::ExitCode;
use std::time::Duration;

/// How to measure.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How often each point is taken.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Seconds that each point is taken for.
    #[arg(long, default_value_t = 0.5)]
    seconds: f64,
    #[command(flatten)]
    figures: Figures,
}

/// A curve with its figures.
#[derive(Debug)]
struct Drawn {
    curve: &'static Curve,
    rival: Rival,
    /// What was varied, and the median of what the server needed for it.
    points: Vec<(usize, f64)>,
}

/// Measures and prints.
pub(crate) fn run(options: &Options) -> io::Result<ExitCode> {
    machine::raise_file_limit()?;
    let time = Duration::from_secs_f64(options.seconds);
    let machine = machine::told();
    // Now: later, this process has a core of its own.
    let cores = [Cores::split(1)?, Cores::split(2)?];
    let mut all = Vec::new();
    for curve in CURVES
        .iter()
        .filter(|curve| options.figures.wants(curve.name))
    {
        eprintln!("{} …", curve.name);
        // Round after round, so that a disturbance is not one point's alone.
        let mut figures = vec![vec![Vec::new(); curve.points.len()]; curve.rivals.len()];
        for _ in 0..options.rounds.max(1) {
            for (index, point) in curve.points.iter().enumerate() {
                for (rival, figures) in curve.rivals.iter().zip(&mut figures) {
                    figures[index].push(curve.measure(*rival, *point, time, &cores)?);
                }
            }
        }
        for (rival, figures) in curve.rivals.iter().zip(figures) {
            let medians = figures.into_iter().map(median);
            all.push(Drawn {
                curve,
                rival: *rival,
                points: curve.points.iter().copied().zip(medians).collect(),
            });
        }
    }
    let about = format!(
        "{machine}; {}; median of {} rounds of {} s",
        cores[0].told(),
        options.rounds.max(1),
        options.seconds
    );
    options.figures.give(
        || table::text(&about, &all),
        || table::json(&about, &all),
        || chart::svg(&all),
    )?;
    Ok(ExitCode::SUCCESS)
}
