//! Signs of life: one timer for all connections. Their period is the same, so who came first is due first.

use crate::clock::Clock;
use crate::hub::outbox::Outbox;
use crate::protocol::push;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// Who is to hear a sign of life, and when.
#[derive(Debug, Default)]
pub(crate) struct Heartbeat {
    queue: Mutex<Queue>,
    /// The queue was empty and is not any more.
    begun: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    /// By time.
    due: VecDeque<(Instant, Arc<Outbox>)>,
    /// At most so many of them have left.
    left: usize,
}

impl Heartbeat {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a connection that begins now.
    pub(crate) fn add(&self, now: Instant, period: Duration, outbox: &Arc<Outbox>) {
        let Some(at) = now.checked_add(period).filter(|_| !period.is_zero()) else {
            return;
        };
        let mut queue = self.queue();
        // Two that begin at once may come here in either order.
        let at = queue.due.back().map_or(at, |(last, _)| at.max(*last));
        queue.due.push_back((at, Arc::clone(outbox)));
        if queue.due.len() == 1 {
            self.begun.notify_one();
        }
    }

    /// Notes that a connection has left. Its place is cleared when half of the places may be empty: so leaving costs the
    /// same however many there are.
    pub(crate) fn left(&self) {
        let mut queue = self.queue();
        queue.left += 1;
        if queue.left > queue.due.len() / 2 {
            queue.due.retain(|(_, outbox)| !outbox.is_closed());
            queue.left = 0;
        }
    }

    /// Sends signs of life as they are due, for ever.
    pub(crate) async fn run(&self, period: Duration, clock: &dyn Clock) {
        loop {
            let first = self.queue().due.front().map(|(at, _)| *at);
            match first {
                Some(at) => {
                    clock.sleep_until(at).await;
                    self.beat(period, clock);
                }
                None => self.begun.notified().await,
            }
        }
    }

    /// Gives those who are due a sign of life. Periods that were slept through are not made up for.
    fn beat(&self, period: Duration, clock: &dyn Clock) {
        let now = clock.now();
        let head = push::keep_alive(clock.utc());
        let mut queue = self.queue();
        // If anybody's period was slept through, then the first one's was; the order stays.
        let first = queue.due.front().map(|(at, _)| *at);
        let late = first.is_some_and(|at| at + period <= now);
        while let Some((at, outbox)) = queue.due.pop_front_if(|(at, _)| *at <= now) {
            if outbox.is_closed() {
                queue.left = queue.left.saturating_sub(1);
                continue;
            }
            // A full outbox ends the client; there is nothing more to say then.
            let _ = outbox.try_send(&head);
            let next = if late { now } else { at } + period;
            queue.due.push_back((next, outbox));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;
    use std::pin::Pin;

    /// Stands still.
    #[derive(Debug)]
    struct Still(Instant);

    impl Clock for Still {
        fn now(&self) -> Instant {
            self.0
        }
        fn utc(&self) -> jiff::Timestamp {
            jiff::Timestamp::UNIX_EPOCH
        }
        fn sleep_until(&self, _: Instant) -> Pin<Box<dyn Future<Output = ()> + Send>> {
            Box::pin(std::future::pending())
        }
    }

    const PERIOD: Duration = Duration::from_secs(60);

    fn heard(outbox: &Outbox) -> usize {
        outbox.drain(|_| true)
    }

    #[test]
    fn everybody_keeps_their_period() {
        let start = Instant::now();
        let heartbeat = Heartbeat::default();
        let outboxes: Vec<_> = (0..2).map(|_| Arc::new(Outbox::new(10_000))).collect();
        heartbeat.add(start, PERIOD, &outboxes[0]);
        heartbeat.add(start + PERIOD / 2, PERIOD, &outboxes[1]);
        for (halves, expected) in [(1, [0, 0]), (2, [1, 0]), (3, [0, 1]), (4, [1, 0])] {
            heartbeat.beat(PERIOD, &Still(start + PERIOD / 2 * halves));
            assert_eq!([heard(&outboxes[0]), heard(&outboxes[1])], expected);
        }
        // Long after: once, and then together.
        for (periods, expected) in [(100, [1, 1]), (101, [1, 1])] {
            heartbeat.beat(PERIOD, &Still(start + PERIOD * periods));
            assert_eq!([heard(&outboxes[0]), heard(&outboxes[1])], expected);
        }
    }

    #[test]
    fn those_who_left_leave_no_more_than_half_of_the_places_empty() {
        let heartbeat = Heartbeat::default();
        let now = Instant::now();
        for _ in 0..1000 {
            let outbox = Arc::new(Outbox::new(10_000));
            heartbeat.add(now, PERIOD, &outbox);
            outbox.close();
            heartbeat.left();
            assert!(heartbeat.queue().due.len() <= 1);
        }
    }

    #[test]
    fn without_a_period_nobody_waits() {
        let heartbeat = Heartbeat::default();
        let outbox = Arc::new(Outbox::new(10_000));
        heartbeat.add(Instant::now(), Duration::ZERO, &outbox);
        heartbeat.left();
        assert!(heartbeat.queue().due.is_empty());
    }
}
