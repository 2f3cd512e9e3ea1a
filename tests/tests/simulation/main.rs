//! The server on a simulated network: connections are cut, delayed and held, clients die, by a seed's chance.
//!
//! `ACTIONLINE_SEEDS` is how many seeds are run, `ACTIONLINE_SEED` the only one: it replays what failed.

mod client;
mod log;
mod net;

use actionline::{Config, Handle, Server};
use actionline_tests::lab::{Gates, LAB};
use actionline_tests::times;
use client::{Log, live};
use fastrand::Rng;
use net::{Net, SimClock};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;
use turmoil::{Builder, Sim};

const CLIENTS: usize = 5;
/// From here on the network is whole and nobody begins anything.
const CALM: Duration = Duration::from_secs(2);
/// Here everybody goes.
const END: Duration = Duration::from_secs(4);
/// By then nothing is left of anybody.
const AFTER: Duration = Duration::from_secs(11);

#[test]
fn nothing_is_lost_doubled_or_left_behind() {
    if std::env::var_os("ACTIONLINE_SEED").is_some() {
        run(times("ACTIONLINE_SEED", 0));
        return;
    }
    let seeds = times("ACTIONLINE_SEEDS", 1000);
    let (next, stayed) = (AtomicU64::new(0), AtomicUsize::new(0));
    let failed = || {
        let mut seeds = std::iter::from_fn(|| {
            Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| *seed < seeds)
        });
        seeds.find(|seed| {
            let done = catch_unwind(AssertUnwindSafe(|| run(*seed)));
            done.map(|count| stayed.fetch_add(count, Ordering::Relaxed))
                .is_err()
        })
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(failed)).collect();
        for thread in threads {
            if let Some(seed) = thread.join().expect("a thread") {
                panic!("seed {seed} failed; replay it with ACTIONLINE_SEED={seed}");
            }
        }
    });
    let stayed = stayed.into_inner() as u64;
    assert!(
        stayed >= seeds,
        "{stayed} connections saw the end of {seeds} stories"
    );
}

#[test]
fn a_seed_tells_the_same_story_twice() {
    let story = || {
        let log = story(7);
        let lives = log.borrow();
        let tell = |life: &log::Life| {
            let heard: Vec<_> = life
                .heard
                .iter()
                .map(|heard| (heard.number, heard.room.clone()))
                .collect();
            format!(
                "{} {:?} {:?} {heard:?} {}",
                life.name, life.stays, life.said, life.stayed
            )
        };
        lives.iter().map(tell).collect::<Vec<_>>()
    };
    assert_eq!(story(), story());
}

/// Plays one seed and judges it; answers how many connections were there to the end.
fn run(seed: u64) -> usize {
    let log = story(seed);
    let lives = log.borrow();
    for life in lives.iter() {
        life.judge(&lives);
    }
    lives.iter().filter(|life| life.stayed).count()
}

/// Plays one seed; answers what happened.
fn story(seed: u64) -> Log {
    let mut dice = Rng::with_seed(seed);
    let mut sim = Builder::new()
        .rng_seed(seed)
        .tick_duration(Duration::from_millis(10))
        .min_message_latency(Duration::from_millis(1))
        .max_message_latency(Duration::from_millis(40))
        .simulation_duration(2 * AFTER)
        .build();
    let handle: Rc<RefCell<Option<Handle>>> = Rc::default();
    let given = handle.clone();
    sim.host("server", move || {
        let given = given.clone();
        async move {
            let mut config = Config::default();
            (config.limits.keep_alive, config.limits.backlog_time) = (1, 2);
            let server = Server::new(&LAB).state(Gates::default()).config(config);
            let bound = server.clock(Arc::new(SimClock)).on(Net::listen().await?)?;
            given.replace(Some(bound.handle()));
            Ok(bound.serve_until(std::future::pending()).await?)
        }
    });
    let log = Log::default();
    for client in 0..CLIENTS {
        let (log, rounds, seed) = (
            log.clone(),
            RefCell::new(Rng::with_seed(dice.u64(..))),
            seed,
        );
        sim.host(name(client), move || {
            let dice = rounds.borrow_mut().fork();
            let log = log.clone();
            async move {
                live(format!("{seed}/{client}"), log, dice).await;
                Ok(())
            }
        });
    }
    let mut faults = Faults::default();
    while sim.elapsed() < AFTER {
        if sim.elapsed() < CALM {
            faults.by_chance(&mut sim, &mut dice);
        } else {
            faults.end(&mut sim);
        }
        sim.step()
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    }
    let stats = handle.borrow().as_ref().expect("a server").stats();
    assert_eq!(
        (stats.connections, stats.rooms),
        (0, 0),
        "seed {seed}: somebody was left behind"
    );
    log
}

fn name(client: usize) -> String {
    format!("client{client}")
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Fault {
    #[default]
    None,
    Held,
    Cut,
    Dead,
}

/// What is wrong with each client's link.
#[derive(Default)]
struct Faults([Fault; CLIENTS]);

impl Faults {
    fn by_chance(&mut self, sim: &mut Sim<'_>, dice: &mut Rng) {
        if dice.u8(0..20) != 0 {
            return;
        }
        let client = dice.usize(0..CLIENTS);
        if self.0[client] != Fault::None {
            return self.mend(sim, client);
        }
        let name = name(client);
        self.0[client] = match dice.u8(0..4) {
            0 | 1 => {
                sim.hold("server", name);
                Fault::Held
            }
            2 => {
                sim.partition("server", name);
                Fault::Cut
            }
            _ => {
                sim.crash(name);
                Fault::Dead
            }
        };
    }

    fn mend(&mut self, sim: &mut Sim<'_>, client: usize) {
        let name = name(client);
        match std::mem::take(&mut self.0[client]) {
            Fault::None => {}
            Fault::Held => sim.release("server", name),
            Fault::Cut => sim.repair("server", name),
            Fault::Dead => sim.bounce(name),
        }
    }

    fn end(&mut self, sim: &mut Sim<'_>) {
        for client in 0..CLIENTS {
            self.mend(sim, client);
        }
    }
}
