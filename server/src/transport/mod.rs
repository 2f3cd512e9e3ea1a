//! How bytes come and go. A transport moves them between a socket and a [`Session`](crate::session::Session), and knows
//! nothing of what they mean.

pub(crate) mod accept;
pub(crate) mod admission;
mod door;
mod farewell;
pub(crate) mod stream;
pub(crate) mod tcp;
#[cfg(feature = "tls")]
pub(crate) mod tls;
