//! What a look into a crowded room takes of Redis.

use super::drive::Client;
use super::wrong;
use crate::load::open::percentile;
use crate::rival::Process;
use redis::{Connection, RedisResult, cmd};
use serde_json::Value;
use std::io;
use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt};
use tokio::time::Instant;

/// People of another node in the room. They are written into Redis as that node would write them: nobody is connected.
const PEOPLE: usize = 100_000;
/// The room that they are in.
const ROOM: usize = 1_000_000;
const LOOKS: usize = 1000;
/// What a node asks Redis for a look; the list of nodes, once a second, is a script.
const COMMANDS: [&str; 3] = ["scard", "sscan", "eval"];

/// Looks from one node at a room that is full on the other.
pub(super) async fn run(redis: SocketAddr, nodes: &[Process]) -> io::Result<()> {
    let [near, far, ..] = nodes else {
        return Err(wrong("one node alone asks nobody"));
    };
    // Its node's set is the only one.
    let _member = Client::enter(far.address, ROOM).await?;
    let mut conn = connection(redis).map_err(io::Error::other)?;
    fill(&mut conn).map_err(io::Error::other)?;
    let mut client = Client::enter(near.address, ROOM).await?;
    let reset: RedisResult<()> = cmd("CONFIG").arg("RESETSTAT").query(&mut conn);
    reset.map_err(io::Error::other)?;
    let mut times = Vec::with_capacity(LOOKS);
    let mut line = String::new();
    for _ in 0..LOOKS {
        let asked = Instant::now();
        client.output.write_all(b"roomView\n").await?;
        line.clear();
        client.lines.read_line(&mut line).await?;
        times.push(asked.elapsed());
        let reply: Value = serde_json::from_str(&line)?;
        if reply["roomStatus"]["membersCount"] != PEOPLE + 2 {
            return Err(wrong(format!("not everybody is counted: {line}")));
        }
    }
    let used = used(&mut conn).map_err(io::Error::other)?;
    times.sort_unstable();
    let at = |hundredths| percentile(&times, hundredths).as_secs_f64() * 1e3;
    println!(
        "| roomView of {PEOPLE} members, {LOOKS} times | |\n|---|---|\n| of Redis, each | {:.3} ms |\n| answered: p50 | {:.2} ms |\n| p99 | {:.2} ms |\n",
        used / LOOKS as f64 / 1e3,
        at(50),
        at(99)
    );
    Ok(())
}

fn connection(redis: SocketAddr) -> RedisResult<Connection> {
    redis::Client::open(format!("redis://{redis}"))?.get_connection()
}

fn fill(conn: &mut Connection) -> RedisResult<()> {
    let pattern = format!("*{{r{ROOM}}}:m:*");
    let sets: Vec<String> = cmd("KEYS").arg(pattern).query(conn)?;
    let [set] = &sets[..] else {
        let why = format!("{} sets of members where one should be", sets.len());
        return Err(io::Error::other(why).into());
    };
    let people: Vec<[u8; 16]> = (0..PEOPLE)
        .map(|_| fastrand::u128(..).to_be_bytes())
        .collect();
    for some in people.chunks(10_000) {
        let mut add = cmd("SADD");
        add.arg(set);
        for id in some {
            add.arg(id);
        }
        add.exec(conn)?;
    }
    Ok(())
}

/// Microseconds that Redis took for them.
fn used(conn: &mut Connection) -> RedisResult<f64> {
    let text: String = cmd("INFO").arg("commandstats").query(conn)?;
    let took = |line: &str| {
        let (name, rest) = line.strip_prefix("cmdstat_")?.split_once(':')?;
        let usec = rest
            .split(',')
            .find_map(|part| part.strip_prefix("usec="))?;
        COMMANDS.contains(&name).then(|| usec.parse::<f64>().ok())?
    };
    Ok(text.lines().filter_map(took).sum())
}
