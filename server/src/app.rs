//! The application as a transport sees it: what is shared, and what can be asked for.

use crate::access::Hook;
use crate::shared::Shared;
use crate::table::Table;
use std::sync::Arc;

/// A running application; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pub(crate) shared: Arc<Shared>,
    pub(crate) table: Arc<Table>,
    /// Whom to ask who gets in and what they may do.
    pub(crate) access: Option<Hook>,
}
