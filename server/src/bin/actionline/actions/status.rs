use actionline::bus::{Health, Reach};
use actionline::{Handle, Reply, action};
use serde_json::{Map, Value, json};

/// How the server is doing.
#[derive(Debug, Reply)]
pub struct Status {
    status: &'static str,
    uptime: u64,
    stats: Map<String, Value>,
    limits: Map<String, Value>,
    cluster: Option<Map<String, Value>>,
}

#[action]
pub async fn status(server: Handle) -> Status {
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
        cluster: cluster(&server).await,
    }
}

/// All servers that share their rooms; nothing for one alone.
async fn cluster(server: &Handle) -> Option<Map<String, Value>> {
    let (link, since) = match server.link() {
        Health::Solo => return None,
        Health::Up { since, .. } => ("up", since),
        Health::Down { since, .. } => ("down", since),
    };
    let since = jiff::Timestamp::try_from(since).unwrap_or_default();
    let others = server.others().await;
    let nodes = [server.node()].into_iter().chain(others.nodes);
    let nodes: Vec<String> = nodes.map(|node| node.to_string()).collect();
    let (own, others_counted) = (server.stats(), others.counters);
    let mut cluster = Map::new();
    for (name, value) in [
        ("link", json!(link)),
        ("since", json!(format!("{since:.3}"))),
        ("nodes", json!(nodes)),
        (
            "connections",
            json!(own.connections + others_counted.connections),
        ),
        ("requests", json!(own.requests + others_counted.requests)),
        ("said", json!(own.said + others_counted.said)),
    ] {
        cluster.insert(name.to_owned(), value);
    }
    if others.reach != Reach::Everywhere {
        cluster.insert("scope".to_owned(), json!("local"));
    }
    Some(cluster)
}

fn by_name(numbers: impl IntoIterator<Item = (&'static str, u64)>) -> Map<String, Value> {
    let numbers = numbers.into_iter();
    numbers
        .map(|(name, number)| (name.to_owned(), number.into()))
        .collect()
}
