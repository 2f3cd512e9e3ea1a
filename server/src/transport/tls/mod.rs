//! TLS 1.2 and 1.3 around any listener. The handshake runs in the client's own task, so that nobody else waits for it.

mod files;

use super::accept::Listener;
use crate::clock::Clock;
use crate::connection::Identity;
#[cfg(feature = "redis")]
pub(crate) use files::client;
pub use files::{Clients, Tls, TlsError, TlsFiles};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::{Accept, TlsAcceptor, server::TlsStream};

/// A listener whose clients speak TLS.
#[derive(Debug)]
pub struct TlsListener<L> {
    inner: L,
    tls: Tls,
}

impl<L> TlsListener<L> {
    /// Speaks TLS with the clients of `inner`.
    pub fn new(inner: L, tls: Tls) -> Self {
        Self { inner, tls }
    }

    /// The listener inside.
    pub fn inner(&self) -> &L {
        &self.inner
    }
}

impl<L: Listener> Listener for TlsListener<L> {
    type Io = TlsIo<L::Io>;
    const GREETS: bool = true;

    fn tend(&self, clock: Arc<dyn Clock>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let (tls, inner) = (self.tls.clone(), self.inner.tend(Arc::clone(&clock)));
        Box::pin(async move {
            tokio::select! {
                () = tls.watch(&*clock) => {}
                () = inner => {}
            }
        })
    }

    async fn accept(&mut self) -> io::Result<(Self::Io, Option<SocketAddr>)> {
        let (io, peer) = self.inner.accept().await?;
        let acceptor = TlsAcceptor::from(self.tls.keys());
        Ok((TlsIo(Step::Greeting(Box::new(acceptor.accept(io)))), peer))
    }

    async fn greet(io: &mut Self::Io) -> io::Result<Option<Identity>> {
        let Step::Greeting(accept) = std::mem::replace(&mut io.0, Step::Failed) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let stream = accept.await?;
        let certificates = stream.get_ref().1.peer_certificates();
        let identity = certificates.and_then(|all| files::identity(all.first()?));
        io.0 = Step::Open(Box::new(stream));
        Ok(identity)
    }
}

/// A client's bytes, encrypted on the wire.
pub struct TlsIo<S>(Step<S>);

enum Step<S> {
    Greeting(Box<Accept<S>>),
    Open(Box<TlsStream<S>>),
    Failed,
}

impl<S> std::fmt::Debug for TlsIo<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TlsIo")
    }
}

impl<S> TlsIo<S> {
    fn open(self: Pin<&mut Self>) -> io::Result<Pin<&mut TlsStream<S>>>
    where
        S: Unpin,
    {
        match &mut self.get_mut().0 {
            Step::Open(stream) => Ok(Pin::new(&mut **stream)),
            // Nothing is said before the handshake: not even to who is turned away.
            Step::Greeting(_) | Step::Failed => Err(io::ErrorKind::NotConnected.into()),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for TlsIo<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.open()?.poll_read(cx, buf)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for TlsIo<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.open()?.poll_write(cx, buf)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.open()?.poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.open()?.poll_shutdown(cx)
    }
}
