//! Between dispatch and a user's function: what a handler is, how its arguments and its reply are made.

mod handler;
pub(crate) mod state;

pub use handler::{ActionSet, AsyncCall, Call, Cx, Handler, Outcome, OwnedCx, SyncCall};
pub use state::{State, States};
