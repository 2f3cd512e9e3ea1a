//! A long-lived socket API in front of Rust code.
//!
//! Actions are declared in `actions.yaml`; each has one `#[action]` function. Out of the spec come validation, dispatch,
//! a server that speaks the line protocol, and its docs.
//!
//! # Layout
//! A request falls straight down:
//! - `transport`: bytes between a socket and a session
//! - `session`: lines in, numbered lines out; whose turn it is
//! - `protocol`: bytes to meaning and back
//! - `dispatch`, `table`: a request to its verb or handler, params bound
//! - `verb`, `action`: what is done
//! - `connection`, `hub`: what it is done to

// The derives name the crate; so they work in its own tests.
#[cfg(test)]
extern crate self as actionline;

mod action;
mod app;
#[cfg(feature = "cli")]
pub mod cli;
mod clock;
mod config;
mod connection;
mod dispatch;
mod error;
mod files;
mod handle;
mod hub;
mod protocol;
mod server;
mod session;
mod shared;
mod shutdown;
mod state;
mod table;
mod transport;
mod verb;

pub use action::{ActionError, ActionSet, Cx, Failure, FromContext, IntoReply};
pub use actionline_macros::{ActionError, Reply, action, actions};
pub use actionline_specs::{self as specs, Fault};
pub use clock::{Clock, SystemClock};
pub use config::{Config, Limits};
pub use connection::Connection;
pub use error::{Error, SetupError};
pub use files::{FileFacts, FileReply, Files};
pub use handle::{Handle, NotAnObject};
pub use hub::bus;
pub use hub::id::{ConnId, NoConnId, NodeId};
pub use hub::local::Stats;
pub use hub::store::{Memory, Saved, Store, Unavailable};
pub use server::{Bound, Server};
pub use state::{State, States};

/// What generated code names. Not for people.
#[doc(hidden)]
pub mod __private {
    pub use crate::action::*;
    pub use actionline_specs::{Fault, Kind, Slot};
    pub use serde;
}
