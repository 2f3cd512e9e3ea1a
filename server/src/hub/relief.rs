//! Who has to go when memory is short: those who have not logged in, then those who have left the most unread.

use super::local::Locals;
use super::outbox::Outbox;
use crate::clock::Clock;
use crate::memory::{Memory, Step};
use actionline_specs::wire::Reason;
use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Duration;

/// Those who were closed need a moment to give their memory back.
const PAUSE: Duration = Duration::from_millis(50);

/// Closes clients as often as memory is short, for ever.
pub(crate) async fn relieve(memory: &Memory, locals: &Locals, clock: &dyn Clock) {
    loop {
        memory.pressed().await;
        let all = locals.directory.all();
        let all: Vec<_> = all.into_iter().map(|(_, outbox)| outbox).collect();
        let strangers = close_strangers(&all);
        let slow = close_slowest(all, memory.excess(Step::Backlogs));
        if strangers + slow > 0 {
            tracing::warn!(
                strangers,
                slow,
                bytes = memory.used(),
                "memory is short: closed clients that have not logged in, and the slowest"
            );
        }
        clock.sleep_until(clock.now() + PAUSE).await;
    }
}

fn close_strangers(all: &[Arc<Outbox>]) -> usize {
    let strangers = all.iter().filter(|outbox| outbox.is_strangers());
    let open = strangers.filter(|outbox| outbox.end(Reason::ShortOfMemory.into()));
    open.count()
}

/// Closes those with the largest backlogs, until theirs are so many bytes.
fn close_slowest(mut all: Vec<Arc<Outbox>>, mut excess: usize) -> usize {
    if excess == 0 {
        return 0;
    }
    all.sort_by_key(|outbox| Reverse(outbox.bytes()));
    let mut closed = 0;
    for outbox in all {
        let bytes = outbox.bytes();
        if excess == 0 || bytes == 0 {
            break;
        }
        outbox.end(Reason::SlowConsumer.into());
        closed += 1;
        excess = excess.saturating_sub(bytes);
    }
    closed
}
