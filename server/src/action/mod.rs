//! Between dispatch and a user's function: what a handler is, how its arguments and its reply are made.

mod agree;
mod context;
mod declared;
mod error;
mod handler;
mod param;
mod registry;
mod reply;
#[cfg(test)]
mod tests;
mod text;

pub use crate::state::{State, States};
pub use agree::agree;
pub use context::FromContext;
pub use declared::{Declared, DeclaredError, DeclaredField, Refusal, ReplyField, Success};
pub use error::{ActionError, Failure, refuse, value};
pub use handler::{ActionSet, Answering, AsyncCall, Call, Cx, Handler, Outcome, OwnedCx, SyncCall};
pub use param::{FromParam, kind, take};
pub use registry::{Registered, Wanted, pick, settle};
pub use reply::{IntoReply, write_field, write_fields};
