//! What goes wrong, by a seed's chance: each time with Redis, or with one node and its link.

use super::engine::{Engine, State};
use super::log::Past;
use super::{CALM, LATENCY, NODES};
use fastrand::Rng;
use std::time::Duration;
use turmoil::Sim;

const REDIS: &str = "redis";
/// A round trip is longer than Redis is given time.
const SLOW: Duration = Duration::from_millis(700);

#[derive(Debug, Clone, Copy)]
enum Fault {
    /// Redis stands still.
    Still,
    /// Redis is gone, and what it knew.
    Killed,
    /// What is on the way waits, and all that follows.
    Held,
    /// What is on the way waits; what follows will be faster.
    Late,
    /// That comes now.
    Drains,
    Cut,
    Slow,
    Dead,
}

#[derive(Clone, Copy)]
struct Wrong {
    fault: Fault,
    since: Duration,
    until: Duration,
}

pub struct Faults {
    /// What is wrong with Redis (the first) and with each node.
    places: [Option<Wrong>; NODES + 1],
    /// One step of so many has a fault.
    rarely: u16,
    /// What clients are judged by.
    pub past: Past,
}

impl Faults {
    /// None yet; many or few are to come.
    pub fn new(dice: &mut Rng) -> Self {
        Self {
            places: [None; NODES + 1],
            rarely: [50, 100, 200, 400][dice.usize(..4)],
            past: Past::default(),
        }
    }

    /// Mends what is due, and may break something.
    pub fn step(&mut self, sim: &mut Sim<'_>, engine: &Engine, dice: &mut Rng) {
        let now = sim.elapsed();
        for place in 0..self.places.len() {
            if let Some(Wrong {
                fault,
                since,
                until,
            }) = self.places[place]
                && now >= until
            {
                match fault {
                    Fault::Killed => self.past.emptied.push((since, now)),
                    Fault::Dead => self.past.born.push((place - 1, now)),
                    _ => {}
                }
                let late = Duration::from_millis(dice.u64(300..3000));
                self.places[place] = mend(sim, engine, place, fault).map(|fault| Wrong {
                    fault,
                    since: now,
                    until: now + late,
                });
            }
        }
        if now >= CALM || dice.u16(..self.rarely) != 0 {
            return;
        }
        let place = dice.usize(..self.places.len());
        if self.places[place].is_none() {
            let most = if dice.u8(0..5) == 0 { 12_000 } else { 2500 };
            let until = now + Duration::from_millis(dice.u64(50..most));
            self.places[place] = Some(Wrong {
                fault: begin(sim, engine, place, dice),
                since: now,
                until: until.min(CALM),
            });
        }
    }
}

fn name(place: usize) -> String {
    format!("node{}", place - 1)
}

fn begin(sim: &mut Sim<'_>, engine: &Engine, place: usize, dice: &mut Rng) -> Fault {
    if place == 0 {
        let (state, fault) = match dice.bool() {
            true => (State::Held, Fault::Still),
            false => (State::Down, Fault::Killed),
        };
        engine.set(state);
        return fault;
    }
    let node = name(place);
    match dice.u8(0..7) {
        0 => {
            sim.crash(node);
            Fault::Dead
        }
        1 | 2 => {
            sim.partition(REDIS, node);
            Fault::Cut
        }
        3 => {
            sim.set_link_latency(REDIS, node, SLOW);
            Fault::Slow
        }
        4 => {
            sim.hold(REDIS, node);
            Fault::Held
        }
        _ => {
            sim.hold(REDIS, node);
            Fault::Late
        }
    }
}

/// Answers what comes of it.
fn mend(sim: &mut Sim<'_>, engine: &Engine, place: usize, fault: Fault) -> Option<Fault> {
    match fault {
        Fault::Still | Fault::Killed => engine.set(State::Up),
        Fault::Held | Fault::Drains => sim.release(REDIS, name(place)),
        Fault::Late => {
            sim.repair(REDIS, name(place));
            return Some(Fault::Drains);
        }
        Fault::Cut => sim.repair(REDIS, name(place)),
        Fault::Slow => sim.set_link_latency(REDIS, name(place), LATENCY),
        Fault::Dead => sim.bounce(name(place)),
    }
    None
}
