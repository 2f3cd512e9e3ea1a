//! Time, taken from outside so that tests can hold it.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::time::Instant;

/// Where a server takes its time from.
pub trait Clock: Debug + Send + Sync + 'static {
    /// Time that only goes forward.
    fn now(&self) -> Instant;
    /// The time of day.
    fn utc(&self) -> jiff::Timestamp;
    /// Waits until `at`.
    fn sleep_until(&self, at: Instant) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn utc(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }

    fn sleep_until(&self, at: Instant) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep_until(at.into()))
    }
}
