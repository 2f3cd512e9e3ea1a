//! Accepts connections, as many as there is room for, and gives each a task of its own.

use crate::access::Client;
use crate::app::App;
use crate::connection::{Connection, Identity};
use crate::hub::stopping;
use crate::memory::Step;
use crate::protocol::output::{Output, Pending};
use crate::protocol::push;
use crate::rights::Bits;
use crate::session::Session;
use crate::transport::admission::{Admission, Place};
use crate::transport::stream;
use actionline_specs::limits::{self, InForce};
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
pub(crate) async fn accept<L: Listener>(mut listener: L, app: App, tasks: TaskTracker) {
    let limits = &app.shared.limits;
    let admission = Admission::new(most(limits), &app.shared.config.exempt);
    let told = Arc::new(Semaphore::new(TOLD));
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
                        tracing::debug!(?peer, reason = reason.word(), "turned away");
                        app.shared.hub.local.stats.refused(reason);
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

/// Most connections that the process may have, whatever the limit says.
fn most(limits: &InForce) -> u64 {
    let wanted = limits.connections();
    let most = open_files().map_or(u64::MAX, |files| files.saturating_sub(SPARED).max(1));
    if most < wanted {
        tracing::warn!(
            "the process may open few files: {most} connections at once, not {wanted}; raise it with `ulimit -n`"
        );
    }
    most
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

fn open(peer: Option<SocketAddr>, identity: Option<Identity>, granted: Bits, app: &App) -> Session {
    let rights = app.shared.initial | granted;
    let conn = Connection::open(&app.shared, peer, identity, rights);
    tracing::debug!(conn = %conn.id(), ?peer, "connected");
    Session::new(conn, app.access.clone())
}

/// The rights with which the application lets a client in; none: it does not.
async fn admitted(client: Client<'_>, app: &App) -> Option<Bits> {
    let Some(hook) = &app.access else {
        return Some(0);
    };
    let shared = &app.shared;
    let patience = Duration::from_secs(shared.limits.access_time());
    let late = shared.clock.sleep_until(shared.clock.now() + patience);
    let names = tokio::select! {
        names = hook.connect(&client) => names?,
        () = late => {
            tracing::warn!("denied, for the access hook took too long");
            shared.hub.local.stats.limited(limits::ACCESS_TIME.name);
            return None;
        }
    };
    let mut rights = 0;
    for name in names {
        match shared.rights.bit(&name) {
            Some(bit) => rights |= bit,
            None => {
                tracing::error!(
                    right = name,
                    "denied, for no spec names a right that the access hook gives"
                );
                return None;
            }
        }
    }
    Some(rights)
}

/// Greets a client, then serves it.
async fn greet<L: Listener>(mut io: L::Io, peer: Option<SocketAddr>, place: Place, app: &App) {
    let shared = &app.shared;
    let patience = Duration::from_secs(shared.limits.login_time());
    let late = shared.clock.sleep_until(shared.clock.now() + patience);
    let greeted = tokio::select! {
        greeted = L::greet(&mut io) => greeted,
        () = late => Err(io::ErrorKind::TimedOut.into()),
        () = shared.stopping.cancelled() => return,
    };
    let identity = match greeted {
        Ok(identity) => identity,
        Err(error) => {
            tracing::debug!(?peer, %error, "a client was not ready to talk");
            return;
        }
    };
    let client = Client {
        peer,
        identity: identity.as_ref(),
    };
    let admitted = tokio::select! {
        admitted = admitted(client, app) => admitted,
        () = shared.stopping.cancelled() => return,
    };
    let Some(granted) = admitted else {
        tracing::debug!(?peer, "denied");
        shared.hub.local.stats.refused(Reason::Denied);
        return turn_away(io, peer, Reason::Denied).await;
    };
    let session = open(peer, identity, granted, app);
    if shared.stopping.is_cancelled() {
        // Whoever says goodbye to everybody may have been by already.
        let id = session.conn().id();
        session.conn().outbox().end(stopping(id));
    }
    // How a connection ends concerns nobody else.
    let _ = stream::drive(io, app, session, place).await;
}

/// Says why there is no room.
async fn turn_away(
    mut io: impl AsyncRead + AsyncWrite + Unpin,
    peer: Option<SocketAddr>,
    reason: Reason,
) {
    let mut out = Output::default();
    // Who is denied is so later, too.
    let wait = (reason != Reason::Denied)
        .then(|| push::retry_after_ms(peer.map_or(0, |peer| peer.port().into())));
    out.push(&push::goodbye(reason, wait));
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
