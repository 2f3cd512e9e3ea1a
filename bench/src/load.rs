//! A closed loop: each connection sends a batch, reads its replies, sends the next.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

/// How hard to push.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) connections: usize,
    /// Requests sent before replies are waited for.
    pub(crate) in_flight: usize,
    /// Requests of all connections together.
    pub(crate) requests: usize,
}

const REQUEST: &[u8] = b"randomNumber\n";

impl Load {
    /// Requests a second.
    pub(crate) fn run(self, address: SocketAddr) -> io::Result<f64> {
        let mut clients = Vec::new();
        for _ in 0..self.connections {
            let mut stream = TcpStream::connect(address)?;
            stream.set_nodelay(true)?;
            lines(&mut stream, 1)?;
            clients.push(stream);
        }
        let batch = REQUEST.repeat(self.in_flight);
        let rounds = self.requests / (self.connections * self.in_flight);
        let start = Instant::now();
        for _ in 0..rounds {
            for client in &mut clients {
                client.write_all(&batch)?;
            }
            for client in &mut clients {
                lines(client, self.in_flight)?;
            }
        }
        let done = rounds * self.connections * self.in_flight;
        Ok(done as f64 / start.elapsed().as_secs_f64())
    }
}

/// Reads so many lines.
fn lines(stream: &mut TcpStream, mut left: usize) -> io::Result<()> {
    let mut buffer = [0; 16 * 1024];
    while left > 0 {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        left -= buffer[..read].iter().filter(|byte| **byte == b'\n').count();
    }
    Ok(())
}
