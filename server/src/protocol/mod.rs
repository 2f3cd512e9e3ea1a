//! Bytes to meaning and back: lines, requests, replies, pushes. Pure; it knows no socket and no clock.

pub(crate) mod line;
pub(crate) mod output;
pub(crate) mod push;
pub(crate) mod reply;
pub(crate) mod request;
pub(crate) mod words;
