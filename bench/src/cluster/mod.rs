//! Several nodes, each a process of its own, over one Redis: how fast they are, and what faults do to them.

pub(crate) mod chaos;
mod client;
mod crowd;
pub(crate) mod drive;
mod faults;
mod history;
mod look;
mod nodes;
mod proxy;
pub(crate) mod speed;
mod world;

use std::io;

/// Something that should not be.
fn wrong(what: impl Into<String>) -> io::Error {
    io::Error::other(what.into())
}
