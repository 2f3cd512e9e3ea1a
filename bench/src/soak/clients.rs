//! Clients of every kind, one life after the other.

use fastrand::Rng;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};

/// Nothing is waited for longer: the next life begins.
const PATIENCE: Duration = Duration::from_secs(5);

/// One place among the clients.
#[derive(Debug)]
pub(super) struct Life {
    address: SocketAddr,
    dice: Rng,
}

impl Life {
    pub(super) fn new(address: SocketAddr, seed: u64) -> Self {
        Self {
            address,
            dice: Rng::with_seed(seed),
        }
    }

    /// Lives until it is told to stop.
    pub(super) async fn live(mut self, stop: Arc<AtomicBool>) {
        while !stop.load(Ordering::Relaxed) {
            // However it ended, it has ended: the server may close first.
            let _ = timeout(PATIENCE, self.once()).await;
            sleep(Duration::from_millis(self.dice.u64(1..50))).await;
        }
    }

    async fn once(&mut self) -> io::Result<()> {
        let socket = TcpSocket::new_v4()?;
        let kind = self.dice.u8(0..9);
        if kind == DEAF {
            socket.set_recv_buffer_size(4096)?;
        }
        let mut stream = socket.connect(self.address).await?;
        match kind {
            DEAF => self.deaf(&mut stream).await,
            1 => self.unfinished(&mut stream).await,
            2 => self.flood(&mut stream).await,
            3 => self.abandon_file(&mut stream).await,
            4 => self.idle(&mut stream).await,
            5 => {
                self.talk(&mut stream).await?;
                stream.set_zero_linger()
            }
            6 => {
                self.talk(&mut stream).await?;
                stream.shutdown().await?;
                to_end(&mut stream).await
            }
            _ => {
                self.talk(&mut stream).await?;
                stream.write_all(b"quit\n").await?;
                to_end(&mut stream).await
            }
        }
    }

    /// Asks and hears.
    async fn talk(&mut self, stream: &mut TcpStream) -> io::Result<()> {
        let mut buffer = vec![0; 16 * 1024];
        for _ in 0..self.dice.u32(1..40) {
            let number = self.dice.u32(0..50);
            let line = match self.dice.u8(0..10) {
                0 => format!("roomChange room{number}\n"),
                1 => format!("paramAdd key{number}=value\nparamsView\n"),
                2 => format!("cacheTest key=k{number} value=v\n"),
                3 => format!("{{\"action\":\"status\",\"messageId\":{number}}}\n"),
                4 => "roomView\ndetailsView\n".to_owned(),
                5 => format!("nope{number}\n{{\"bad\n"),
                _ => format!("say {}\n", "x".repeat(number as usize * 10 + 1)),
            };
            stream.write_all(line.as_bytes()).await?;
            if stream.read(&mut buffer).await? == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Is spoken to and does not hear, until it is closed.
    async fn deaf(&mut self, stream: &mut TcpStream) -> io::Result<()> {
        for _ in 0..200 {
            stream
                .write_all("actionsView\n".repeat(50).as_bytes())
                .await?;
            sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    }

    /// Never ends its line.
    async fn unfinished(&mut self, stream: &mut TcpStream) -> io::Result<()> {
        stream.write_all(b"say never").await?;
        to_end(stream).await
    }

    /// Lines beyond every limit.
    async fn flood(&mut self, stream: &mut TcpStream) -> io::Result<()> {
        let piece = vec![b'x'; 100_000];
        for _ in 0..self.dice.u32(1..15) {
            stream.write_all(&piece).await?;
            if self.dice.bool() {
                stream.write_all(b"\n").await?;
            }
        }
        stream.shutdown().await?;
        to_end(stream).await
    }

    /// Takes a part of a file.
    async fn abandon_file(&mut self, stream: &mut TcpStream) -> io::Result<()> {
        stream.write_all(b"file fileName=file\n").await?;
        let mut part = vec![0; self.dice.usize(1..1 << 20)];
        stream.read_exact(&mut part).await?;
        Ok(())
    }

    /// Hears signs of life.
    async fn idle(&mut self, stream: &mut TcpStream) -> io::Result<()> {
        let wait = Duration::from_millis(self.dice.u64(0..4000));
        let _ = timeout(wait, to_end(stream)).await;
        Ok(())
    }
}

const DEAF: u8 = 0;

async fn to_end(stream: &mut TcpStream) -> io::Result<()> {
    let mut buffer = [0; 4096];
    while stream.read(&mut buffer).await? > 0 {}
    Ok(())
}
