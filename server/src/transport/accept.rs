//! Accepts connections, as many as there is room for, and gives each a task of its own.

use crate::app::App;
use crate::connection::Connection;
use crate::memory::Step;
use crate::protocol::output::{Output, Pending};
use crate::protocol::push;
use crate::session::Session;
use crate::transport::admission::{Admission, Place};
use crate::transport::stream;
use actionline_specs::limits::Limits;
use actionline_specs::wire::Reason;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_util::task::TaskTracker;

/// Where clients come from: [`Tcp`](super::tcp::Tcp), or anything else that yields byte streams.
pub trait Listener: Send + 'static {
    /// The bytes of one client. What is flushed is to be sent at once.
    type Io: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    /// The address where others than this machine reach the server, if they do and nothing protects what is sent. A server
    /// whose specs have no `requires` refuses to start there, unless [`Config::allow_insecure`](crate::Config).
    fn exposed(&self) -> Option<SocketAddr> {
        None
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

/// File descriptors that connections leave to other uses: files that are sent, logs, the runtime's own.
const SPARED: u64 = 64;

/// So many clients at once are told that there is no room for them, and so long; others are closed without a word.
const TOLD: usize = 64;
const TELLING: Duration = Duration::from_secs(1);

/// Accepts until it is dropped.
pub(crate) async fn accept(mut listener: impl Listener, app: App, tasks: TaskTracker) {
    let config = &app.shared.config;
    let most = most(&config.limits);
    let admission = Admission::new(most, &config.limits, &config.exempt);
    let told = Arc::new(Semaphore::new(TOLD));
    let mut failed = 0u64;
    loop {
        match listener.accept().await {
            Ok((io, peer)) => {
                failed = 0;
                let address = peer.map(|peer| peer.ip());
                let place = match app.shared.memory.sheds(Step::Connections) {
                    true => Err(Reason::ShortOfMemory),
                    false => admission.admit(address, app.shared.clock.now()),
                };
                match place {
                    Ok(place) => start(io, peer, place, &app, &tasks),
                    Err(reason) => {
                        tracing::debug!(?peer, reason = reason.word(), "turned away");
                        app.shared.hub.local.stats.refused();
                        if let Ok(permit) = Arc::clone(&told).try_acquire_owned() {
                            tasks.spawn(async move {
                                turn_away(io, peer, reason).await;
                                drop(permit);
                            });
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

/// Most connections: the limit, or what the process may open.
fn most(limits: &Limits) -> usize {
    let wanted = limits.connections;
    let most = open_files().map_or(wanted, |files| {
        wanted.min(files.saturating_sub(SPARED).max(1))
    });
    if most < wanted {
        tracing::warn!(
            "the process may open few files: {most} connections at once, not {wanted}; raise it with `ulimit -n`"
        );
    }
    most as usize
}

/// Most files that the process may open, if there is such a number.
fn open_files() -> Option<u64> {
    #[cfg(unix)]
    {
        rustix::process::getrlimit(rustix::process::Resource::Nofile).current
    }
    #[cfg(not(unix))]
    {
        None
    }
}

/// The client was gone before it was accepted.
fn is_the_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

fn start(
    io: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Option<SocketAddr>,
    place: Place,
    app: &App,
    tasks: &TaskTracker,
) {
    let conn = Connection::open(&app.shared, peer, app.shared.initial);
    tracing::debug!(conn = %conn.id(), ?peer, "connected");
    tasks.spawn(stream::drive(io, app, Session::new(conn), place));
}

/// Says why there is no room.
async fn turn_away(
    mut io: impl AsyncRead + AsyncWrite + Unpin,
    peer: Option<SocketAddr>,
    reason: Reason,
) {
    let mut out = Output::default();
    let wait = push::retry_after_ms(peer.map_or(0, |peer| peer.port().into()));
    out.push(&push::goodbye(reason, Some(wait)));
    let Pending::Lines(line) = out.pending() else {
        return;
    };
    // Whether it arrives is of no consequence here.
    let _ = timeout(TELLING, async {
        io.write_all(line).await?;
        io.shutdown().await
    })
    .await;
}
