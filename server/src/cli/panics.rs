//! What a panic leaves in the log: its message and place, no backtrace, and not too many. Any client can call a
//! panicking action in a loop, and a backtrace costs two hundred times what the panic does.

use std::panic::PanicHookInfo;
use std::sync::Mutex;
use std::time::{Duration, Instant};

const MOST_A_SECOND: u32 = 10;
const LONGEST_MESSAGE: usize = 1000;

/// Logs panics from now on, in place of the standard report.
pub(super) fn log() {
    let rate = Mutex::new(Rate::default());
    std::panic::set_hook(Box::new(move |info| {
        let turn = match rate.lock() {
            Ok(mut rate) => rate.take(Instant::now()),
            Err(poisoned) => poisoned.into_inner().take(Instant::now()),
        };
        if let Turn::Log { unlogged } = turn {
            report(info, unlogged);
        }
    }));
}

fn report(info: &PanicHookInfo<'_>, unlogged: u64) {
    let message = info.payload_as_str().unwrap_or("no message");
    let message: String = message.chars().take(LONGEST_MESSAGE).collect();
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    if unlogged == 0 {
        tracing::error!(%place, said = ?message, "panic");
    } else {
        tracing::error!(%place, said = ?message, unlogged, "panic; this many before it were only counted");
    }
}

/// Counts panics by the second.
#[derive(Debug, Default)]
struct Rate {
    since: Option<Instant>,
    logged: u32,
    unlogged: u64,
}

#[derive(Debug, PartialEq, Eq)]
enum Turn {
    /// To be logged, with the number of those before it that were not.
    Log {
        unlogged: u64,
    },
    Count,
}

impl Rate {
    fn take(&mut self, now: Instant) -> Turn {
        let fresh = self
            .since
            .is_none_or(|since| now.duration_since(since) >= Duration::from_secs(1));
        if fresh {
            self.since = Some(now);
            self.logged = 0;
        }
        if self.logged == MOST_A_SECOND {
            self.unlogged += 1;
            return Turn::Count;
        }
        self.logged += 1;
        let unlogged = std::mem::take(&mut self.unlogged);
        Turn::Log { unlogged }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_a_second_are_logged_and_the_rest_is_counted() {
        let mut rate = Rate::default();
        let start = Instant::now();
        for _ in 0..10 {
            assert_eq!(rate.take(start), Turn::Log { unlogged: 0 });
        }
        for _ in 0..25 {
            assert_eq!(rate.take(start + Duration::from_millis(999)), Turn::Count);
        }
        let later = start + Duration::from_secs(1);
        assert_eq!(rate.take(later), Turn::Log { unlogged: 25 });
        assert_eq!(rate.take(later), Turn::Log { unlogged: 0 });
    }
}
