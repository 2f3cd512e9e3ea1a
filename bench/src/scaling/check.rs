//! The model beside a real cluster.

use super::measure::BYTES;
use super::model::{Constants, Plan};
use crate::cluster::drive::{Load, Seat, drive};
use crate::figures::short;
use std::io;
use std::time::Duration;

/// Servers, clients, rooms, messages a second.
const POINTS: [(u32, u32, u32, u32); 3] =
    [(3, 600, 200, 6000), (3, 900, 90, 1000), (3, 1500, 15, 60)];

/// Prints each point: what the model says, and what was measured.
pub(super) async fn run(costs: &Constants, lasts: Duration) -> io::Result<()> {
    println!(
        "| servers | clients | rooms | said a second | | heard a second | a server: cores | Redis: cores |"
    );
    println!("|--:|--:|--:|--:|---|--:|--:|--:|");
    for (nodes, clients, rooms, says) in POINTS {
        let plan = Plan {
            nodes: f64::from(nodes),
            connections: f64::from(clients),
            rooms: f64::from(rooms),
            says: f64::from(says),
            bytes: BYTES as f64,
            together: false,
        };
        let model = plan.load(costs);
        let mut random = fastrand::Rng::with_seed(1);
        let seats = (0..clients).map(|index| Seat {
            node: random.usize(0..nodes as usize),
            room: (index % rooms) as usize,
            says: plan.says / plan.connections,
        });
        let load = Load {
            nodes: nodes as usize,
            linked: true,
            seats: seats.collect(),
            bytes: BYTES,
            lasts,
        };
        let used = drive(&load).await?;
        let each = used.nodes.iter().sum::<f64>() / plan.nodes;
        println!(
            "| {nodes} | {clients} | {rooms} | {says} | model | {} | {} | {} |",
            short(plan.says * (plan.connections / plan.rooms - 1.0)),
            short(model.node.cores),
            short(model.redis.cores)
        );
        println!(
            "| | | | {} | measured | {} | {} | {} |",
            short(used.said),
            short(used.heard),
            short(each),
            short(used.redis)
        );
    }
    Ok(())
}
