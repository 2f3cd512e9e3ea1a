//! The patience of one session: with a client that does not take what it is owed.

use std::time::{Duration, Instant};

/// How long the client has been slow, if it is.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Since when the client has taken nothing, and how much it had taken by then.
    stalled: Option<(Instant, u64)>,
    /// Since when more waits than the soft bound.
    swollen: Option<Instant>,
}

impl Watch {
    /// Notes how things stand after a turn: whether written bytes still wait, how many were taken since the start, and
    /// whether more pushes wait than the soft bound. The clock is read only when something waits.
    pub(super) fn next(
        &mut self,
        blocked: bool,
        taken: u64,
        swollen: bool,
        now: impl Fn() -> Instant,
    ) {
        self.stalled = match self.stalled {
            _ if !blocked => None,
            Some((since, before)) if before == taken => Some((since, before)),
            _ => Some((now(), taken)),
        };
        self.swollen = swollen.then(|| self.swollen.unwrap_or_else(now));
    }

    /// When the client's time is up.
    pub(super) fn deadline(&self, patience: Duration) -> Option<Instant> {
        let stalled = self.stalled.map(|(since, _)| since);
        [stalled, self.swollen]
            .into_iter()
            .flatten()
            .min()
            .map(|since| since + patience)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const PATIENCE: Duration = Duration::from_secs(10);

    #[test]
    fn a_client_that_takes_nothing_runs_out_of_time() {
        let (mut watch, start) = (Watch::default(), Instant::now());
        assert_eq!(watch.deadline(PATIENCE), None);
        watch.next(true, 5, false, || start);
        watch.next(true, 5, false, || start + 9 * SECOND);
        assert_eq!(watch.deadline(PATIENCE), Some(start + PATIENCE));
        watch.next(true, 6, false, || start + 10 * SECOND);
        assert_eq!(watch.deadline(PATIENCE), Some(start + 20 * SECOND));
        watch.next(false, 6, false, || start);
        assert_eq!(watch.deadline(PATIENCE), None);
    }

    #[test]
    fn a_backlog_beyond_the_soft_bound_may_stand_for_a_while() {
        let (mut watch, start) = (Watch::default(), Instant::now());
        watch.next(false, 0, true, || start);
        watch.next(false, 0, true, || start + 5 * SECOND);
        assert_eq!(watch.deadline(PATIENCE), Some(start + PATIENCE));
        watch.next(false, 0, false, || start + 6 * SECOND);
        assert_eq!(watch.deadline(PATIENCE), None);
    }
}
