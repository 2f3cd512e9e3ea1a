//! The gap notice (protocol §9): when the link to the other nodes is back after it was down, every client here is told
//! that messages may be missing. A link that comes and goes is told of once in a while, not each time.

use crate::clock::Clock;
use crate::hub::bus::{Health, Why};
use crate::hub::directory::Directory;
use crate::hub::link::LinkMeter;
use crate::protocol::push;
use actionline_specs::wire::Gap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::sync::Notify;
use tokio::task::yield_now;

/// Between two notices there is at least so long; what was down in between counts as one gap.
const PERIOD: Duration = Duration::from_secs(1);

/// Clients told before others get their turn.
const BATCH: usize = 1000;

/// What is to be told.
#[derive(Debug, Default)]
pub(crate) struct Gaps {
    state: Mutex<State>,
    back: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// Since when, and why, the link was down first, if nobody was told since.
    missed: Option<(SystemTime, Why)>,
    /// It is up.
    up: bool,
}

impl Gaps {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The link changed.
    pub(crate) fn link(&self, health: Health) {
        let mut state = self.state();
        match health {
            Health::Solo => {}
            Health::Down { since, why } => {
                state.up = false;
                state.missed.get_or_insert((since, why));
            }
            Health::Up { .. } => {
                state.up = true;
                if state.missed.is_some() {
                    self.back.notify_one();
                }
            }
        }
    }

    /// The gap to be told now, if any.
    fn due(&self) -> Option<(SystemTime, Why)> {
        let mut state = self.state();
        if state.up { state.missed.take() } else { None }
    }

    /// Tells of gaps, for ever.
    pub(crate) async fn run(&self, to: &Directory, meter: &LinkMeter, clock: &dyn Clock) {
        loop {
            self.back.notified().await;
            let Some((since, why)) = self.due() else {
                continue;
            };
            let all = to.all();
            if all.is_empty() {
                continue;
            }
            meter.gap();
            let reason = match why {
                Why::Slow => Gap::Slow,
                Why::Down | Why::Full | Why::Settling => Gap::Down,
            };
            let since = jiff::Timestamp::try_from(since).unwrap_or_default();
            let head = push::gap(since, reason);
            for some in all.chunks(BATCH) {
                for (_, outbox) in some {
                    // A full outbox ends the client; there is nothing more to say then.
                    let _ = outbox.try_send(&head);
                }
                yield_now().await;
            }
            clock.sleep_until(clock.now() + PERIOD).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::UNIX_EPOCH;

    fn down(second: u64, why: Why) -> Health {
        let since = UNIX_EPOCH + Duration::from_secs(second);
        Health::Down { since, why }
    }

    const UP: Health = Health::Up {
        since: UNIX_EPOCH,
        nodes: 1,
    };

    #[test]
    fn a_gap_begins_with_the_first_loss_and_is_due_when_the_link_is_up() {
        let gaps = Gaps::default();
        for health in [UP, UP, Health::Solo] {
            gaps.link(health);
            assert_eq!(gaps.due(), None);
        }
        gaps.link(down(1, Why::Slow));
        gaps.link(down(2, Why::Down));
        assert_eq!(gaps.due(), None);
        gaps.link(UP);
        gaps.link(down(3, Why::Down));
        assert_eq!(gaps.due(), None);
        gaps.link(UP);
        let first = UNIX_EPOCH + Duration::from_secs(1);
        assert_eq!(gaps.due(), Some((first, Why::Slow)));
        assert_eq!(gaps.due(), None);
    }
}
