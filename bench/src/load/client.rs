//! One connection that never waits.

use super::wrong;
use mio::net::TcpStream;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;

/// A connection, and what is still to be written on it.
#[derive(Debug)]
pub(crate) struct Client {
    pub(super) stream: TcpStream,
    waiting: Vec<u8>,
    sent: usize,
}

impl Client {
    /// Connects, waiting for it.
    pub(crate) fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = std::net::TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        Ok(Self {
            stream: TcpStream::from_std(stream),
            waiting: Vec::new(),
            sent: 0,
        })
    }

    /// Sends bytes; what the socket does not take now is sent by [`Client::flush`].
    pub(crate) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.waiting.extend_from_slice(bytes);
        self.flush()
    }

    /// Goes on sending; true when everything is sent.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        while self.sent < self.waiting.len() {
            match self.stream.write(&self.waiting[self.sent..]) {
                Ok(written) => self.sent += written,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        self.waiting.clear();
        self.sent = 0;
        Ok(())
    }

    /// What has come; nothing when there is nothing now.
    pub(crate) fn read<'b>(&mut self, buffer: &'b mut [u8]) -> io::Result<Option<&'b [u8]>> {
        match self.stream.read(buffer) {
            Ok(0) => Err(wrong("the server closed a connection")),
            Ok(read) => Ok(Some(&buffer[..read])),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        }
    }
}
