use actionline::{Handle, Reply, action};
use serde_json::{Map, Value};

/// How the server is doing.
#[derive(Debug, Reply)]
pub struct Status {
    status: &'static str,
    uptime: u64,
    stats: Map<String, Value>,
}

#[action]
pub fn status(server: Handle) -> Status {
    let stats = server.stats();
    let counts = [
        ("connections", stats.connections),
        ("rooms", stats.rooms),
        ("accepted", stats.accepted),
        ("requests", stats.requests),
        ("said", stats.said),
        ("panics", stats.panics),
    ];
    Status {
        status: "OK",
        uptime: server.uptime().as_millis() as u64,
        stats: counts
            .into_iter()
            .map(|(name, count)| (name.to_owned(), Value::from(count)))
            .collect(),
    }
}
