//! The server's builder: spec sets, state and settings in; a bound server out.

mod bound;

use crate::access::{Access, Hook};
use crate::action::ActionSet;
use crate::address::Logins;
use crate::app::App;
#[cfg(feature = "redis")]
use crate::backplane::Backplane;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::description::Description;
use crate::error::Error;
use crate::gauge::Sum;
use crate::hub::Hub;
use crate::hub::bus::{Bus, Local};
use crate::hub::id::NodeId;
use crate::hub::store::Cache;
use crate::memory::Memory;
use crate::meter::Meter;
use crate::protocol::push;
use crate::rights::Bits;
use crate::shared::Shared;
use crate::state::States;
use crate::table::Table;
use crate::transport::accept::Listener;
use crate::transport::tcp::Tcp;
#[cfg(feature = "tls")]
use crate::transport::tls::{Tls, TlsListener};
use actionline_specs::limits::InForce;
use actionline_specs::{fill, wire};
pub use bound::Bound;
use std::fmt;
use std::sync::{Arc, OnceLock};
use tokio::net::ToSocketAddrs;
use tokio_util::sync::CancellationToken;

/// A server that is being put together.
///
/// ```no_run
/// # use actionline::{ActionSet, Server};
/// # async fn run(actions: &'static ActionSet) -> Result<(), actionline::Error> {
/// Server::new(actions).bind("127.0.0.1:5000").await?.serve().await
/// # }
/// ```
#[derive(Debug)]
pub struct Server {
    sets: Vec<&'static ActionSet>,
    states: States,
    config: Config,
    clock: Arc<dyn Clock>,
    bus: Option<BusStart>,
    cache: Cache,
    access: Option<Hook>,
    /// Everybody may do everything.
    open: bool,
}

/// Links this node to the others.
type Link = dyn FnOnce(Arc<dyn Local>) -> Arc<dyn Bus> + Send;

struct BusStart(Box<Link>);

impl fmt::Debug for BusStart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BusStart")
    }
}

impl Server {
    /// A server of these actions, as `actions!` makes them.
    pub fn new(actions: &'static ActionSet) -> Self {
        Self {
            sets: vec![actions],
            states: States::default(),
            config: Config::default(),
            clock: Arc::new(SystemClock),
            bus: None,
            cache: Cache::default(),
            access: None,
            open: false,
        }
    }

    /// Serves another set of actions as well. A name that two sets declare keeps the server from starting.
    #[must_use]
    pub fn mount(mut self, actions: &'static ActionSet) -> Self {
        self.sets.push(actions);
        self
    }

