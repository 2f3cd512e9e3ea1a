//! What all of a server's connections share.

use crate::address::Logins;
use crate::clock::Clock;
use crate::config::Config;
use crate::description::Description;
use crate::gauge::{Gauge, Shares, Sum};
use crate::hub::Hub;
use crate::memory::Memory;
use crate::meter::Meter;
use crate::protocol::push::Head;
use crate::rights::{Bits, Rights};
use crate::state::States;
use actionline_specs::Spec;
use actionline_specs::limits::InForce;
use std::collections::HashSet;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, OnceLock};
use std::time::Instant;
use tokio_util::sync::CancellationToken;

/// Settings, state and the hub.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) config: Config,
    /// The first line of every connection.
    pub(crate) welcome: Head,
    /// The mounted specs, in the order of mounting.
    pub(crate) specs: Vec<Spec>,
    pub(crate) description: Description,
    /// The names of all params that some action keeps secret.
    pub(crate) secrets: HashSet<String>,
    /// What clients may be asked to have.
    pub(crate) rights: Rights,
    /// What every client has from the start.
    pub(crate) initial: Bits,
    /// Logins that failed.
    pub(crate) logins: Logins,
    pub(crate) states: States,
    pub(crate) hub: Hub,
    /// Requests by action, if they are measured.
    pub(crate) meter: Option<Meter>,
    pub(crate) clock: Arc<dyn Clock>,
    /// Actions that wait.
    pub(crate) actions: Arc<Gauge>,
    /// Actions that answer with a file, and the files.
    pub(crate) files: Arc<Gauge>,
    /// The same by the client's address.
    pub(crate) address_files: Arc<Shares>,
    pub(crate) memory: Memory,
    /// Params that are saved on connections.
    pub(crate) saved: Sum,
    /// Those of `config` hold at the start; these may change.
    pub(crate) limits: InForce,
    pub(crate) processors: u64,
    /// When the server's certificate ends: Unix time in seconds. Never set without TLS.
    pub(crate) certificate: OnceLock<Arc<AtomicI64>>,
    pub(crate) started: Instant,
    /// Done when the server stops.
    pub(crate) stopping: CancellationToken,
}

impl Shared {
    /// Whether no more actions may wait.
    pub(crate) fn is_busy(&self) -> bool {
        let most = self.limits.actions().saturating_mul(self.processors);
        self.actions.is_full(most)
    }
}
