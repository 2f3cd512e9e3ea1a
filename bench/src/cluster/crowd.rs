//! Many who speak at once: whether each is told that it reached everybody.

use super::drive::Client;
use super::wrong;
use crate::rival::Process;
use memchr::memmem;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt};
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// So often they speak.
const TIMES: usize = 20;
/// People of a room.
const ROOM: usize = 4;

/// What one of them was told.
#[derive(Debug, Default)]
struct Told {
    confirmed: usize,
    local: usize,
    slowest: Duration,
}

/// `speakers` clients spread over the nodes say something at the same moment, again and again.
pub(super) async fn run(speakers: usize, nodes: &[Process]) -> io::Result<()> {
    let barrier = Arc::new(Barrier::new(speakers));
    let mut crowd = JoinSet::new();
    for index in 0..speakers {
        let address = nodes[index % nodes.len()].address;
        let client = Client::enter(address, index / ROOM).await?;
        crowd.spawn(speak(client, Arc::clone(&barrier)));
    }
    let mut all = Told::default();
    while let Some(told) = crowd.join_next().await {
        let told = told.map_err(io::Error::other)??;
        all.confirmed += told.confirmed;
        all.local += told.local;
        all.slowest = all.slowest.max(told.slowest);
    }
    println!(
        "| {speakers} speak at once, {TIMES} times | |\n|---|---|\n| confirmed | {} |\n| this node only | {} |\n| slowest answer | {:.0} ms |\n",
        all.confirmed,
        all.local,
        all.slowest.as_secs_f64() * 1e3
    );
    Ok(())
}

async fn speak(mut client: Client, barrier: Arc<Barrier>) -> io::Result<Told> {
    let response = memmem::Finder::new(br#""context":"response""#);
    let scope = memmem::Finder::new(br#""scope":"local""#);
    let mut told = Told::default();
    let mut line = Vec::new();
    for _ in 0..TIMES {
        barrier.wait().await;
        let sent = Instant::now();
        client.output.write_all(b"say x\n").await?;
        loop {
            line.clear();
            if client.lines.read_until(b'\n', &mut line).await? == 0 {
                return Err(wrong("a client was closed"));
            }
            if response.find(&line).is_some() {
                break;
            }
        }
        told.slowest = told.slowest.max(sent.elapsed());
        match scope.find(&line) {
            None => told.confirmed += 1,
            Some(_) => told.local += 1,
        }
    }
    Ok(told)
}
