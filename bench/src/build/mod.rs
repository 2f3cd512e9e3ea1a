//! Build time: a crate of many actions, and a crate with the same handlers written by hand with serde structs.
//!
//! Both stand in one generated workspace. In each round one line in one handler of each changes, and `cargo check` runs.
//! What counts is the ratio of the medians; processor time is steadier than the clock.

mod cargo;
mod crates;

use crate::figures::median;
use cargo::Cargo;
use clap::Args;
use crates::{BY_HAND, DECLARED};
use std::io;
use std::path::Path;

/// What to build.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How many actions.
    #[arg(long, default_value_t = 500)]
    actions: usize,
    /// How often to measure.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
}

/// Measures and prints.
pub(crate) fn run(options: &Options) -> io::Result<()> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let root = repository.join("target/build-bench");
    let workspace = crates::write(&root, &repository, options.actions)?;
    let cargo = Cargo::new(&root);
    println!("{} actions in {} files", workspace.actions, workspace.files);
    for name in [DECLARED, BY_HAND] {
        cargo.check(name)?;
    }
    let mut figures = [(Vec::new(), Vec::new()), (Vec::new(), Vec::new())];
    for round in 0..options.rounds {
        for (name, (clock, processor)) in [DECLARED, BY_HAND].into_iter().zip(&mut figures) {
            workspace.edit(name, round)?;
            let took = cargo.check(name)?;
            clock.push(took.clock);
            processor.push(took.processor);
        }
    }
    let [declared, by_hand] = figures.map(|(clock, processor)| (median(clock), median(processor)));
    println!(
        "cargo check after an edit of one handler, seconds: median of {} alternating rounds",
        options.rounds
    );
    println!(
        "{:>12} {:>10} {:>10} {:>7}",
        "", "by hand", "declared", "ratio"
    );
    for (what, by_hand, declared) in [
        ("clock", by_hand.0, declared.0),
        ("processor", by_hand.1, declared.1),
    ] {
        let ratio = declared / by_hand;
        println!("{what:>12} {by_hand:>10.2} {declared:>10.2} {ratio:>7.2}");
    }
    let mut expansion = Vec::new();
    for round in 0..options.rounds {
        workspace.edit(DECLARED, round)?;
        expansion.push(cargo.expansion(DECLARED)?);
    }
    println!(
        "expansion of the whole crate, seconds: {:.2}",
        median(expansion)
    );
    Ok(())
}
