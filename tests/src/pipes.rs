//! Clients without sockets: pipes within the process, which hold only so many bytes.

use actionline::Listener;
use std::io;
use std::net::SocketAddr;
use tokio::io::{DuplexStream, duplex};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Where a server takes pipes from.
#[derive(Debug)]
pub struct Pipes(UnboundedReceiver<DuplexStream>);

/// Where clients enter.
#[derive(Debug)]
pub struct Entrance(UnboundedSender<DuplexStream>);

/// An entrance and what a server listens to behind it.
pub fn pipes() -> (Entrance, Pipes) {
    let (entrance, pipes) = unbounded_channel();
    (Entrance(entrance), Pipes(pipes))
}

impl Entrance {
    /// Enters by a pipe that holds `room` bytes.
    ///
    /// # Panics
    /// When the server is gone.
    pub fn enter(&self, room: usize) -> DuplexStream {
        let (here, there) = duplex(room);
        self.0.send(there).expect("the server lives");
        here
    }
}

impl Listener for Pipes {
    type Io = DuplexStream;

    async fn accept(&mut self) -> io::Result<(DuplexStream, Option<SocketAddr>)> {
        match self.0.recv().await {
            Some(pipe) => Ok((pipe, None)),
            None => std::future::pending().await,
        }
    }
}
