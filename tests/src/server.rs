//! A server within the test, on a free port.

use crate::client::{TestClient, soon};
use crate::clock::ManualClock;
use crate::lab::{Gates, LAB};
use crate::shipped::SHIPPED;
use actionline::bus::{Bus, Local};
use actionline::{Access, ActionSet, Backplane, Cache, Config, Files, Handle, Limits, Server};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A server that is being put together.
#[derive(Debug)]
pub struct Setup {
    server: Server,
    config: Config,
    gates: Gates,
}

impl Setup {
    /// A server of these actions alone.
    pub fn of(actions: &'static ActionSet) -> Self {
        let gates = Gates::default();
        Self {
            server: Server::new(actions).state(gates.clone()),
            config: Config::default(),
            gates,
        }
    }

    /// A server of the shipped actions, whose files are in `folder`.
    ///
    /// # Panics
    /// When the folder cannot be opened.
    pub fn shipped(folder: impl AsRef<Path>) -> Self {
        let files = Files::below(folder).expect("the public folder");
        Self::of(&SHIPPED).state(Cache::default()).state(files)
    }

    /// A server of the [`lab`](crate::lab)'s actions.
    pub fn lab() -> Self {
        Self::of(&LAB)
    }

    /// Changes the settings.
    #[must_use]
    pub fn config(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// Changes the limits.
    #[must_use]
    pub fn limits(self, change: impl FnOnce(&mut Limits)) -> Self {
        self.config(|config| change(&mut config.limits))
    }

    /// Serves the lab's actions as well.
    #[must_use]
    pub fn with_lab(mut self) -> Self {
        self.server = self.server.mount(&LAB);
        self
    }

    /// Gives the handlers a value.
    #[must_use]
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.server = self.server.state(value);
        self
    }

    /// Asks who gets in and who may do what.
    #[must_use]
    pub fn access(mut self, access: impl Access) -> Self {
        self.server = self.server.access(access);
        self
    }

    /// Takes the time from this clock.
    #[must_use]
    pub fn clock(mut self, clock: &ManualClock) -> Self {
        self.server = self.server.clock(Arc::new(clock.clone()));
        self
    }

    /// Links it to other nodes.
    #[must_use]
    pub fn bus(
        mut self,
        start: impl FnOnce(Arc<dyn Local>) -> Arc<dyn Bus> + Send + 'static,
    ) -> Self {
        self.server = self.server.bus(start);
        self
    }

    /// Links it to other nodes over Redis; they share the cache, too.
    #[must_use]
    pub fn backplane(mut self, backplane: Backplane) -> Self {
        self.server = self.server.backplane(backplane);
        let cache = self.server.cache();
        self.state(cache)
    }

    /// Starts it on the test's runtime.
    ///
    /// # Panics
    /// When it cannot start.
    pub async fn start(self) -> TestServer {
        self.start_on("127.0.0.1:0").await
    }

    /// Starts it on another address.
    ///
    /// # Panics
    /// When it cannot start.
    pub async fn start_on(self, address: &str) -> TestServer {
        let server = self.server.config(self.config);
        let bound = server.bind(address).await;
        let bound = bound.unwrap_or_else(|error| panic!("the server does not start: {error}"));
        let (stop, stopped) = oneshot::channel();
        TestServer {
            address: bound.local_addr(),
            handle: bound.handle(),
            gates: self.gates,
            stop: Some(stop),
            task: tokio::spawn(bound.serve_until(async {
                // A server whose test is gone stops too.
                let _ = stopped.await;
            })),
        }
    }
}

/// A running server; it stops when it is dropped.
#[derive(Debug)]
pub struct TestServer {
    address: SocketAddr,
    handle: Handle,
    gates: Gates,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<Result<(), actionline::Error>>,
}

impl TestServer {
    /// A server of the [`lab`](crate::lab)'s actions with default settings.
    pub async fn lab() -> Self {
        Setup::lab().start().await
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The application's handle on it.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Whether it is linked to other nodes: what is said reaches them.
    pub async fn is_linked(&self) -> bool {
        let mut client = self.client().await;
        let moved = client.ask_json("roomChange probe").await;
        moved["scope"].is_null()
    }

    /// What the lab's slow actions wait for.
    pub fn gates(&self) -> &Gates {
        &self.gates
    }

    /// A client that has read its welcome.
    pub async fn client(&self) -> TestClient {
        let mut client = TestClient::connect(self.address).await;
        client.line().await;
        client
    }

    /// So many clients that have read their welcomes.
    pub async fn clients<const N: usize>(&self) -> [TestClient; N] {
        let mut clients = Vec::new();
        for _ in 0..N {
            clients.push(self.client().await);
        }
        clients.try_into().expect("so many clients")
    }

    /// Asks it to stop, and goes on at once.
    pub fn begin_stop(&mut self) {
        self.stop.take();
    }

    /// Stops it and waits until it has.
    ///
    /// # Panics
    /// When it does not stop, or failed.
    pub async fn stop(mut self) {
        self.begin_stop();
        let ended = soon("stop", &mut self.task).await;
        let ended = ended.unwrap_or_else(|panic| panic!("the server panicked: {panic}"));
        ended.unwrap_or_else(|error| panic!("the server failed: {error}"));
    }
}
