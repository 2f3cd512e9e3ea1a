//! The patience of one session: with a client that does not take what it is owed, or does not end its line.

use super::running::Running;
use super::{Phase, Session};
use crate::hub::outbox::Ending;
use actionline_specs::wire::Reason;
use std::time::{Duration, Instant};

/// How long the client has been slow, if it is.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Since when the client has taken nothing, and how much it had taken by then.
    stalled: Option<(Instant, u64)>,
    /// Since when more waits than the soft bound.
    swollen: Option<Instant>,
    /// Since when a line has been under way.
    line: Option<Instant>,
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

impl Session {
    /// Notes how input stands: whether a line is unfinished, and whether another one ended before it.
    pub(crate) fn on_fed(&mut self, unfinished: bool, fresh: bool) {
        self.watch.line = match self.watch.line {
            _ if !unfinished => None,
            Some(since) if !fresh => Some(since),
            _ => Some(self.conn.shared().clock.now()),
        };
    }

    /// When the line that is under way has to be ended. While the server does not read, the client cannot end it.
    fn line_deadline(&mut self) -> Option<Instant> {
        let since = self.watch.line?;
        if !self.wants_input() {
            self.watch.line = Some(self.conn.shared().clock.now());
            return None;
        }
        Some(since + Duration::from_secs(self.limit().line_time))
    }

    /// When [`Session::on_deadline`] is to be called next, if ever.
    pub(crate) fn deadline(&mut self) -> Option<Instant> {
        let blocked = !self.out.is_empty();
        let backlog = if self.file.is_some() {
            0
        } else {
            self.conn.outbox().bytes()
        };
        let shared = self.conn.shared();
        let limits = &shared.config.limits;
        let swollen = backlog > limits.backlog_soft as usize;
        self.watch
            .next(blocked, self.out.total(), swollen, || shared.clock.now());
        let patience = Duration::from_secs(limits.backlog_time);
        let taken = self.watch.deadline(patience);
        let line = self.line_deadline();
        let running = self.turn.iter().map(|turn| &**turn).chain(&self.labelled);
        let ends = running.filter_map(Running::until);
        ends.chain(taken).chain(line).min()
    }

    /// A deadline has passed: gives up on actions that take too long, and on a client that does not read or does not end
    /// its line.
    pub(crate) fn on_deadline(&mut self, now: Instant) {
        let running = self.turn.iter_mut().map(|turn| &mut **turn);
        for one in running.chain(&mut self.labelled) {
            one.expire(now);
        }
        if self.line_deadline().is_some_and(|end| now >= end) {
            self.conn.outbox().end(Ending {
                reason: Reason::UnfinishedLine,
                retry_after_ms: None,
            });
        }
        let patience = Duration::from_secs(self.limit().backlog_time);
        if self.watch.deadline(patience).is_some_and(|end| now >= end) {
            // It was told to go already, or is owed that much.
            if self.phase == Phase::Done || self.is_ending() {
                tracing::info!(conn = %self.conn.id(), "cut a client that takes nothing");
                self.phase = Phase::Cut;
                return;
            }
            self.conn.outbox().end(Ending {
                reason: Reason::SlowConsumer,
                retry_after_ms: None,
            });
        }
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
