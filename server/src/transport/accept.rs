//! Accepts connections, as many as there is room for, and gives each a task of its own.

use crate::app::App;
use crate::clock::Clock;
use crate::connection::Identity;
use crate::memory::Step;
use crate::process;
use crate::transport::admission::Admission;
use crate::transport::door::{greet, open};
use crate::transport::farewell::Farewell;
use crate::transport::stream;
use actionline_specs::limits::InForce;
use actionline_specs::wire::Reason;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{sleep, timeout};
use tokio_util::task::TaskTracker;

/// Where clients come from: [`Tcp`](super::tcp::Tcp), or anything else that yields byte streams.
pub trait Listener: Send + 'static {
    /// The bytes of one client. What is flushed is to be sent at once.
    type Io: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    /// Whether a client is greeted before anything is said: see [`Listener::greet`].
    const GREETS: bool = false;

    /// Does what has to be done before the first byte of a client counts, such as a handshake. It runs in the client's own
    /// task, for the time of the limit `login-time` at most, and only where [`Listener::GREETS`] says so. An error ends
    /// the connection.
    fn greet(_io: &mut Self::Io) -> impl Future<Output = io::Result<Option<Identity>>> + Send {
        std::future::ready(Ok(None))
    }

    /// The address where others than this machine reach the server, if they do and nothing protects what is sent. A server
    /// whose specs have no `requires` and that has no [`Access`](crate::Access) refuses to start there, unless [`Config::allow_insecure`](crate::Config).
    fn exposed(&self) -> Option<SocketAddr> {
        None
    }

    /// Looks after what changes with time, such as certificates that end, for as long as the server serves; never done.
    /// There is nothing to look after unless this is written.
    fn tend(&self, _clock: Arc<dyn Clock>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }

    /// Waits for the next client; with its address, if it has one.
    ///
    /// Errors are not the end: the server goes on accepting, after a pause.
    fn accept(&mut self)
    -> impl Future<Output = io::Result<(Self::Io, Option<SocketAddr>)>> + Send;
}

/// How long to wait when the operating system has no file descriptors left and no client leaves.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// How long in any case: clients that come and go through the last descriptors must not take a core.
const BREATH: Duration = Duration::from_millis(2);

/// File descriptors that connections leave to other uses: files that are sent, logs, the runtime's own, clients that are
/// turned away.
const SPARED: u64 = 64;

/// Accepts until it is dropped.
pub(crate) async fn accept<L: Listener>(mut listener: L, app: App, tasks: TaskTracker) {
    let limits = &app.shared.limits;
    let admission = Admission::new(most(limits), &app.shared.config.exempt);
    let farewell = Farewell::default();
    let mut failed = 0u64;
    loop {
        match listener.accept().await {
            Ok((io, peer)) => {
                failed = 0;
                let address = peer.map(|peer| peer.ip());
                let place = match app.shared.memory.sheds(Step::Connections) {
                    true => Err(Reason::ShortOfMemory),
                    false => admission.admit(address, limits, app.shared.clock.now()),
                };
                match place {
                    Ok(place) if L::GREETS || app.access.is_some() => {
                        let app = app.clone();
                        tasks.spawn(async move { greet::<L>(io, peer, place, &app).await });
                    }
                    Ok(place) => {
                        let session = open(peer, None, 0, &app);
                        tasks.spawn(stream::drive(io, &app, session, place));
                    }
                    Err(reason) => {
                        tracing::debug!(
                            peer = peer.map(tracing::field::display),
                            reason = reason.word(),
                            "turned away"
                        );
                        app.shared.hub.local.stats.refused(reason);
                        if let Some(said) = farewell.say(io, peer, reason, &app.shared.clock) {
                            tasks.spawn(said);
                        }
                    }
                }
            }
            Err(error) if is_the_clients(&error) => {}
            Err(error) => {
                // Said once, not ten times a second.
                if failed == 0 {
                    tracing::warn!(%error, "cannot accept connections; trying on");
                }
                failed += 1;
                // A client that leaves makes room.
                sleep(BREATH).await;
                let _ = timeout(EXHAUSTED, admission.left()).await;
            }
        }
    }
}

/// Most connections that the process may have, whatever the limit says.
fn most(limits: &InForce) -> u64 {
    let wanted = limits.connections();
    let most = process::most_files().map_or(u64::MAX, |files| files.saturating_sub(SPARED).max(1));
    if most < wanted {
        tracing::warn!(
            "the process may open few files: {most} connections at once, not {wanted}; raise it with `ulimit -n`"
        );
    }
    most
}

/// The client was gone before it was accepted.
fn is_the_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}
