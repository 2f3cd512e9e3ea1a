//! Many connections and one selector.

use super::{Client, wrong};
use mio::{Events, Interest, Poll, Token};
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Connections by number.
#[derive(Debug)]
pub(crate) struct Pool {
    pub(crate) clients: Vec<Client>,
    poll: Poll,
    events: Events,
    buffer: Vec<u8>,
    /// Looks again at once in place of sleeping: to wake a sleeping load is work for the server that writes, the more the
    /// slower it is, and the fewer others run on the machine.
    pub(crate) restless: bool,
}

/// A server that says nothing for so long has stopped.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes read at a time.
const READ: usize = 64 * 1024;

impl Pool {
    /// Connects so many clients, and reads the server's welcome where it has one.
    pub(crate) fn connect(address: SocketAddr, count: usize, welcomes: bool) -> io::Result<Self> {
        let mut pool = Self {
            clients: Vec::with_capacity(count),
            poll: Poll::new()?,
            events: Events::with_capacity(1024),
            buffer: vec![0; READ],
            restless: false,
        };
        for index in 0..count {
            let mut client = Client::connect(address)?;
            let interest = Interest::READABLE | Interest::WRITABLE;
            let registry = pool.poll.registry();
            registry.register(&mut client.stream, Token(index), interest)?;
            pool.clients.push(client);
        }
        if welcomes {
            pool.answers(1)?;
        }
        Ok(pool)
    }

    /// Waits until each client has got so many lines more.
    pub(crate) fn answers(&mut self, lines: usize) -> io::Result<()> {
        let mut left = vec![lines; self.clients.len()];
        let mut waiting = left.len();
        if waiting == 0 {
            return Ok(());
        }
        self.until(|index, _, bytes| {
            let Some(rest) = left[index].checked_sub(count(bytes)) else {
                return Err(wrong("more lines came than were asked for"));
            };
            left[index] = rest;
            waiting -= usize::from(rest == 0 && !bytes.is_empty());
            Ok(waiting > 0)
        })
    }

    /// Sends the same from each client, and waits for so many lines.
    pub(crate) fn ask(&mut self, request: &[u8], lines: usize) -> io::Result<()> {
        for client in &mut self.clients {
            client.send(request)?;
        }
        self.answers(lines)
    }

    /// Hands on what comes, with the client that it came to, until `take` says that it is enough.
    pub(crate) fn until(
        &mut self,
        mut take: impl FnMut(usize, &mut Client, &[u8]) -> io::Result<bool>,
    ) -> io::Result<()> {
        let mut quiet = Instant::now();
        loop {
            let wait = Duration::from_secs(u64::from(!self.restless));
            match self.turn(wait, &mut |index, client, bytes, _| {
                take(index, client, bytes)
            })? {
                Turn::Enough => return Ok(()),
                Turn::Moved => quiet = Instant::now(),
                Turn::Quiet if quiet.elapsed() > PATIENCE => {
                    return Err(wrong(format!("the server says nothing for {PATIENCE:?}")));
                }
                Turn::Quiet => {}
            }
        }
    }

    /// One look at the sockets: waits at most so long. `take` is told, too, when the look was.
    pub(crate) fn turn(
        &mut self,
        wait: Duration,
        take: &mut impl FnMut(usize, &mut Client, &[u8], Instant) -> io::Result<bool>,
    ) -> io::Result<Turn> {
        self.poll.poll(&mut self.events, Some(wait))?;
        let looked = Instant::now();
        let mut turn = Turn::Quiet;
        let mut enough = false;
        for event in &self.events {
            let index = event.token().0;
            let client = &mut self.clients[index];
            if event.is_writable() {
                client.flush()?;
            }
            if !event.is_readable() {
                continue;
            }
            // Edges, not levels: read until there is no more.
            while let Some(bytes) = client.read(&mut self.buffer)? {
                turn = Turn::Moved;
                let whole = bytes.len() < READ;
                let length = bytes.len();
                // Edges are told once: what else came is looked at, enough or not.
                enough |= !take(index, client, &self.buffer[..length], looked)?;
                if whole {
                    break;
                }
            }
        }
        Ok(if enough { Turn::Enough } else { turn })
    }
}

/// What a turn came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Something came.
    Moved,
    /// Nothing did.
    Quiet,
    /// The caller has what it wants.
    Enough,
}

/// How many lines end in these bytes.
pub(crate) fn count(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}
