//! A process that has no file descriptors left.

use super::{Ground, Peer, Row};
use crate::machine;
use std::io;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// So many more may be open.
const ROOM: u64 = 100;
const TIME: Duration = Duration::from_secs(5);
const HAMMERS: usize = 4;

/// Takes them away from a running server: at its start it would have let in fewer clients.
pub(super) fn run(ground: &Ground) -> io::Result<Vec<Row>> {
    let server = ground.serve()?;
    Peer::served(server.address, Duration::from_secs(1))?;
    let open = machine::open_files(server.id())?;
    machine::limit_files(server.id(), open + ROOM)?;
    let mut held = Vec::new();
    loop {
        let mut peer = Peer::connect(server.address)?;
        if !peer.is_let_in(Duration::from_millis(500))? {
            break;
        }
        held.push(peer);
    }
    let (stop, tries) = (AtomicBool::new(false), AtomicU64::new(0));
    let (cpu, within) = thread::scope(|scope| {
        for _ in 0..HAMMERS {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let _ = TcpStream::connect_timeout(&server.address, Duration::from_millis(20));
                    tries.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let mut measure = || -> io::Result<_> {
            let (start, used) = (Instant::now(), server.cpu()?);
            thread::sleep(TIME);
            let cpu = (server.cpu()? - used).as_secs_f64() / start.elapsed().as_secs_f64();
            held.drain(..10);
            Ok((cpu, Peer::served(server.address, Duration::from_secs(10))))
        };
        let done = measure();
        stop.store(true, Ordering::Relaxed);
        done
    })?;
    let within = within.ok();
    Ok(vec![
        Row {
            what: format!(
                "no file descriptor left, {HAMMERS} threads connecting all the time ({} times): processor time of the server",
                tries.into_inner()
            ),
            bound: "< 5 %",
            measured: format!("{:.1} %", cpu * 100.0),
            met: cpu < 0.05,
        },
        Row {
            what: "… a new client is served after ten have left".to_owned(),
            bound: "≤ 1 s",
            measured: within.map_or("never".to_owned(), |within| {
                format!("{} ms", within.as_millis())
            }),
            met: within.is_some_and(|within| within <= Duration::from_secs(1)),
        },
    ])
}
