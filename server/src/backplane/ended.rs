//! How a session with Redis ends, and how long anything in it may take.

use crate::hub::bus::Why;
use redis::{ErrorKind, RedisError, ServerErrorKind};
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Why a session is over.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// This node leaves.
    Left,
    /// Redis did not answer in time.
    Slow,
    /// A slot is with another master than was known.
    Moved,
    /// Another server has this one's number.
    Taken,
    /// The connection, or what came over it, is of no use any more.
    Broken(String),
}

impl Ended {
    pub(super) fn broken(error: &RedisError) -> Self {
        use ServerErrorKind::{Ask, Moved};
        match error.kind() {
            ErrorKind::Server(Moved | Ask) => Self::Moved,
            _ => Self::Broken(error.to_string()),
        }
    }

    /// What replies that wait are told.
    pub(super) fn why(&self) -> Why {
        match self {
            Ended::Slow => Why::Slow,
            Ended::Left | Ended::Moved | Ended::Taken | Ended::Broken(_) => Why::Down,
        }
    }
}

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Ended::Left => f.write_str("this node leaves"),
            Ended::Slow => f.write_str("it does not answer in time"),
            Ended::Moved => f.write_str("slots of the cluster are with another master now"),
            Ended::Taken => f.write_str("another server has the id of this one"),
            Ended::Broken(why) => f.write_str(why),
        }
    }
}

/// What comes of this, or [`Ended::Slow`]. If it was this process that stood still, the answer is there and was only not
/// read: then it gets as much time again.
pub(super) async fn within<T>(limit: Duration, doing: impl Future<Output = T>) -> Result<T, Ended> {
    let begun = Instant::now();
    let mut doing = std::pin::pin!(doing);
    if let Ok(done) = timeout(limit, &mut doing).await {
        return Ok(done);
    }
    if begun.elapsed() < limit + limit / 2 {
        return Err(Ended::Slow);
    }
    timeout(limit, doing).await.map_err(|_| Ended::Slow)
}

/// [`within`] for what Redis is asked; its errors end the session, too.
pub(super) async fn asked<T>(
    limit: Duration,
    doing: impl Future<Output = Result<T, RedisError>>,
) -> Result<T, Ended> {
    let answer = within(limit, doing).await?;
    answer.map_err(|error| Ended::broken(&error))
}
