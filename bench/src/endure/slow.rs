//! Members that do not read: what the others notice.

use super::{Ground, Peer, Row, wrong};
use crate::figures::median;
use crate::load::Pool;
use crate::load::fanout::{Ear, text};
use crate::load::open::percentile;
use crate::rival::Process;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

const ROOMS: usize = 20;
/// In each room, besides a speaker.
const MEMBERS: usize = 100;
/// Of them.
const SLOW: usize = 10;
/// Messages a second in all rooms together.
const RATE: u32 = 200;
/// So much that slow members are far behind soon.
const SIZE: usize = 8 * 1024;
/// Messages of a slice. Slices with and without slow members take turns, and two neighbours are compared: a disturbance of
/// the machine spoils one pair.
const SLICE: usize = 50;
/// Slices of each until the slow ones are behind.
const WARM: usize = 8;
/// Slices of each that count; then the server has had enough of the slow ones, and new ones come.
const COUNT: usize = 24;
const ROUNDS: usize = 4;

/// Compares a server that has slow members with one that has none.
pub(super) fn run(ground: &Ground) -> io::Result<Vec<Row>> {
    let servers = [ground.serve()?, ground.serve()?];
    let (mut ratios, mut all, mut closed) = (Vec::new(), [Vec::new(), Vec::new()], 0);
    for _ in 0..ROUNDS {
        let [good, bad] = &servers;
        let deaf = deaf(bad.address)?;
        let mut scenes = [Scene::new(good, MEMBERS)?, Scene::new(bad, MEMBERS - SLOW)?];
        for slice in 0..WARM + COUNT {
            let [good, bad] = &mut scenes;
            // Neither always follows the other.
            let figures = match slice % 2 {
                0 => [good.slice()?, bad.slice()?],
                _ => {
                    let second = bad.slice()?;
                    [good.slice()?, second]
                }
            };
            if slice >= WARM {
                ratios.push(figures[1] / figures[0]);
                all[0].push(figures[0]);
                all[1].push(figures[1]);
            }
        }
        closed += deaf.len() - left(bad.address)?;
    }
    let pairs = ratios.len();
    let ratio = median(ratios);
    let [without, with] = all.map(median);
    Ok(vec![Row {
        what: format!(
            "p99 of delivery to the others while 10 % of {} members do not read; {RATE} messages of {SIZE} bytes a second in {ROOMS} rooms",
            ROOMS * MEMBERS
        ),
        bound: "≤ 1.2 × a server without them",
        measured: format!(
            "{ratio:.2} ×, median of {pairs} pairs ({with:.0} µs, {without:.0} µs); {closed} of {} slow ones were closed meanwhile",
            ROUNDS * ROOMS * SLOW
        ),
        met: ratio <= 1.2 && closed > 0,
    }])
}

/// Members that do not read.
fn deaf(address: SocketAddr) -> io::Result<Vec<Peer>> {
    let one = |index: usize| {
        let mut peer = Peer::narrow(address, Ipv4Addr::LOCALHOST)?;
        peer.join(&format!("r{}", index / SLOW))?;
        Ok(peer)
    };
    (0..ROOMS * SLOW).map(one).collect()
}

/// How many of them the server has not closed: it cannot tell them why.
fn left(address: SocketAddr) -> io::Result<usize> {
    let mut peer = Peer::connect(address)?;
    let mut left = 0;
    for room in 0..ROOMS {
        peer.join(&format!("r{room}"))?;
        // This one and the speaker are no members.
        left += peer.members()? - 2 - (MEMBERS - SLOW);
    }
    Ok(left)
}

/// A server's members that read, and its speakers.
struct Scene {
    pool: Pool,
    ears: Vec<Ear>,
    /// Of each room.
    hearing: usize,
    said: usize,
}

impl Scene {
    fn new(server: &Process, hearing: usize) -> io::Result<Self> {
        let mut pool = Pool::connect(server.address, ROOMS * (hearing + 1), true)?;
        for (index, client) in pool.clients.iter_mut().enumerate() {
            client.send(format!("roomChange r{}\n", index / (hearing + 1)).as_bytes())?;
        }
        pool.answers(1)?;
        Ok(Self {
            ears: (0..pool.clients.len()).map(|_| Ear::new(1)).collect(),
            pool,
            hearing,
            said: 0,
        })
    }

    /// Speaks by the schedule; answers the 99th percentile of how long a delivery took, in microseconds.
    fn slice(&mut self) -> io::Result<f64> {
        let Self {
            pool,
            ears,
            hearing,
            said,
        } = self;
        let (each, first, end) = (*hearing + 1, *said, *said + SLICE);
        let (step, start) = (Duration::from_secs(1) / RATE, Instant::now());
        let due = |message: usize| start + step * (message - first) as u32;
        let mut took = Vec::with_capacity(SLICE * *hearing);
        while took.len() < SLICE * *hearing {
            while *said < end && due(*said) <= Instant::now() {
                let (room, number) = (*said % ROOMS, (*said / ROOMS) as u32);
                let line = format!("say {}\n", text(number, 0, SIZE));
                pool.clients[room * each + *hearing].send(line.as_bytes())?;
                *said += 1;
            }
            pool.turn(Duration::ZERO, &mut |index, _, bytes, came| {
                let (room, place) = (index / each, index % each);
                if place < *hearing {
                    ears[index].hear(bytes, |_, number| {
                        let at = due(number as usize * ROOMS + room);
                        took.push(came.saturating_duration_since(at));
                        Ok(())
                    })?;
                }
                Ok(true)
            })?;
            if start.elapsed() > Duration::from_secs(30) {
                return Err(wrong("deliveries are missing"));
            }
        }
        took.sort_unstable();
        Ok(percentile(&took, 99).as_secs_f64() * 1e6)
    }
}
