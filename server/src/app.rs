//! Everything that a server's connections share.

use crate::action::States;
use crate::clock::Clock;
use crate::config::Config;
use crate::hub::Hub;
use crate::table::Table;
use std::sync::Arc;
use std::time::Instant;

/// The application: what to answer with, and to whom.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) config: Config,
    pub(crate) welcome: String,
    pub(crate) table: Table,
    pub(crate) states: States,
    pub(crate) hub: Hub,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) started: Instant,
}