    /// Gives the handlers a value: they take it as [`State<'_, T>`](crate::State). One value a type; a second one
    /// replaces the first.
    #[must_use]
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.states.insert(value);
        self
    }

    /// Sets everything that can be set; see [`Config`].
    #[must_use]
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Takes the time from another clock.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Links the server to other nodes: `start` gets this node and answers the bus that speaks for the others.
    #[must_use]
    pub fn bus(
        mut self,
        start: impl FnOnce(Arc<dyn Local>) -> Arc<dyn Bus> + Send + 'static,
    ) -> Self {
        self.bus = Some(BusStart(Box::new(start)));
        self
    }

    /// Shares rooms and the cache with every other server that has this backplane; see [`Backplane`]. Bind it within a
    /// tokio runtime.
    #[cfg(feature = "redis")]
    #[must_use]
    pub fn backplane(mut self, backplane: Backplane) -> Self {
        let (cache, start) = backplane.parts();
        self.cache = cache;
        self.bus(start)
    }

    /// The cache for the application's own state: shared by all nodes if the server was given a backplane before; else
    /// in memory.
    pub fn cache(&self) -> Cache {
        self.cache.clone()
    }

    /// Asks the application who gets in and who may do what; see [`Access`]. A second one replaces the first.
    #[must_use]
    pub fn access(mut self, access: impl Access) -> Self {
        self.access = Some(Hook::new(access));
        self
    }

    /// Gives every client every right from the start.
    #[cfg(feature = "verify")]
    pub(crate) fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// Listens on an address; port 0 takes a free one. Nothing is accepted before [`Bound::serve`].
    ///
    /// # Errors
    /// The address cannot be listened on, strangers could reach it unprotected (see
    /// [`Config::allow_insecure`](crate::Config::allow_insecure)), or actions, handlers and state do not fit together.
    pub async fn bind(self, address: impl ToSocketAddrs + fmt::Debug) -> Result<Bound, Error> {
        let app = self.build()?;
        let listener = listen(&address).await?;
        bound(listener, app)
    }

    /// [`Server::bind`] for clients that speak TLS.
    ///
    /// # Errors
    /// The address cannot be listened on, or actions, handlers and state do not fit together.
    #[cfg(feature = "tls")]
    pub async fn bind_tls(
        self,
        address: impl ToSocketAddrs + fmt::Debug,
        tls: Tls,
    ) -> Result<Bound<TlsListener<Tcp>>, Error> {
        let app = self.build()?;
        let listener = listen(&address).await?;
        app.shared.certificate.get_or_init(|| tls.end());
        bound(TlsListener::new(listener, tls), app)
    }

    /// Takes its clients from a listener: one of this application's own, or no TCP at all.
    ///
    /// # Errors
    /// Strangers could reach it unprotected, or actions, handlers and state do not fit together.
    pub fn on<L: Listener>(self, listener: L) -> Result<Bound<L>, Error> {
        let app = self.build()?;
        bound(listener, app)
    }

    fn build(self) -> Result<App, Error> {
        let (table, specs, rights) = Table::new(&self.sets, &self.states)?;
        let welcome = self.config.welcome.clone().unwrap_or_else(|| {
            let title = specs.first().map_or("", |spec| &spec.info.title);
            fill(wire::WELCOME, &[("title", title)])
        });
        let hub = match self.bus {
            Some(start) => Hub::with_bus(start.0),
            None => Hub::solo(NodeId::random()),
        };
        let actions = specs.iter().flat_map(|spec| &spec.actions);
        let params = actions.flat_map(|action| &action.params);
        let secrets = params.filter(|param| param.secret);
        let shared = Shared {
            welcome: push::welcome(&welcome, &self.config.default_room),
            secrets: secrets.map(|param| param.name.clone()).collect(),
            description: Description::new(&specs),
            specs,
            initial: if self.open { Bits::MAX } else { 0 },
            rights,
            logins: Logins::default(),
            states: self.states,
            meter: self.config.measure.then(|| Meter::new(table.rows())),
            hub,
            stopping: CancellationToken::new(),
            started: self.clock.now(),
            clock: self.clock,
            actions: Arc::default(),
            memory: Memory::new(self.config.limits.memory as usize),
            saved: Sum::default(),
            certificate: OnceLock::new(),
            files: Arc::default(),
            address_files: Arc::default(),
            limits: InForce::new(&self.config.limits),
            processors: std::thread::available_parallelism().map_or(1, usize::from) as u64,
            config: self.config,
        };
        Ok(App {
            shared: Arc::new(shared),
            table: Arc::new(table),
            access: self.access,
        })
    }
}

async fn listen(address: &(impl ToSocketAddrs + fmt::Debug)) -> Result<Tcp, Error> {
    let listener = Tcp::bind(address).await;
    listener.map_err(|source| Error::Listen {
        address: plain(address),
        source,
    })
}

/// A server that may listen there.
fn bound<L: Listener>(listener: L, app: App) -> Result<Bound<L>, Error> {
    let asks = app.shared.rights.entry() != 0 || app.access.is_some();
    match listener.exposed() {
        Some(address) if !asks && !app.shared.config.allow_insecure => {
            Err(Error::Unprotected { address })
        }
        _ => Ok(Bound { listener, app }),
    }
}

/// An address as a person would write it: text without quotes.
fn plain(address: &impl fmt::Debug) -> String {
    format!("{address:?}").trim_matches('"').to_owned()
}
