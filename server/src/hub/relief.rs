//! Who has to go when memory is short: those who have left the most unread.

use super::local::Locals;
use crate::clock::Clock;
use crate::memory::{Memory, Step};
use actionline_specs::wire::Reason;
use std::time::Duration;

/// Those who were closed need a moment to give their memory back.
const PAUSE: Duration = Duration::from_millis(50);

/// Closes the clients with the largest backlogs as often as memory is short, for ever.
pub(crate) async fn relieve(memory: &Memory, locals: &Locals, clock: &dyn Clock) {
    loop {
        memory.pressed().await;
        let mut excess = memory.excess(Step::Backlogs);
        let mut all = locals.directory.all();
        all.sort_by_key(|(_, outbox)| std::cmp::Reverse(outbox.bytes()));
        let mut closed = 0u64;
        for (_, outbox) in all {
            let bytes = outbox.bytes();
            if excess == 0 || bytes == 0 {
                break;
            }
            outbox.end(Reason::SlowConsumer.into());
            closed += 1;
            excess = excess.saturating_sub(bytes);
        }
        if closed > 0 {
            tracing::warn!(
                clients = closed,
                bytes = memory.used(),
                "memory is short: closed the slowest clients"
            );
        }
        clock.sleep_until(clock.now() + PAUSE).await;
    }
}
