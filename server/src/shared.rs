//! What all of a server's connections share.

use crate::clock::Clock;
use crate::config::Config;
use crate::description::Description;
use crate::hub::Hub;
use crate::meter::Meter;
use crate::protocol::push::Head;
use crate::state::States;
use actionline_specs::Spec;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

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
    pub(crate) states: States,
    pub(crate) hub: Hub,
    /// Requests by action, if they are measured.
    pub(crate) meter: Option<Meter>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) started: Instant,
}
