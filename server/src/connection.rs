//! What one client has, and what handlers see of it.

use crate::action::States;

/// One client's connection.
#[derive(Debug)]
pub struct Connection {
    states: States,
}

impl Connection {
    /// The application's values.
    pub(crate) fn states(&self) -> &States {
        &self.states
    }
}
