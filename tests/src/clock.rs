//! A clock that stands still until a test moves it.

use actionline::Clock;
use jiff::Timestamp;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Time that a test moves by hand; whoever sleeps is woken when it has come far enough.
#[derive(Debug, Clone)]
pub struct ManualClock {
    start: Instant,
    utc: Arc<Mutex<Timestamp>>,
    /// How far it has come.
    passed: Arc<watch::Sender<Duration>>,
}

impl ManualClock {
    /// A clock that shows this time of day.
    ///
    /// # Panics
    /// When the text is no RFC 3339 time.
    pub fn at(utc: &str) -> Self {
        Self {
            start: Instant::now(),
            utc: Arc::new(Mutex::new(utc.parse().expect("an RFC 3339 time"))),
            passed: Arc::new(watch::Sender::new(Duration::ZERO)),
        }
    }

    /// Sets the time of day, back or ahead, as an operator or NTP may. No time passes.
    ///
    /// # Panics
    /// When the text is no RFC 3339 time.
    pub fn set(&self, utc: &str) {
        let utc: Timestamp = utc.parse().expect("an RFC 3339 time");
        *self.utc.lock().expect("no panic") = utc - *self.passed.borrow();
    }

    /// Moves it on and wakes those who slept until then.
    pub fn advance(&self, by: Duration) {
        self.passed.send_modify(|passed| *passed += by);
    }
}

impl Default for ManualClock {
    /// It shows the start of 2026.
    fn default() -> Self {
        Self::at("2026-01-01T00:00:00Z")
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Instant {
        self.start + *self.passed.borrow()
    }

    fn utc(&self) -> Timestamp {
        *self.utc.lock().expect("no panic") + *self.passed.borrow()
    }

    fn sleep_until(&self, at: Instant) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let mut passed = self.passed.subscribe();
        let wanted = at.saturating_duration_since(self.start);
        Box::pin(async move {
            // A clock that is gone never comes that far.
            if passed.wait_for(|passed| *passed >= wanted).await.is_err() {
                std::future::pending::<()>().await;
            }
        })
    }
}
