//! A long-lived socket API in front of Rust code.

mod action;
mod config;
mod connection;
mod files;

pub use action::{ActionError, ActionSet, Cx, Failure, FromContext, IntoReply, State, States};
pub use actionline_macros::{ActionError, Reply, action, actions};
pub use config::{Config, Limits};
pub use connection::Connection;
pub use files::FileReply;

/// What generated code names. Not for people.
#[doc(hidden)]
pub mod __private {
    pub use crate::action::*;
    pub use actionline_specs::{Fault, Slot};
    pub use serde;
}
