//! Clients that are gone from one moment to the next, and clients that only stop talking.

use super::{FILE, Ground, Peer, Row, wrong};
use crate::rival::Process;
use std::io;
use std::time::{Duration, Instant};

const MEMBERS: usize = 1000;
/// As many files as are sent at once.
const FILES: usize = 64;
const HALF_CLOSED: usize = 200;
const REQUESTS: usize = 16;
const SECOND: Duration = Duration::from_secs(1);

/// In the midst of what they go.
#[derive(Debug, Clone, Copy)]
enum Midst {
    Nothing,
    Line,
    File,
    /// A request is under way, and the next line waits for it.
    Held,
}

/// Resets them, and looks who is left.
pub(super) fn run(ground: &Ground) -> io::Result<Vec<Row>> {
    let server = ground.serve()?;
    let lines = |index: usize| match index % 2 {
        _ if index < FILES => Midst::File,
        0 => Midst::Line,
        _ => Midst::Nothing,
    };
    Ok(vec![
        ghosts(
            &server,
            "64 within a file, the others within a line or idle",
            lines,
        )?,
        ghosts(
            &server,
            "each with a line that waits for a running action",
            |_| Midst::Held,
        )?,
        half_closed(&server)?,
    ])
}

fn ghosts(server: &Process, how: &str, midst: impl Fn(usize) -> Midst) -> io::Result<Row> {
    let mut watcher = Peer::connect(server.address)?;
    watcher.join("ghosts")?;
    let mut members = Vec::new();
    for index in 0..MEMBERS {
        let mut peer = Peer::connect(server.address)?;
        peer.join("ghosts")?;
        match midst(index) {
            Midst::Nothing => {}
            Midst::Line => peer.send("say never")?,
            Midst::File => peer.send(format!("file fileName={FILE}\n"))?,
            Midst::Held => peer.send("wait ms=20000\nroomView\n")?,
        }
        members.push(peer);
    }
    if watcher.members()? != MEMBERS + 1 {
        return Err(wrong("not everybody is in the room"));
    }
    let start = Instant::now();
    for peer in members {
        peer.reset()?;
    }
    let mut left = watcher.members()? - 1;
    while left > 0 && start.elapsed() < 5 * SECOND {
        left = watcher.members()? - 1;
    }
    let took = start.elapsed();
    Ok(Row {
        what: format!("{MEMBERS} members reset at once, {how}: ghosts in the room"),
        bound: "none after 1 s",
        measured: match left {
            0 => format!("none after {} ms", took.as_millis()),
            left => format!("{left} after {} s", took.as_secs()),
        },
        met: left == 0 && took <= SECOND,
    })
}

/// Clients that close their sending half with requests under way.
fn half_closed(server: &Process) -> io::Result<Row> {
    let mut peers = Vec::new();
    for _ in 0..HALF_CLOSED {
        let mut peer = Peer::connect(server.address)?;
        peer.line()?;
        let wait =
            |id| format!("{{\"action\":\"wait\",\"params\":{{\"ms\":500}},\"messageId\":{id}}}\n");
        let waits: String = (0..REQUESTS).map(wait).collect();
        peer.send(waits + &"randomNumber\n".repeat(REQUESTS))?;
        peer.close_half()?;
        peers.push(peer);
    }
    let mut answers = 0;
    for peer in &mut peers {
        let rest = peer.rest()?;
        let lines = rest.split_inclusive(|byte| *byte == b'\n');
        answers += lines.filter(|line| line.ends_with(b"}\r\n")).count();
    }
    let owed = HALF_CLOSED * REQUESTS * 2;
    Ok(Row {
        what: format!(
            "{HALF_CLOSED} clients that close their sending half with {} requests on their way: answers",
            2 * REQUESTS
        ),
        bound: "all",
        measured: format!("{answers} of {owed}"),
        met: answers == owed,
    })
}
