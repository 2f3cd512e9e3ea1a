//! Several nodes over Redis or Valkey: rooms by pub/sub, members as sets under leases, the cache.
//!
//! From outside in: `bus` (what the hub asks), `link` (one session after another), `session`, in which run `publisher`,
//! `members`, `pulse` and `reaper`; `inlet` takes what comes from other nodes. They share `common`. What they ask goes by a
//! `route`: to the one Redis, or to the master of a `cluster` that has the key.

mod address;
mod bus;
mod cluster;
mod common;
mod connect;
mod dial;
mod dirty;
mod ended;
mod frame;
mod heard;
mod inlet;
mod keys;
mod lease;
mod link;
mod members;
mod outside;
mod pace;
mod publisher;
mod pulse;
mod queue;
mod reaper;
mod route;
mod session;
mod slots;
mod store;
mod totals;
mod view;

use crate::hub::bus::{Bus, Local};
use crate::hub::id::NodeId;
use crate::hub::store::{Cache, Store};
use crate::transport::tls::{TlsError, client};
use address::Address;
use connect::Options;
#[cfg(feature = "fuzz")]
pub use outside::{Dialled, Outside, Stream};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::ClientConfig;

/// The application's name, unless it is given.
pub(crate) const APP: &str = "actionline";
/// What a URL must be.
pub(crate) const URL: &str = "such as redis://host:6379 or, for TLS, rediss://host:6379";
/// What an application's name must be.
pub(crate) const NAMED: &str = "1 to 64 letters, digits, dots, dashes or underscores";
/// Nothing that Redis is asked takes longer, unless it is said.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(1);

/// A Redis or Valkey over which several servers share their rooms and a cache.
///
/// ```no_run
/// # use actionline::{ActionSet, Backplane, Server};
/// # async fn run(actions: &'static ActionSet) -> Result<(), Box<dyn std::error::Error>> {
/// let backplane = Backplane::new("redis://10.0.0.7:6379")?.app("scores")?;
/// let server = Server::new(actions).backplane(backplane);
/// let cache = server.cache();
/// server.state(cache).bind("0.0.0.0:5000").await?.serve().await?;
/// # Ok(())
/// # }
/// ```
///
/// A server starts without Redis and goes on without it: clients reach those of their own node then, and are told so
/// (`"scope":"local"`). The link comes back by itself. Whoever can write to Redis can speak in any room: keep it from
/// strangers.
#[derive(Debug, Clone)]
pub struct Backplane {
    options: Options,
    app: String,
}

/// What is wrong with a [`Backplane`].
#[derive(Debug, thiserror::Error)]
pub enum BackplaneError {
    /// The URL cannot be read.
    #[error("the backplane's URL must be {URL}")]
    Url,
    /// There is a user or a password in the URL, which is logged.
    #[error(
        "the backplane's URL must be without user and password: give them with `Backplane::login`"
    )]
    Login,
    /// The application's name cannot be part of a key.
    #[error("the backplane's app must be {NAMED}")]
    App,
    /// The time is none.
    #[error("the backplane's timeout must be longer than nothing")]
    Timeout,
    /// TLS without roots, or roots without TLS.
    #[error(
        "the backplane needs roots for rediss://, and for nothing else: name their file, such as /etc/ssl/certs/ca-certificates.crt"
    )]
    Roots,
    /// A database of a cluster, which has but one.
    #[error("a cluster has no databases: leave out what follows the port in the backplane's URL")]
    Database,
    /// A file cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// Files for a [`Backplane`] over TLS, PEM.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackplaneTls {
    /// The roots that its certificate is held against.
    pub ca: PathBuf,
    /// This node's own certificate and those between it and a root, if it is asked for one.
    pub cert: Option<PathBuf>,
    /// The private key of that.
    pub key: Option<PathBuf>,
}

