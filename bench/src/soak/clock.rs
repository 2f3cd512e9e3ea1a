//! Time that runs faster.

use actionline::Clock;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant};

/// Sixty seconds of the server's are one.
const FASTER: u32 = 60;

/// A clock that runs so much faster.
#[derive(Debug)]
pub(super) struct Fast {
    start: Instant,
}

impl Default for Fast {
    fn default() -> Self {
        Self {
            start: Instant::now(),
        }
    }
}

impl Fast {
    fn passed(&self) -> Duration {
        self.start.elapsed() * FASTER
    }
}

impl Clock for Fast {
    fn now(&self) -> Instant {
        self.start + self.passed()
    }

    fn utc(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH + self.passed()
    }

    fn sleep_until(&self, at: Instant) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let wait = at.saturating_duration_since(self.now()) / FASTER;
        // A little more than asked for: never less by the fast clock.
        Box::pin(tokio::time::sleep(wait + Duration::from_micros(100)))
    }
}
