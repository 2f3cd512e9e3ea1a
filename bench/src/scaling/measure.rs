//! The model's constants, measured: loads that differ in one thing, on a real cluster.

use super::model::{Constants, Work};
use crate::cluster::drive::{Load, Seat, drive};
use crate::machine;
use std::io;
use std::time::Duration;

/// Messages a second: so few that everything sleeps in between; and two between which only the work grows.
const RATES: [f64; 3] = [200.0, 5000.0, 20_000.0];
/// What one client says a second at most.
const EACH: f64 = 50.0;
/// So many hear each message, where deliveries are measured.
const HEAR: f64 = 10.0;
/// Bytes of a message.
pub(super) const BYTES: usize = 64;
/// For what is held: clients, in rooms of ten.
const CLIENTS: usize = 9000;

/// Measures them all.
pub(super) async fn constants(lasts: Duration) -> io::Result<Constants> {
    let run = |nodes, linked, seats| {
        let load = Load {
            nodes,
            linked,
            seats,
            bytes: BYTES,
            lasts,
        };
        async move { drive(&load).await }
    };
    let (mut say, mut deliver) = (Vec::new(), Vec::new());
    let (mut publish, mut receive) = (Vec::new(), Vec::new());
    let (mut redis, mut redis_out) = (Vec::new(), Vec::new());
    for rate in RATES {
        // The same said, each time with one thing more: the differences are at one rate.
        let alone = run(1, false, speakers(rate, 0, 0)).await?;
        say.push((alone.said, alone.nodes[0]));
        let linked = run(1, true, speakers(rate, 0, 0)).await?;
        publish.push((linked.said, linked.nodes[0] - alone.nodes[0]));
        redis.push((linked.said, linked.redis));
        let said = run(1, false, speakers(rate / HEAR, 0, 0)).await?;
        let heard = run(1, false, speakers(rate / HEAR, HEAR as usize, 0)).await?;
        let delivering = heard.nodes[0] - said.nodes[0];
        deliver.push((heard.heard, delivering));
        let two = run(2, true, speakers(rate, 1, 1)).await?;
        receive.push((two.heard, two.nodes[1] - delivering));
        redis_out.push((two.said, two.redis - linked.redis));
    }
    let one = work(&redis);
    // Busy, it has no time to sleep.
    let [.., (most, cores)] = redis_out[..] else {
        return Err(io::Error::other("nothing was measured"));
    };
    let redis_out = cores.max(0.0) * 1e6 / most;
    let seats = (0..CLIENTS).map(|index| Seat {
        node: 0,
        room: index / 10,
        says: 0.0,
    });
    let idle = run(1, true, seats.collect()).await?;
    Ok(Constants {
        about: format!("measured by `scaling --measure`: {}", machine::told()),
        say: work(&say),
        deliver: work(&deliver),
        publish: work(&publish),
        receive: work(&receive),
        // One server hears it there, too.
        redis: Work {
            each: (one.each - redis_out).max(0.0),
            ..one
        },
        redis_out,
        idle: idle.client,
        member: idle.member,
    })
}

/// Speakers on the first node who say so much in all, each with so many listeners on that node.
fn speakers(rate: f64, listeners: usize, on: usize) -> Vec<Seat> {
    let count = (rate / EACH).ceil() as usize;
    let mut seats = Vec::new();
    for room in 0..count {
        let seat = |node, says| Seat { node, room, says };
        seats.push(seat(0, rate / count as f64));
        seats.extend((0..listeners).map(|_| seat(on, 0.0)));
    }
    seats
}

/// What the cores at three rates come to: work in the slope between the upper two, waking in what is beyond it.
fn work(at: &[(f64, f64)]) -> Work {
    let [(low, low_cores), (middle, middle_cores), (high, high_cores)] = *at else {
        unreachable!("three rates");
    };
    let each = ((high_cores - middle_cores) / (high - middle)).max(0.0) * 1e6;
    let most = (middle_cores - middle * each / 1e6).max(0.0);
    let wake = (low_cores - low * each / 1e6).max(0.0) / low * 1e6;
    Work { each, wake, most }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_and_waking_are_told_apart() {
        let true_work = Work {
            each: 2.0,
            wake: 50.0,
            most: 0.03,
        };
        let at = RATES.map(|rate| (rate, true_work.cores(rate)));
        let found = work(&at);
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{found:?}");
        near(found.each, 2.0);
        near(found.wake, 50.0);
        near(found.most, 0.03);
    }

    #[test]
    fn the_rate_is_shared_among_speakers() {
        let seats = speakers(120.0, 2, 1);
        assert_eq!(seats.len(), 9);
        let said: f64 = seats.iter().map(|seat| seat.says).sum();
        assert!((said - 120.0).abs() < 1e-9);
        assert_eq!(seats.iter().filter(|seat| seat.node == 1).count(), 6);
    }
}