impl Backplane {
    /// A Redis at `redis://host:port`; the port is 6379, unless given. `/1` behind it is a database for the cache and the
    /// members; messages know no databases.
    ///
    /// # Errors
    /// The URL is another, or holds a user or a password; it is not repeated then.
    pub fn new(url: &str) -> Result<Self, BackplaneError> {
        let address = Address::read(url)?;
        match address.tls {
            false => Ok(Self::at(address, None)),
            true => Err(BackplaneError::Roots),
        }
    }

    /// The same over TLS: `rediss://host:port`.
    ///
    /// # Errors
    /// As [`Backplane::new`]; or a file cannot be used.
    pub fn tls(url: &str, files: &BackplaneTls) -> Result<Self, BackplaneError> {
        let address = Address::read(url)?;
        if !address.tls {
            return Err(BackplaneError::Roots);
        }
        let own = files.cert.as_deref().zip(files.key.as_deref());
        let config = client(&files.ca, own)?;
        Ok(Self::at(address, Some(Arc::new(config))))
    }

    fn at(address: Address, tls: Option<Arc<ClientConfig>>) -> Self {
        Self {
            options: Options {
                address,
                login: None,
                tls,
                sharded: false,
                timeout: TIMEOUT,
                outside: None,
            },
            app: APP.to_owned(),
        }
    }

    /// Names the application, `actionline` unless named: servers of one name share rooms, others keep theirs apart.
    ///
    /// # Errors
    /// The name is not 1 to 64 ASCII letters, digits, dots, dashes or underscores.
    pub fn app(mut self, name: &str) -> Result<Self, BackplaneError> {
        if !keys::is_app(name) {
            return Err(BackplaneError::App);
        }
        name.clone_into(&mut self.app);
        Ok(self)
    }

    /// Logs in; without a user as `default`. Neither is ever logged.
    #[must_use]
    pub fn login(mut self, user: Option<&str>, password: &str) -> Self {
        self.options.login = Some((user.map(str::to_owned), password.to_owned()));
        self
    }

    /// It is a Redis Cluster or a Valkey Cluster, of version 7 or later: rooms are spread over its masters, each with a pair of
    /// connections, and messages go by sharded pub/sub. The URL names one of its nodes; the others are asked of that one, so
    /// the addresses that they announce have to be in reach.
    ///
    /// # Errors
    /// The URL names a database.
    pub fn sharded(mut self) -> Result<Self, BackplaneError> {
        if self.options.address.database != 0 {
            return Err(BackplaneError::Database);
        }
        self.options.sharded = true;
        Ok(self)
    }

    /// How long Redis may take for anything, a second unless set; then what waits is told that it reached this node only,
    /// and the link is tried anew.
    ///
    /// # Errors
    /// The time is zero.
    pub fn timeout(mut self, timeout: Duration) -> Result<Self, BackplaneError> {
        if timeout.is_zero() {
            return Err(BackplaneError::Timeout);
        }
        self.options.timeout = timeout;
        Ok(self)
    }

    /// Over another network, with its time of day.
    #[cfg(feature = "fuzz")]
    #[doc(hidden)]
    #[must_use]
    pub fn outside(mut self, outside: Arc<dyn Outside>) -> Self {
        self.options.outside = Some(outside);
        self
    }

    /// The cache, and what starts the bus. They share a connection.
    pub(crate) fn parts(
        self,
    ) -> (
        Cache,
        impl FnOnce(Arc<dyn Local>) -> Arc<dyn Bus> + Send + 'static,
    ) {
        let commands = Arc::<common::Commands>::default();
        let keys = Arc::new(keys::Keys::new(&self.app));
        let store: Arc<dyn Store> = Arc::new(store::Shared {
            commands: commands.clone(),
            keys: keys.clone(),
            timeout: self.options.timeout,
        });
        let start = move |local| -> Arc<dyn Bus> {
            let (node, options) = (NodeId::random(), Arc::new(self.options));
            let core = common::Core::new(node, local, options, keys, commands);
            Arc::new(bus::RedisBus::start(core))
        };
        (Cache::shared(store), start)
    }
}
