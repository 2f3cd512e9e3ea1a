//! The simulated network and its time as the server sees them.

use actionline::{Clock, Listener};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use turmoil::net::{TcpListener, TcpStream};

/// The port of the server.
pub const PORT: u16 = 5000;

/// Where its clients come from.
pub struct Net(TcpListener);

impl Net {
    pub async fn listen() -> io::Result<Self> {
        TcpListener::bind(("0.0.0.0", PORT)).await.map(Self)
    }
}

impl Listener for Net {
    type Io = Wire;

    async fn accept(&mut self) -> io::Result<(Wire, Option<SocketAddr>)> {
        let (stream, peer) = self.0.accept().await?;
        Ok((Wire::from(stream), Some(peer)))
    }
}

/// A stream whose sending half may be closed twice, as with a real one.
pub struct Wire {
    stream: TcpStream,
    shut: bool,
}

impl From<TcpStream> for Wire {
    fn from(stream: TcpStream) -> Self {
        Self {
            stream,
            shut: false,
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.shut {
            ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
            self.shut = true;
        }
        Poll::Ready(Ok(()))
    }
}

/// The simulation's time.
#[derive(Debug)]
pub struct SimClock;

impl Clock for SimClock {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn utc(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH + now()
    }

    fn sleep_until(&self, at: Instant) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep_until(at.into()))
    }
}

/// Time since the start, the same on every host.
pub fn now() -> Duration {
    turmoil::sim_elapsed().unwrap_or_default()
}
