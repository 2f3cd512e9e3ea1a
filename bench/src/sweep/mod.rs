//! How cost grows: one thing is made larger and larger, the rest stays. Only actionline is measured, by the processor time
//! of its process.

mod chart;
mod curves;
mod table;

use crate::figures::{Figures, median};
use crate::machine::{self, Cores};
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
    /// What was varied, and the median of the server's microseconds for it.
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
        let mut figures = vec![Vec::new(); curve.points.len()];
        for _ in 0..options.rounds.max(1) {
            for (point, figures) in curve.points.iter().zip(&mut figures) {
                figures.push(curve.measure(*point, time, &cores)?);
            }
        }
        let medians = figures.into_iter().map(median);
        all.push(Drawn {
            curve,
            points: curve.points.iter().copied().zip(medians).collect(),
        });
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
