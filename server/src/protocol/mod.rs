//! Bytes to meaning and back: lines, replies, pushes. Pure; it knows no socket and no clock.

pub(crate) mod line;
pub(crate) mod output;
pub(crate) mod push;
pub(crate) mod reply;
mod tail;
