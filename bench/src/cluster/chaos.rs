//! Faults, one at a time or at random, and what the history says.

use super::faults::{Fault, TABLE};
use super::history::{Answer, At, Record, Verdict, judge};
use super::world::{MEMBERS, NODES, World};
use crate::machine;
use clap::Args;
use std::io;
use std::process::ExitCode;
use std::time::Duration;
use tokio::time::sleep;

/// What can be said of it.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only the faults whose names begin with one of these: absent, dies, stands, slow, cut, killed, paused, closed.
    names: Vec<String>,
    /// How often each.
    #[arg(long, default_value_t = 3)]
    times: u32,
    /// In place of the table: random faults for so many minutes.
    #[arg(long)]
    minutes: Option<u64>,
    /// Which random ones.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Measures and prints; the exit code is 1 when a bound is missed.
pub(crate) fn run(options: &Options) -> io::Result<ExitCode> {
    machine::raise_file_limit()?;
    println!("{}", machine::told());
    println!("{NODES} nodes with {MEMBERS} members each, 100 say/s a node, one room\n");
    let runtime = tokio::runtime::Runtime::new()?;
    let met = runtime.block_on(async {
        match options.minutes {
            Some(minutes) => random(Duration::from_secs(60 * minutes), options.seed).await,
            None => table(options).await,
        }
    })?;
    Ok(ExitCode::from(u8::from(!met)))
}

const HEAD: &str = "confirmed | here only | refused | lost | in a gap | lost here | doubled | reordered | late | stray | slowest here | met |";

fn row(verdict: &Verdict, met: bool) -> String {
    format!(
        "{} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {:.1} ms | {} |",
        verdict.confirmed,
        verdict.local,
        verdict.refused,
        verdict.lost,
        verdict.excused,
        verdict.lost_here,
        verdict.doubled,
        verdict.reordered,
        verdict.late,
        verdict.stray,
        verdict.slowest_here.as_secs_f64() * 1e3,
        if met { "yes" } else { "MISSED" }
    )
}

/// The slowest delivery on a node, whatever happens to its link.
const HERE: Duration = Duration::from_millis(20);

fn is_met(verdict: &Verdict) -> bool {
    let Verdict {
        lost,
        lost_here,
        doubled,
        reordered,
        refused,
        late,
        ..
    } = *verdict;
    lost + lost_here + doubled + reordered + refused + late == 0 && verdict.slowest_here < HERE
}

async fn table(options: &Options) -> io::Result<bool> {
    println!("| fault | first here only after | well again after | bound | {HEAD}");
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    let mut all = true;
    let wanted = |name: &str| {
        let names = &options.names;
        names.is_empty() || names.iter().any(|start| name.starts_with(start.as_str()))
    };
    for (_, fault) in TABLE.iter().filter(|(name, _)| wanted(name)) {
        for _ in 0..options.times {
            all &= one(*fault).await?;
        }
    }
    Ok(all)
}

/// Before a fault, so long in peace.
const WARM: Duration = Duration::from_secs(3);

async fn one(fault: Fault) -> io::Result<bool> {
    let absent = matches!(fault, Fault::Absent(_));
    let mut world = World::new(!absent).await?;
    if !absent {
        sleep(WARM).await;
    }
    let broken = world.now();
    fault.happen(&mut world).await?;
    let mended = world.now();
    sleep(fault.bound() + Duration::from_secs(2)).await;
    let records = world.end().await?;
    let verdict = judge(&records, fault.stood());
    let expected = match fault {
        Fault::Killed(_) => NODES - 1,
        _ => NODES,
    } * MEMBERS;
    let well = well(&records, expected as u64).map(|at| at.saturating_sub(mended));
    let in_time = well.is_some_and(|well| well <= fault.bound());
    let met = in_time && is_met(&verdict);
    let first = first_local(&records, broken);
    println!(
        "| {} | {} | {} | {:.1} s | {}",
        fault.told(),
        first.map_or("none".to_owned(), |first| seconds(first - broken)),
        well.map_or("never".to_owned(), seconds),
        fault.bound().as_secs_f64(),
        row(&verdict, met)
    );
    Ok(met)
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn first_local(records: &[Record], after: At) -> Option<At> {
    let answered = records.iter().flat_map(|record| &record.sent);
    let local = answered.filter_map(|sent| match sent.answered {
        Some((at, Answer::Local)) if at >= after => Some(at),
        _ => None,
    });
    local.min()
}

/// The last time that anybody who is still there was answered "this node only", or saw another number of members. Nothing
/// if that is how it ended.
fn well(records: &[Record], expected: u64) -> Option<At> {
    let mut last = At::ZERO;
    for record in records.iter().filter(|record| !record.gone) {
        let says = record.sent.iter().filter_map(|sent| sent.answered);
        let says = says.map(|(at, answer)| (at, answer == Answer::Everywhere));
        let views = record.views.iter();
        let views = views.map(|(at, count, local)| (*at, *count == expected && !local));
        // Those who look until they have seen all see what was then.
        let views = views.filter(|_| record.views.len() > 100);
        let (mut good, mut bad) = (At::ZERO, At::ZERO);
        for (at, is_good) in says.chain(views) {
            match is_good {
                true => good = good.max(at),
                false => bad = bad.max(at),
            }
        }
        if bad > At::ZERO && good <= bad {
            return None;
        }
        last = last.max(bad);
    }
    Some(last)
}

async fn random(lasts: Duration, seed: u64) -> io::Result<bool> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut world = World::new(true).await?;
    sleep(WARM).await;
    while world.now() < lasts {
        let fault = match random.u8(0..7) {
            0 => Fault::Dies(random.u64(1..=12)),
            1 => Fault::Stands(random.u64(1..=8)),
            2 => Fault::Slow(random.u64(2..=6)),
            3 => Fault::Cut(random.u64(3..=15)),
            4 => Fault::Killed(0),
            5 => Fault::Paused(random.u64(2..=20)),
            _ => Fault::Closed,
        };
        println!("{:>4} s: {}", world.now().as_secs(), fault.told());
        fault.happen(&mut world).await?;
        // Sometimes the next one comes before all is well.
        sleep(Duration::from_millis(random.u64(500..12_000))).await;
        fault.tidy(&mut world)?;
    }
    sleep(Duration::from_secs(15)).await;
    let records = world.end().await?;
    let verdict = judge(&records, Fault::Paused(0).stood());
    let whole = well(&records, (NODES * MEMBERS) as u64).is_some();
    let met = whole && is_met(&verdict);
    let clients = records.len();
    println!("\nseed {seed}, {clients} clients; all well at the end: {whole}\n\n| {HEAD}");
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    println!("| {}", row(&verdict, met));
    Ok(met)
}
