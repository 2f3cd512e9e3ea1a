//! TCP: accepts connections and gives each a task of its own.

use crate::app::App;
use crate::connection::Connection;
use crate::protocol::output::{Output, Pending};
use crate::protocol::push;
use crate::session::Session;
use crate::transport::admission::{Admission, Place};
use crate::transport::stream;
use actionline_specs::limits::Limits;
use actionline_specs::wire::Reason;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::TaskTracker;

/// How long to wait when the operating system has no file descriptors left.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// File descriptors that connections leave to other uses: files that are sent, logs, the runtime's own.
const SPARED: u64 = 64;

/// Accepts until it is dropped.
pub(crate) async fn accept(listener: TcpListener, app: App, tasks: TaskTracker) {
    let config = &app.shared.config;
    let most = most(&config.limits);
    let admission = Admission::new(most, &config.limits, &config.exempt);
    let mut refused = 0u64;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                refused = 0;
                match admission.admit(peer.ip(), app.shared.clock.now()) {
                    Ok(place) => start(stream, peer, place, &app, &tasks),
                    Err(reason) => turn_away(&stream, peer, reason, &app),
                }
            }
            Err(error) if is_the_clients(&error) => {}
            Err(error) => {
                // Said once, not ten times a second.
                if refused == 0 {
                    tracing::warn!(%error, "cannot accept connections; trying on");
                }
                refused += 1;
                tokio::time::sleep(EXHAUSTED).await;
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

fn start(stream: TcpStream, peer: SocketAddr, place: Place, app: &App, tasks: &TaskTracker) {
    // One write a batch is small and must not wait for the client's acknowledgement.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%peer, %error, "cannot turn Nagle's algorithm off");
    }
    let conn = Connection::open(&app.shared, Some(peer));
    tracing::debug!(conn = %conn.id(), %peer, "connected");
    tasks.spawn(stream::drive(stream, app, Session::new(conn), place));
}

/// Says why there is no room, as far as the socket takes it at once: nobody waits for a client that is refused.
fn turn_away(stream: &TcpStream, peer: SocketAddr, reason: Reason, app: &App) {
    tracing::debug!(%peer, reason = reason.word(), "turned away");
    app.shared.hub.local.stats.refused();
    let mut out = Output::default();
    let wait = push::retry_after_ms(peer.port().into());
    out.push(&push::goodbye(reason, Some(wait)));
    if let Pending::Lines(line) = out.pending() {
        // Whether it arrives is of no consequence here.
        let _ = stream.try_write(line);
    }
}
