//! What a plan for several servers comes to, by a model; its constants, measured; and the model beside a real cluster.

mod check;
mod measure;
mod model;

use crate::figures::short;
use crate::machine;
use clap::Args;
use model::{Constants, Load, Plan};
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use tokio::runtime::Runtime;

/// The plan.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Servers.
    #[arg(long, default_value_t = 3)]
    nodes: u32,
    /// Clients of all servers.
    #[arg(long, default_value_t = 30_000)]
    connections: u32,
    /// Rooms; their members are spread over the servers by chance.
    #[arg(long, default_value_t = 3000)]
    rooms: u32,
    /// Messages said a second, by all.
    #[arg(long, default_value_t = 10_000)]
    says: u32,
    /// Bytes of a message.
    #[arg(long, default_value_t = 64)]
    bytes: u32,
    /// The members of a room are all on one server.
    #[arg(long)]
    together: bool,
    /// In place of a plan: measures the constants anew, and writes them down.
    #[arg(long, conflicts_with = "check")]
    measure: bool,
    /// In place of a plan: three plans beside a real cluster.
    #[arg(long)]
    check: bool,
    /// Seconds of each load that is measured.
    #[arg(long, default_value_t = 4)]
    seconds: u64,
}

/// Above this share of its cores a process is busy: queues grow, and so do latencies.
const BUSY: f64 = 0.7;

/// Prints what it comes to.
pub(crate) fn run(options: &Options) -> io::Result<ExitCode> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scaling.json");
    let lasts = Duration::from_secs(options.seconds);
    if options.measure {
        machine::raise_file_limit()?;
        let costs = Runtime::new()?.block_on(measure::constants(lasts))?;
        let text = serde_json::to_string_pretty(&costs)? + "\n";
        print!("{text}");
        std::fs::write(path, text)?;
        return Ok(ExitCode::SUCCESS);
    }
    let costs: Constants = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    if options.check {
        machine::raise_file_limit()?;
        println!("Constants: {}.\n", costs.about);
        Runtime::new()?.block_on(check::run(&costs, lasts))?;
        return Ok(ExitCode::SUCCESS);
    }
    let least = |number: u32| f64::from(number.max(1));
    let plan = Plan {
        nodes: least(options.nodes),
        connections: least(options.connections),
        rooms: least(options.rooms),
        says: f64::from(options.says),
        bytes: f64::from(options.bytes),
        together: options.together,
    };
    print!("{}", text(&plan, &costs));
    Ok(ExitCode::SUCCESS)
}

fn text(plan: &Plan, costs: &Constants) -> String {
    let load = plan.load(costs);
    let (node, redis) = (load.node, load.redis);
    let mbit = |bytes: f64| short(bytes * 8.0 / 1e6);
    let mib = |bytes: f64| short(bytes / 1024.0 / 1024.0);
    let rows = [
        ("cores", short(node.cores), short(redis.cores)),
        ("Mbit/s to clients", mbit(node.to_clients), "–".to_owned()),
        (
            "Mbit/s between servers and Redis",
            mbit(node.link),
            mbit(redis.link),
        ),
        (
            "MiB of connections, of members",
            mib(node.memory),
            mib(redis.memory),
        ),
    ];
    let rows = rows.map(|(name, node, redis)| format!("| {name} | {node} | {redis} |\n"));
    let bound = |name: &str, busy: fn(&Load) -> bool| {
        format!("| {name} | {} |\n", short(plan.most(costs, busy)))
    };
    format!(
        "Constants: {}.\n\nA message goes to {} of {} servers; a member hears {} a second.\n\n\
         | | a server | Redis |\n|---|--:|--:|\n{}\n\
         | at most so many messages a second, before | |\n|---|--:|\n{}{}",
        costs.about,
        short(load.hosts),
        plan.nodes,
        short(load.heard),
        rows.concat(),
        bound("a server has 0.7 of one core to do", |load| load.node.cores
            > BUSY),
        bound("Redis has 0.7 of its core to do", |load| load.redis.cores
            > BUSY),
    )
}
