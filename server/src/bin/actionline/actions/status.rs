use actionline::{Handle, Reply, action};
use serde_json::{Map, Value};

/// How the server is doing.
#[derive(Debug, Reply)]
pub struct Status {
    status: &'static str,
    uptime: u64,
    stats: Map<String, Value>,
    limits: Map<String, Value>,
}

#[action]
pub fn status(server: Handle) -> Status {
    let stats = server.stats();
    let counts = [
        ("connections", stats.connections),
        ("rooms", stats.rooms),
        ("accepted", stats.accepted),
        ("refused", stats.refused),
        ("slow", stats.slow),
        ("requests", stats.requests),
        ("said", stats.said),
        ("delivered", stats.delivered),
        ("panics", stats.panics),
    ];
    Status {
        status: "OK",
        uptime: server.uptime().as_millis() as u64,
        stats: by_name(counts),
        limits: by_name(server.limits()),
    }
}

fn by_name(numbers: impl IntoIterator<Item = (&'static str, u64)>) -> Map<String, Value> {
    let numbers = numbers.into_iter();
    numbers
        .map(|(name, number)| (name.to_owned(), number.into()))
        .collect()
}
