//! TCP.

use super::accept::Listener;
use std::io;
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpStream, ToSocketAddrs};

/// Listens on a TCP port.
#[derive(Debug)]
pub struct Tcp {
    listener: TcpListener,
    address: SocketAddr,
}

impl Tcp {
    /// Listens on an address; port 0 takes a free one.
    ///
    /// # Errors
    /// What the operating system says.
    pub async fn bind(address: impl ToSocketAddrs) -> io::Result<Self> {
        TcpListener::bind(address).await?.try_into()
    }

    /// Where it listens.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }
}

/// A listener made elsewhere, such as one that a process manager has opened.
impl TryFrom<TcpListener> for Tcp {
    type Error = io::Error;

    fn try_from(listener: TcpListener) -> io::Result<Self> {
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }
}

impl Listener for Tcp {
    type Io = TcpStream;

    fn exposed(&self) -> Option<SocketAddr> {
        let own = self.address.ip().to_canonical().is_loopback();
        (!own).then_some(self.address)
    }

    async fn accept(&mut self) -> io::Result<(TcpStream, Option<SocketAddr>)> {
        let (stream, peer) = self.listener.accept().await?;
        // One write a batch is small and must not wait for the client's acknowledgement.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%peer, %error, "cannot turn Nagle's algorithm off");
        }
        Ok((stream, Some(peer)))
    }
}
