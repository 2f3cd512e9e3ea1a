//! What a link takes from outside: sockets and the time of day. A simulation has its own of both.

use super::connect::Options;
use std::fmt::Debug;
use std::io;
use std::pin::Pin;
use std::time::SystemTime;
use tokio::io::{AsyncRead, AsyncWrite};

/// Bytes to and from Redis.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// What comes of dialling.
pub type Dialled<'a> = Pin<Box<dyn Future<Output = io::Result<Box<dyn Stream>>> + Send + 'a>>;

/// Another network, and its time of day.
pub trait Outside: Debug + Send + Sync {
    /// Connects.
    fn dial<'a>(&'a self, host: &'a str, port: u16) -> Dialled<'a>;
    /// What time it is.
    fn utc(&self) -> SystemTime;
}

impl Options {
    /// What time it is.
    pub(super) fn utc(&self) -> SystemTime {
        match &self.outside {
            None => SystemTime::now(),
            Some(outside) => outside.utc(),
        }
    }
}
