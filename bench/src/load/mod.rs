//! Load: clients of one thread, each scenario in a file of its own. It checks what it gets; a server that answers wrongly
//! has no figure.

pub(crate) mod churn;
mod client;
pub(crate) mod closed;
pub(crate) mod fanout;
pub(crate) mod files;
pub(crate) mod idle;
pub(crate) mod open;
mod pool;

pub(crate) use client::Client;
pub(crate) use pool::Pool;

use std::io;

/// A server that does not do what it should.
fn wrong(what: impl Into<String>) -> io::Error {
    io::Error::other(what.into())
}
