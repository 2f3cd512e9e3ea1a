//! What a stranger may try by hand. After each a new client is served at once, and memory is back.

use super::{FILE, Ground, MIB, Peer, Row, wrong};
use crate::rival::Process;
use rustix::process::{Pid, Signal, kill_process};
use std::any::Any;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What an attack leaves open.
type Held = Box<dyn Any>;

type Attack = fn(SocketAddr) -> io::Result<Held>;

const ATTACKS: [(&str, Attack); 6] = [
    (
        "eight lines without an end, each until the server has enough",
        endless,
    ),
    (
        "2,000 connections from 8 addresses, half silent, half within a line",
        half_open,
    ),
    ("`kill -STOP` on a reader in a busy room", stopped_reader),
    ("a TLS hello on the plain port, 1,000 times", tls),
    ("an HTTP request on it, 1,000 times", http),
    (
        "`kill -9` of 32 clients within a file, another one asked for",
        killed,
    ),
];

/// A new client is served so soon, while the attack goes on and after it.
const SERVED: Duration = Duration::from_secs(1);
/// The memory that an allocator may keep after thousands of connections.
const NEAR: u64 = 8 << 20;
const SETTLE: Duration = Duration::from_secs(5);

/// Tries all of them on one server, so that what one leaves behind counts against the next.
pub(super) fn run(ground: &Ground) -> io::Result<Vec<Row>> {
    let server = ground.serve()?;
    for _ in 0..100 {
        Peer::served(server.address, SERVED)?;
    }
    let start = server.memory()?.now;
    let row = |(name, attack): &(&str, Attack)| {
        server.forget_peak()?;
        let held = attack(server.address)?;
        let during = Peer::served(server.address, 10 * SERVED);
        drop(held);
        let after = Peer::served(server.address, 10 * SERVED);
        let memory = settled(&server, start)?;
        let told = |took: &io::Result<Duration>| match took {
            Ok(took) => format!("{:.1} ms", took.as_secs_f64() * 1e3),
            Err(_) => "never".to_owned(),
        };
        let soon = |took: &io::Result<Duration>| took.as_ref().is_ok_and(|took| *took <= SERVED);
        Ok(Row {
            what: format!("{name}: a new client is served meanwhile, and after; memory"),
            bound: "≤ 1 s; ≤ 8 MiB above the start",
            measured: format!(
                "{}, {}; {:.1} MiB at the start, {:.1} at most, {:.1} after",
                told(&during),
                told(&after),
                start as f64 / MIB,
                server.memory()?.peak as f64 / MIB,
                memory as f64 / MIB
            ),
            met: soon(&during) && soon(&after) && memory <= start + NEAR,
        })
    };
    ATTACKS.iter().map(row).collect()
}

/// The server's memory once it is near the start's, or after a while.
fn settled(server: &Process, start: u64) -> io::Result<u64> {
    let begun = Instant::now();
    loop {
        let now = server.memory()?.now;
        if now <= start + NEAR || begun.elapsed() > SETTLE {
            return Ok(now);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn endless(address: SocketAddr) -> io::Result<Held> {
    let piece = vec![b'x'; 1 << 20];
    for _ in 0..8 {
        let mut peer = Peer::connect(address)?;
        let start = Instant::now();
        while peer.send(&piece).is_ok() {
            if start.elapsed() > 10 * SERVED {
                return Err(wrong("a line was taken for ten seconds"));
            }
        }
    }
    Ok(Box::new(()))
}

fn half_open(address: SocketAddr) -> io::Result<Held> {
    let mut peers = Vec::new();
    for number in 0..2000u16 {
        let from = Ipv4Addr::new(127, 0, 0, 2 + (number % 8) as u8);
        let mut peer = Peer::narrow(address, from)?;
        if number % 2 == 0 {
            peer.send("say never")?;
        }
        peers.push(peer);
    }
    Ok(Box::new(peers))
}

fn tls(address: SocketAddr) -> io::Result<Held> {
    // A record with the beginning of a ClientHello.
    let hello = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".as_slice(),
        &[7; 500],
    ]
    .concat();
    refused(address, &hello)
}

fn http(address: SocketAddr) -> io::Result<Held> {
    let get = "GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: curl/8\r\nAccept: */*\r\n\r\n";
    refused(address, get.as_bytes())
}

/// Clients that speak something else are told so, and closed.
fn refused(address: SocketAddr, bytes: &[u8]) -> io::Result<Held> {
    for _ in 0..1000 {
        let mut peer = Peer::connect(address)?;
        peer.send(bytes)?;
        let rest = peer.rest()?;
        if memchr::memmem::find(&rest, b"goodbye").is_none() {
            return Err(wrong(format!("not refused: {}", rest.escape_ascii())));
        }
    }
    Ok(Box::new(()))
}

/// Netcat, which prints what it gets; nobody takes it.
#[derive(Debug)]
struct Netcat(Child);

impl Netcat {
    fn start(address: SocketAddr, lines: &str) -> io::Result<Self> {
        let child = Command::new("nc")
            .args([address.ip().to_string(), address.port().to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut child = child.map_err(|error| wrong(format!("nc (netcat): {error}")))?;
        if let Some(stdin) = &mut child.stdin {
            stdin.write_all(lines.as_bytes())?;
        }
        Ok(Self(child))
    }
}

impl Drop for Netcat {
    /// As `kill -9` does.
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn killed(address: SocketAddr) -> io::Result<Held> {
    let two = format!("file fileName={FILE}\nfile fileName={FILE}\n");
    let mut clients = Vec::new();
    for _ in 0..32 {
        let mut client = Netcat::start(address, &two)?;
        if let Some(out) = &mut client.0.stdout {
            out.read_exact(&mut vec![0; 1 << 20])?;
        }
        clients.push(client);
    }
    Ok(Box::new(clients))
}

/// A room of eleven: one is stopped, nine listen, one speaks until the stopped one is closed.
fn stopped_reader(address: SocketAddr) -> io::Result<Held> {
    let reader = Netcat::start(address, "roomChange busy\n")?;
    let mut speaker = Peer::connect(address)?;
    speaker.join("busy")?;
    let mut others = Vec::new();
    for _ in 0..9 {
        let mut peer = Peer::connect(address)?;
        peer.join("busy")?;
        others.push(peer);
    }
    let start = Instant::now();
    while speaker.members()? < 11 {
        if start.elapsed() > SERVED {
            return Err(wrong("nc did not come"));
        }
    }
    kill_process(Pid::from_child(&reader.0), Signal::STOP)?;
    let say = format!("say {}", "x".repeat(10_000));
    while speaker.members()? == 11 {
        if start.elapsed() > Duration::from_secs(40) {
            return Err(wrong("a reader that is stopped was not closed"));
        }
        speaker.ask(&say)?;
        for peer in &mut others {
            while peer.line()?["context"] != "user" {}
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(Box::new((reader, speaker, others)))
}
