//! The patience of one session: with a client that does not take what it is owed, or does not end its line.

use super::running::Running;
use super::{Phase, Session};
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
    /// The client has yet to log in.
    login: Option<Login>,
}

/// A client that has yet to log in.
#[derive(Debug)]
struct Login {
    /// Since when.
    since: Instant,
    /// Bytes of the lines that it has sent and that were run.
    spent: u64,
}

impl Watch {
    /// Whether the client has yet to log in, as far as was noticed.
    pub(super) fn awaits_login(&self) -> bool {
        self.login.is_some()
    }

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
    /// From now on the client has to log in, if it needs to.
    pub(super) fn await_login(&mut self) {
        if !self.conn.is_admitted() {
            self.watch.login = Some(Login {
                since: self.conn.shared().clock.now(),
                spent: 0,
            });
        }
    }

    /// The client's login, if it is still to come.
    fn login(&mut self) -> Option<&mut Login> {
        if self.watch.login.is_some() && self.conn.is_admitted() {
            self.watch.login = None;
        }
        self.watch.login.as_mut()
    }

    /// Whether a client that has yet to log in may send so many bytes more; else it is given up.
    pub(super) fn may_send(&mut self, bytes: usize) -> bool {
        let limit = self.limit().login_bytes();
        let fits = self
            .login()
            .is_none_or(|login| login.spent + bytes as u64 <= limit);
        if !fits {
            self.give_up(Reason::LoginBytes);
        }
        fits
    }

    /// Counts the bytes of a line that was run.
    pub(super) fn spend(&mut self, bytes: usize) {
        if let Some(login) = &mut self.watch.login {
            login.spent += bytes as u64;
        }
    }

    /// When the client has to have logged in.
    fn login_deadline(&mut self) -> Option<Instant> {
        if self.phase != Phase::Open || self.is_ending() {
            return None;
        }
        let since = self.login()?.since;
        Some(since + Duration::from_secs(self.limit().login_time()))
    }

    /// Notes how input stands: whether a line is unfinished, of how many bytes, and whether another one ended before it.
    pub(crate) fn on_fed(&mut self, unfinished: bool, bytes: usize, fresh: bool) {
        // While a request runs it may be the login.
        if unfinished && self.watch.login.is_some() && self.is_idle() && !self.may_send(bytes) {
            return;
        }
        self.watch.line = match self.watch.line {
            _ if !unfinished => None,
            Some(since) if !fresh => Some(since),
            _ => Some(self.conn.shared().clock.now()),
        };
    }

    /// Notes whether all that was taken is on its way.
    pub(crate) fn on_flushed(&mut self, flushed: bool) {
        self.unflushed = !flushed;
    }

    /// When the line that is under way has to be ended. While the server does not read, the client cannot end it.
    fn line_deadline(&mut self) -> Option<Instant> {
        let since = self.watch.line?;
        if !self.wants_input() {
            self.watch.line = Some(self.conn.shared().clock.now());
            return None;
        }
        Some(since + Duration::from_secs(self.limit().line_time()))
    }

    /// When [`Session::on_deadline`] is to be called next, if ever.
    pub(crate) fn deadline(&mut self) -> Option<Instant> {
        let blocked = !self.out.is_empty() || self.unflushed;
        let backlog = if self.file.is_some() {
            0
        } else {
            self.conn.outbox().bytes()
        };
        let shared = self.conn.shared();
        let limits = &shared.limits;
        let swollen = backlog > limits.backlog_soft() as usize;
        self.watch
            .next(blocked, self.out.total(), swollen, || shared.clock.now());
        let patience = Duration::from_secs(limits.backlog_time());
        let taken = self.watch.deadline(patience);
        let login = match self.watch.login {
            Some(_) => self.login_deadline(),
            None => None,
        };
        let line = self.line_deadline();
        let running = self
            .turn
            .iter()
            .map(|turn| turn.last())
            .chain(&self.labelled);
        let ends = running.filter_map(Running::until);
        ends.chain(taken).chain(login).chain(line).min()
    }

    /// A deadline has passed: gives up on actions that take too long, and on a client that does not read or does not end
    /// its line.
    pub(crate) fn on_deadline(&mut self, now: Instant) {
        let running = self.turn.iter_mut().map(|turn| turn.last_mut());
        for one in running.chain(&mut self.labelled) {
            one.expire(now);
        }
        if self.login_deadline().is_some_and(|end| now >= end) {
            self.conn.outbox().end(Reason::LoginTime.into());
        }
        if self.line_deadline().is_some_and(|end| now >= end) {
            self.conn.outbox().end(Reason::UnfinishedLine.into());
        }
        let patience = Duration::from_secs(self.limit().backlog_time());
        if self.watch.deadline(patience).is_some_and(|end| now >= end) {
            // It was told to go already, or is owed that much.
            if self.phase == Phase::Done || self.is_ending() {
                tracing::info!(conn = %self.conn.id(), "cut a client that takes nothing");
                self.phase = Phase::Cut;
                return;
            }
            self.conn.outbox().end(Reason::SlowConsumer.into());
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
