//! Connections to Redis: two for a session, so that what the one may hold back never hits the answers of the other.

use super::address::Address;
use super::outside::Outside;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, ProtocolVersion, PushInfo, RedisConnectionInfo, cmd};
use std::convert::Infallible;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_util::task::AbortOnDropHandle;

/// How to reach Redis.
#[derive(Clone)]
pub(super) struct Options {
    pub(super) address: Address,
    pub(super) login: Option<(Option<String>, String)>,
    pub(super) tls: Option<Arc<ClientConfig>>,
    /// It is a cluster: the address is one of its nodes.
    pub(super) sharded: bool,
    /// Nothing that Redis is asked takes longer.
    pub(super) timeout: Duration,
    /// A simulation's network and time.
    pub(super) outside: Option<Arc<dyn Outside>>,
}

/// Without the login.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("address", &self.address)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// A connection, and the task that reads and writes it: it ends with the connection.
pub(super) struct Wire {
    pub(super) conn: MultiplexedConnection,
    pub(super) driver: AbortOnDropHandle<()>,
}

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreached {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("{0}")]
    Redis(#[from] redis::RedisError),
}

/// Connects; `take` gets what Redis pushes.
pub(super) async fn connect(
    options: &Options,
    address: &Address,
    name: &str,
    take: Option<impl Fn(PushInfo) + Send + Sync + 'static>,
) -> Result<Wire, Unreached> {
    let Address { host, port, .. } = address;
    if let Some(outside) = &options.outside {
        let stream = outside.dial(host, *port).await?;
        return named(speak(options, stream, take).await?, name).await;
    }
    let stream = TcpStream::connect((host.as_str(), *port)).await?;
    stream.set_nodelay(true)?;
    let wire = match &options.tls {
        None => speak(options, stream, take).await?,
        Some(config) => {
            let server = ServerName::try_from(host.clone()).map_err(io::Error::other)?;
            let connector = TlsConnector::from(config.clone());
            speak(options, connector.connect(server, stream).await?, take).await?
        }
    };
    named(wire, name).await
}

/// Tells its name, for whoever looks at `CLIENT LIST`. It may be forbidden.
async fn named(wire: Wire, name: &str) -> Result<Wire, Unreached> {
    let mut conn = wire.conn.clone();
    let mut named = cmd("CLIENT");
    let _ = conn
        .send_packed_command(named.arg("SETNAME").arg(name))
        .await?;
    Ok(wire)
}

async fn speak(
    options: &Options,
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    take: Option<impl Fn(PushInfo) + Send + Sync + 'static>,
) -> Result<Wire, Unreached> {
    let mut info = RedisConnectionInfo::default()
        .set_protocol(ProtocolVersion::RESP3)
        .set_db(options.address.database.into())
        .set_skip_set_lib_name();
    if let Some((user, password)) = &options.login {
        info = info.set_password(password);
        if let Some(user) = user {
            info = info.set_username(user);
        }
    }
    // Whoever asks sets the time.
    let mut config = AsyncConnectionConfig::new()
        .set_connection_timeout(None)
        .set_response_timeout(None);
    if let Some(take) = take {
        config = config.set_push_sender(move |push| {
            take(push);
            Ok::<_, Infallible>(())
        });
    }
    let (conn, driver) = MultiplexedConnection::new_with_config(&info, stream, config).await?;
    Ok(Wire {
        conn,
        driver: AbortOnDropHandle::new(tokio::spawn(driver)),
    })
}
