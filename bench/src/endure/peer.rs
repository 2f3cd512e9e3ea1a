//! A client that waits for what it wants, and knows how to misbehave.

use super::wrong;
use serde_json::Value;
use socket2::{Domain, SockRef, Socket, Type};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, SocketAddrV4, TcpStream};
use std::time::{Duration, Instant};

/// Nothing is waited for longer.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// A connection.
#[derive(Debug)]
pub(super) struct Peer {
    stream: TcpStream,
    reader: BufReader<TcpStream>,
}

impl Peer {
    /// Connects.
    pub(super) fn connect(address: SocketAddr) -> io::Result<Self> {
        Self::with(TcpStream::connect(address)?)
    }

    /// Connects from an address of this machine, with packets as they are on other nets and little room for what it
    /// does not read: else the kernel keeps megabytes of it for one on the same machine.
    pub(super) fn narrow(address: SocketAddr, from: Ipv4Addr) -> io::Result<Self> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_recv_buffer_size(4096)?;
        socket.set_tcp_mss(1460)?;
        socket.bind(&SocketAddrV4::new(from, 0).into())?;
        socket.connect(&address.into())?;
        Self::with(socket.into())
    }

    fn with(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self {
            reader: BufReader::with_capacity(1024, stream.try_clone()?),
            stream,
        })
    }

    /// Connects and asks something, within so long: what a stranger has of the server now. Answers how long it took.
    pub(super) fn served(address: SocketAddr, within: Duration) -> io::Result<Duration> {
        let start = Instant::now();
        loop {
            let left = within.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(wrong(format!(
                    "a new client was not served within {within:?}"
                )));
            }
            // The kernel asks again after a second only when its queue was full.
            let Ok(stream) =
                TcpStream::connect_timeout(&address, left.min(Duration::from_millis(50)))
            else {
                continue;
            };
            let mut peer = Self::with(stream)?;
            peer.stream.set_read_timeout(Some(left))?;
            if peer.line().is_ok_and(|line| line["context"] == "api")
                && peer
                    .ask("randomNumber")
                    .is_ok_and(|reply| reply["randomNumber"].is_number())
            {
                return Ok(start.elapsed());
            }
            // Turned away, and told so.
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends bytes as they are.
    pub(super) fn send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref())
    }

    /// The next line.
    pub(super) fn line(&mut self) -> io::Result<Value> {
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        if !line.ends_with("\r\n") {
            return Err(wrong(format!("not a line: {line:?}")));
        }
        Ok(serde_json::from_str(&line)?)
    }

    /// The answer to a line, past what others say.
    pub(super) fn ask(&mut self, line: &str) -> io::Result<Value> {
        self.send(format!("{line}\n"))?;
        self.response()
    }

    /// The next answer.
    pub(super) fn response(&mut self) -> io::Result<Value> {
        loop {
            let line = self.line()?;
            if line["context"] == "response" {
                return Ok(line);
            }
        }
    }

    /// Whether it is welcomed within so long.
    pub(super) fn is_let_in(&mut self, within: Duration) -> io::Result<bool> {
        self.stream.set_read_timeout(Some(within))?;
        Ok(self.line().is_ok_and(|line| line["status"] != "goodbye"))
    }

    /// Goes into a room.
    pub(super) fn join(&mut self, room: &str) -> io::Result<()> {
        let reply = self.ask(&format!("roomChange {room}"))?;
        match reply["status"] == "OK" {
            true => Ok(()),
            false => Err(wrong(format!("not let into a room: {reply}"))),
        }
    }

    /// How many are in its room.
    pub(super) fn members(&mut self) -> io::Result<usize> {
        let view = self.ask("roomView")?;
        let count = view["roomStatus"]["membersCount"].as_u64();
        count
            .map(|count| count as usize)
            .ok_or_else(|| wrong(format!("no view: {view}")))
    }

    /// Everything up to the end, which may be a reset.
    pub(super) fn rest(&mut self) -> io::Result<Vec<u8>> {
        let mut rest = Vec::new();
        match self.reader.read_to_end(&mut rest) {
            Err(error) if error.kind() != io::ErrorKind::ConnectionReset => Err(error),
            _ => Ok(rest),
        }
    }

    /// Closes the sending half.
    pub(super) fn close_half(&self) -> io::Result<()> {
        self.stream.shutdown(Shutdown::Write)
    }

    /// A second hand on the same socket.
    pub(super) fn sender(&self) -> io::Result<TcpStream> {
        self.stream.try_clone()
    }

    /// Goes with a reset.
    pub(super) fn reset(self) -> io::Result<()> {
        SockRef::from(&self.stream).set_linger(Some(Duration::ZERO))
    }
}
