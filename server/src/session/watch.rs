//! The deadlines of one session: the next keep-alive, and a client that does not take what it is owed.

use actionline_specs::limits::Limits;
use std::time::{Duration, Instant};

#[derive(Debug)]
pub(super) struct Watch {
    keep_alive: Option<KeepAlive>,
    patience: Duration,
    soft: usize,
    /// Since when the client has taken nothing, and how much it had taken by then.
    stalled: Option<(Instant, u64)>,
    /// Since when more waits than the soft bound.
    swollen: Option<Instant>,
}

#[derive(Debug, Clone, Copy)]
struct KeepAlive {
    period: Duration,
    next: Instant,
}

impl Watch {
    pub(super) fn new(limits: &Limits, now: Instant) -> Self {
        let period = Duration::from_secs(limits.keep_alive);
        let keep_alive = now.checked_add(period).filter(|_| !period.is_zero());
        Self {
            keep_alive: keep_alive.map(|next| KeepAlive { period, next }),
            patience: Duration::from_secs(limits.backlog_time),
            soft: limits.backlog_soft as usize,
            stalled: None,
            swollen: None,
        }
    }

    /// Notes how things stand after a turn: whether written bytes still wait, how many were taken since the start, and
    /// how many bytes of pushes wait. The clock is read only when something waits.
    pub(super) fn next(
        &mut self,
        blocked: bool,
        taken: u64,
        backlog: usize,
        now: impl Fn() -> Instant,
    ) {
        self.stalled = match self.stalled {
            _ if !blocked => None,
            Some((since, before)) if before == taken => Some((since, before)),
            _ => Some((now(), taken)),
        };
        self.swollen = (backlog > self.soft).then(|| self.swollen.unwrap_or_else(now));
    }

    /// The earliest deadline; `open` while keep-alives are due.
    pub(super) fn deadline(&self, open: bool) -> Option<Instant> {
        let keep_alive = self.keep_alive.filter(|_| open).map(|k| k.next);
        [keep_alive, self.gives_up()].into_iter().flatten().min()
    }

    fn gives_up(&self) -> Option<Instant> {
        let stalled = self.stalled.map(|(since, _)| since);
        [stalled, self.swollen]
            .into_iter()
            .flatten()
            .min()
            .map(|since| since + self.patience)
    }

    /// Whether the client's time is up.
    pub(super) fn is_stalled(&self, now: Instant) -> bool {
        self.gives_up().is_some_and(|end| now >= end)
    }

    /// Whether a keep-alive is due; plans the next one. Periods that were slept through are not made up for.
    pub(super) fn take_keep_alive(&mut self, now: Instant) -> bool {
        let Some(keep_alive) = &mut self.keep_alive else {
            return false;
        };
        if now < keep_alive.next {
            return false;
        }
        keep_alive.next += keep_alive.period;
        if keep_alive.next <= now {
            keep_alive.next = now + keep_alive.period;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch() -> (Watch, Instant) {
        let now = Instant::now();
        (Watch::new(&Limits::default(), now), now)
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn keep_alives_keep_their_period() {
        let (mut watch, start) = watch();
        assert_eq!(watch.deadline(true), Some(start + 60 * SECOND));
        assert!(!watch.take_keep_alive(start + 59 * SECOND));
        assert!(watch.take_keep_alive(start + 61 * SECOND));
        assert_eq!(watch.deadline(true), Some(start + 120 * SECOND));
        assert!(watch.take_keep_alive(start + 1000 * SECOND));
        assert_eq!(watch.deadline(true), Some(start + 1060 * SECOND));
        assert_eq!(watch.deadline(false), None);
    }

    #[test]
    fn a_client_that_takes_nothing_runs_out_of_time() {
        let (mut watch, start) = watch();
        watch.next(true, 5, 0, || start);
        watch.next(true, 5, 0, || start + 9 * SECOND);
        assert!(!watch.is_stalled(start + 9 * SECOND));
        assert!(watch.is_stalled(start + 10 * SECOND));
        watch.next(true, 6, 0, || start + 10 * SECOND);
        assert!(!watch.is_stalled(start + 19 * SECOND));
        watch.next(false, 6, 0, || start);
        assert!(!watch.is_stalled(start + 100 * SECOND));
    }

    #[test]
    fn a_backlog_beyond_the_soft_bound_may_stand_for_a_while() {
        let (mut watch, start) = watch();
        let soft = Limits::default().backlog_soft as usize;
        watch.next(false, 0, soft, || start);
        assert!(!watch.is_stalled(start + 100 * SECOND));
        watch.next(false, 0, soft + 1, || start);
        watch.next(false, 0, soft + 9, || start + 5 * SECOND);
        assert!(watch.is_stalled(start + 10 * SECOND));
    }
}
