//! Three nodes over a model of Redis on a simulated network: Redis dies and stands still, links are held, cut and slow, what
//! was on its way comes late, nodes die, by a seed's chance.
//!
//! `ACTIONLINE_SEEDS` is how many seeds are run, `ACTIONLINE_SEED` the only one: it replays what failed.

mod client;
mod engine;
mod faults;
mod judge;
mod log;
mod model;
#[path = "../simulation/net.rs"]
mod net;
mod same;

use actionline::fuzz::{Dialled, Outside, Stream};
use actionline::{Backplane, Config, Server};
use actionline_tests::lab::{Gates, LAB};
use actionline_tests::times;
use client::{Log, live};
use engine::Engine;
use fastrand::Rng;
use faults::Faults;
use log::{Life, Past};
use net::{Net, SimClock, Wire, now};
use std::cell::RefCell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use turmoil::Builder;
use turmoil::net::TcpStream;

const NODES: usize = 3;
const CLIENTS: usize = 6;
/// Of every message, one way.
const LATENCY: Duration = Duration::from_millis(5);
/// From here on the network is whole and nobody begins anything.
const CALM: Duration = Duration::from_secs(12);
/// A lease, what is known of leases, a wait between two attempts and the time in which others come back: by now all is well.
const END: Duration = Duration::from_secs(24);
/// By then everybody has looked around.
const AFTER: Duration = Duration::from_secs(27);

#[test]
fn nothing_confirmed_is_lost_and_nothing_doubled_reordered_or_forged() {
    if std::env::var_os("ACTIONLINE_SEED").is_some() {
        run(times("ACTIONLINE_SEED", 0));
        return;
    }
    let seeds = times("ACTIONLINE_SEEDS", 60);
    let (next, certain) = (AtomicU64::new(0), AtomicUsize::new(0));
    let failed = || {
        let mut seeds = std::iter::from_fn(|| {
            Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| *seed < seeds)
        });
        seeds.find(|seed| {
            let done = catch_unwind(AssertUnwindSafe(|| run(*seed)));
            done.map(|count| certain.fetch_add(count, Ordering::Relaxed))
                .is_err()
        })
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(failed)).collect();
        for thread in threads {
            if let Some(seed) = thread.join().expect("a thread") {
                panic!(
                    "seed {seed} failed; replay it with ACTIONLINE_SEED={seed} \
                     cargo test -p actionline-tests --all-features --test nodes nothing"
                );
            }
        }
    });
    let certain = certain.into_inner() as u64;
    assert!(
        certain >= 100 * seeds,
        "{certain} messages were certain to be heard at other nodes in {seeds} stories"
    );
}

#[test]
fn a_seed_tells_the_same_story_twice() {
    let told = || {
        let Story { lives, .. } = story(times("ACTIONLINE_SEED", 7), true);
        let told = lives.iter().map(|life| life.tell(&lives));
        told.collect::<Vec<_>>()
    };
    let (one, other) = (told(), told());
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one, other);
    }
    assert_eq!(one.len(), other.len());
}

/// Plays one seed and judges it; answers how many messages were certain to be heard at other nodes.
fn run(seed: u64) -> usize {
    let story = story(seed, true);
    let unknown = &story.engine.model.borrow().notes.unknown;
    assert!(unknown.is_empty(), "the model does not know {unknown:?}");
    judge::judge(&story.lives, &story.past)
}

/// Connects. That goes on if it is given up half way: the simulated host would keep the connection for good.
async fn dial(host: String, port: u16) -> io::Result<TcpStream> {
    let dialling = tokio::spawn(async move { TcpStream::connect((host, port)).await });
    dialling.await.map_err(io::Error::other)?
}

/// The simulated network and its time, as a link to Redis sees them.
#[derive(Debug)]
struct Simulated;

impl Outside for Simulated {
    fn dial<'a>(&'a self, host: &'a str, port: u16) -> Dialled<'a> {
        Box::pin(async move {
            let stream = dial(host.to_owned(), port).await?;
            Ok(Box::new(Wire::from(stream)) as Box<dyn Stream>)
        })
    }

    fn utc(&self) -> SystemTime {
        UNIX_EPOCH + now()
    }
}

async fn node() -> turmoil::Result {
    let mut config = Config::default();
    (config.limits.keep_alive, config.limits.backlog_time) = (1, 2);
    let redis = Backplane::new("redis://redis")?.outside(Arc::new(Simulated));
    let server = Server::new(&LAB).state(Gates::default()).config(config);
    let server = server.clock(Arc::new(SimClock)).backplane(redis);
    let bound = server.on(Net::listen().await?)?;
    Ok(bound.serve_until(std::future::pending()).await?)
}

/// What happened.
struct Story {
    lives: Vec<Life>,
    past: Past,
    engine: Rc<Engine>,
}

/// Plays one seed.
fn story(seed: u64, faulty: bool) -> Story {
    let mut dice = Rng::with_seed(seed);
    // How long a link waits before it tries anew.
    fastrand::seed(seed);
    let mut sim = Builder::new()
        .rng_seed(seed)
        .tick_duration(Duration::from_millis(10))
        .min_message_latency(LATENCY)
        .max_message_latency(LATENCY)
        .simulation_duration(2 * AFTER)
        .build();
    let engine = Engine::new();
    let redis = engine.clone();
    sim.host("redis", move || {
        let redis = redis.clone();
        async move { Ok(redis.serve().await?) }
    });
    for number in 0..NODES {
        sim.host(format!("node{number}"), node);
    }
    let log = Log::default();
    for client in 0..CLIENTS {
        let log = log.clone();
        let rounds = RefCell::new(Rng::with_seed(dice.u64(..)));
        sim.host(format!("client{client}"), move || {
            let dice = rounds.borrow_mut().fork();
            let log = log.clone();
            async move {
                live(format!("{seed}/{client}"), client % NODES, log, dice).await;
                Ok(())
            }
        });
    }
    let mut faults = Faults::new(&mut dice);
    while sim.elapsed() < AFTER {
        if faulty {
            faults.step(&mut sim, &engine, &mut dice);
        }
        sim.step()
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    }
    Story {
        lives: log.take(),
        past: faults.past,
        engine,
    }
}
