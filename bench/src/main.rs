//! What actionline costs, each figure beside that of something else in one run.

#[path = "../../server/src/bin/actionline/actions/mod.rs"]
mod actions;
mod build;
mod cluster;
mod compare;
mod endure;
mod figures;
mod instructions;
mod load;
mod machine;
mod profile;
mod rival;
mod scaling;
mod soak;
mod sweep;

use clap::Parser;
use std::process::ExitCode;

actionline::actions!(pub ACTIONS = "actions.yaml", handlers = [crate::actions]);

/// Measures actionline side by side with something else.
#[derive(Debug, Parser)]
enum Command {
    /// Speed, memory and fan-out, beside a bare tokio line server and Redis.
    Compare(compare::Options),
    /// How cost grows with connections, rooms, members, actions, saved params, message size and workers.
    Sweep(sweep::Options),
    /// Instructions and allocations of a request, counted by valgrind.
    Instructions(instructions::Options),
    /// Where a server's time goes, and what is called how often for a request.
    Profile(profile::Options),
    /// The time that `cargo check` takes, beside the same handlers written by hand with serde.
    Build(build::Options),
    /// What a plan for several servers comes to, by the model of docs/scaling.md.
    Scaling(scaling::Options),
    /// A long run with clients that come, misbehave and go: what is held at its end, and was at its start.
    Soak(soak::Options),
    /// Faults and attacks against a server in a process of its own: slow readers, a stop, resets, floods.
    Endure(endure::Options),
    /// Several nodes over Redis: what they say a second, and how long that takes.
    Cluster(cluster::speed::Options),
    /// Several nodes over Redis under faults, with a history of what everybody said and heard.
    Chaos(cluster::chaos::Options),
    /// One of the servers that are measured; the other commands start it.
    #[command(hide = true)]
    Serve(rival::Options),
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Compare(options) => compare::run(&options),
        Command::Sweep(options) => sweep::run(&options),
        Command::Instructions(options) => instructions::run(&options),
        Command::Profile(options) => profile::run(&options),
        Command::Build(options) => build::run(&options).map(|()| ExitCode::SUCCESS),
        Command::Scaling(options) => scaling::run(&options),
        Command::Soak(options) => soak::run(&options),
        Command::Endure(options) => endure::run(&options),
        Command::Cluster(options) => cluster::speed::run(&options),
        Command::Chaos(options) => cluster::chaos::run(&options),
        Command::Serve(options) => rival::serve(&options),
    };
    done.unwrap_or_else(|error| {
        eprintln!("actionline-bench: {error}");
        ExitCode::from(2)
    })
}
