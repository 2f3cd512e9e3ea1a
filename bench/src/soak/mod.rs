//! A long run with clients that come, misbehave and go, while the server's timers run sixty times as fast. What it holds
//! when all are gone is held against what it held at the start.

mod clients;
mod clock;
mod state;

use crate::ACTIONS;
use crate::machine;
use crate::rival::Public;
use actionline::{Cache, Files, Server};
use clap::Args;
use clients::Life;
use clock::Fast;
use state::State;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// What can be said of a soak.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How long it takes, apart from a tenth of it before to warm up.
    #[arg(long, default_value_t = 20.0)]
    minutes: f64,
    /// Clients at once.
    #[arg(long, default_value_t = 100)]
    clients: u64,
}

/// Time between two lines of the report.
const SAMPLE: Duration = Duration::from_secs(30);

/// So much more memory than at the start is a leak.
const LEAK: f64 = 1.2;

/// Soaks; fails when something is left.
pub(crate) fn run(options: &Options) -> io::Result<ExitCode> {
    machine::raise_file_limit()?;
    let public = Public::new("file", 1 << 20)?;
    let serving = Builder::new_multi_thread().enable_all().build()?;
    let loading = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let server = Server::new(&ACTIONS)
        .state(Cache::default())
        .state(Files::below(&public.0)?)
        .clock(Arc::new(Fast::default()));
    let bound = serving
        .block_on(server.bind("127.0.0.1:0"))
        .map_err(io::Error::other)?;
    let (address, handle) = (bound.local_addr(), bound.handle());
    serving.spawn(bound.serve_until(std::future::pending()));
    let look = || State::now(&serving, &handle);

    println!("{}", machine::told());
    println!("minutes | {}", State::HEAD);
    let soak = |minutes: f64, seed: u64| {
        let stop = Arc::new(AtomicBool::new(false));
        let clients: Vec<_> = (0..options.clients)
            .map(|number| loading.spawn(Life::new(address, seed + number).live(stop.clone())))
            .collect();
        let (start, end) = (Instant::now(), Duration::from_secs_f64(minutes * 60.0));
        while start.elapsed() < end {
            std::thread::sleep(SAMPLE.min(end.saturating_sub(start.elapsed())));
            println!("{:7.1} | {}", start.elapsed().as_secs_f64() / 60.0, look()?);
        }
        stop.store(true, Ordering::Relaxed);
        loading.block_on(async {
            for client in clients {
                client.await.map_err(io::Error::other)?;
            }
            io::Result::Ok(())
        })?;
        quiet(&loading, &look)
    };
    let first = soak(options.minutes / 10.0, 0)?;
    println!("  begin | {first}");
    let last = soak(options.minutes, 1 << 32)?;
    println!("    end | {last}");
    let stats = handle.stats();
    println!(
        "{} connections, {} requests, {} said, {} panics",
        stats.accepted, stats.requests, stats.said, stats.panics
    );
    Ok(match last.is_like(&first, LEAK) && stats.panics == 0 {
        true => ExitCode::SUCCESS,
        false => {
            println!("something is left");
            ExitCode::FAILURE
        }
    })
}

/// Waits until the server has seen everybody go and its threads for blocking work are gone (they wait ten seconds).
fn quiet(loading: &Runtime, look: &impl Fn() -> io::Result<State>) -> io::Result<State> {
    loading.block_on(async { tokio::time::sleep(Duration::from_secs(12)).await });
    look()
}
