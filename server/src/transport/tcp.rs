//! TCP: accepts connections and gives each a task of its own.

use crate::app::App;
use crate::connection::Connection;
use crate::session::Session;
use crate::transport::stream;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::TaskTracker;

/// How long to wait when the operating system has no file descriptors left.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// Accepts until it is dropped.
pub(crate) async fn accept(listener: TcpListener, app: App, tasks: TaskTracker) {
    let mut refused = 0u64;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                refused = 0;
                start(stream, peer, &app, &tasks);
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

/// The client was gone before it was accepted.
fn is_the_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

fn start(stream: TcpStream, peer: SocketAddr, app: &App, tasks: &TaskTracker) {
    // One write a batch is small and must not wait for the client's acknowledgement.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%peer, %error, "cannot turn Nagle's algorithm off");
    }
    let conn = Connection::open(&app.shared, Some(peer));
    tracing::debug!(conn = %conn.id(), %peer, "connected");
    tasks.spawn(stream::drive(stream, app, Session::new(conn)));
}
