//! What actionline costs, each figure beside that of a yardstick in one run.

#[path = "../../server/src/bin/actionline/actions/mod.rs"]
mod actions;
mod build;
mod load;
mod requests;
mod yardstick;

use clap::Parser;

actionline::actions!(pub ACTIONS = "actions.yaml", handlers = [crate::actions]);

/// Measures actionline side by side with something else.
#[derive(Debug, Parser)]
enum Command {
    /// Requests a second, beside a bare line server.
    Requests,
    /// The time that `cargo check` takes, beside the same handlers written by hand with serde.
    Build(build::Options),
}

fn main() -> std::io::Result<()> {
    match Command::parse() {
        Command::Requests => requests::run(),
        Command::Build(options) => build::run(&options),
    }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
