//! The end of a busy server: who is owed what, and how soon it is over.

use super::peer::PATIENCE;
use super::{Ground, Peer, Row, wrong};
use rustix::process::{Signal, kill_process};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::thread;
use std::time::{Duration, Instant};

const CLIENTS: usize = 1000;
const REQUESTS: usize = 16;
/// How long a request takes: longer than it takes to send all of them.
const TAKES: u64 = 2000;

/// What one client got after the signal.
#[derive(Debug, Default)]
struct Got {
    /// Answers to the requests under way.
    answers: usize,
    /// Lines that are none, numbers left out, or anything after the goodbye.
    torn: usize,
    /// When to come back, from the goodbye.
    retry: Option<u64>,
}

/// Stops a server in the midst of it.
pub(super) fn run(ground: &Ground) -> io::Result<Vec<Row>> {
    let mut server = ground.serve()?;
    let mut peers = Vec::with_capacity(CLIENTS);
    for _ in 0..CLIENTS {
        let mut peer = Peer::connect(server.address)?;
        peer.line()?;
        peers.push(peer);
    }
    for peer in &mut peers {
        peer.send(batch())?;
    }
    // An unlabelled request is answered past the labelled ones: all before it were read.
    let mut early = 0;
    for peer in &mut peers {
        while peer.response()?["messageId"].is_number() {
            early += 1;
        }
    }
    // They go on asking, too, as fast as one thread can.
    let senders: io::Result<Vec<_>> = peers.iter().map(Peer::sender).collect();
    let mut senders = senders?;
    let start = Instant::now();
    kill_process(server.id(), Signal::TERM)?;
    thread::spawn(move || {
        while !senders.is_empty() {
            senders.retain_mut(|sender| sender.write_all(b"randomNumber\n").is_ok());
        }
    });
    let readers: Vec<_> = split(peers, 4)
        .into_iter()
        .map(|peers| thread::spawn(|| peers.into_iter().map(got).collect::<io::Result<Vec<_>>>()))
        .collect();
    let ended = server.ended(PATIENCE)?;
    let took = start.elapsed();
    let mut all = Vec::new();
    for reader in readers {
        all.extend(reader.join().map_err(|_| wrong("a reader failed"))??);
    }
    let owed = CLIENTS * REQUESTS - early;
    let answered: usize = all.iter().map(|got| got.answers).sum();
    let torn: usize = all.iter().map(|got| got.torn).sum();
    let retries: Vec<u64> = all.iter().filter_map(|got| got.retry).collect();
    let jitter: BTreeSet<u64> = retries.iter().copied().collect();
    let code = ended.and_then(|status| status.code());
    Ok(vec![
        Row {
            what: format!(
                "SIGTERM with {CLIENTS} clients, {REQUESTS} requests of each under way and more coming: answered"
            ),
            bound: "all that was read; no torn line",
            measured: format!("{answered} of {owed}; {torn} torn"),
            met: owed > 0 && answered == owed && torn == 0,
        },
        Row {
            what: "… told when to come back".to_owned(),
            bound: "all, spread out",
            measured: format!(
                "{} of {CLIENTS}, {} to {} ms, {} different",
                retries.len(),
                jitter.first().copied().unwrap_or_default(),
                jitter.last().copied().unwrap_or_default(),
                jitter.len()
            ),
            met: retries.len() == CLIENTS && jitter.len() > CLIENTS / 10,
        },
        Row {
            what: format!("… until the process is gone, whose requests take {TAKES} ms"),
            bound: "exit code 0, < 5 s",
            measured: match code {
                Some(code) => format!("{code}, {:.2} s", took.as_secs_f64()),
                None => "none".to_owned(),
            },
            met: code == Some(0) && took < Duration::from_secs(5),
        },
    ])
}

/// Requests that stay under way, and one that is answered at once.
fn batch() -> String {
    let wait =
        |id| format!("{{\"action\":\"wait\",\"params\":{{\"ms\":{TAKES}}},\"messageId\":{id}}}\n");
    (0..REQUESTS).map(wait).collect::<String>() + "randomNumber\n"
}

fn split(mut peers: Vec<Peer>, parts: usize) -> Vec<Vec<Peer>> {
    let each = peers.len().div_ceil(parts);
    let mut out = Vec::new();
    while !peers.is_empty() {
        out.push(peers.split_off(peers.len().saturating_sub(each)));
    }
    out
}

/// Reads to the end.
fn got(mut peer: Peer) -> io::Result<Got> {
    let text = peer.rest()?;
    let mut got = Got::default();
    let (mut next, mut ended) = (None, false);
    let whole = text.strip_suffix(b"\r\n");
    got.torn += usize::from(whole.is_none());
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let read: Option<Value> = line
            .strip_suffix(b"\r\n")
            .and_then(|line| serde_json::from_slice(line).ok());
        let Some(line) = read else {
            got.torn += 1;
            continue;
        };
        let number = line["messageCount"].as_u64();
        got.torn +=
            usize::from(number.is_none() || ended || next.is_some_and(|next| Some(next) != number));
        next = number.map(|number| number + 1);
        got.answers += usize::from(line["messageId"].is_number() && line["error"].is_null());
        if line["status"] == "goodbye" {
            ended = true;
            got.retry = line["retryAfterMs"].as_u64();
        }
    }
    Ok(got)
}
