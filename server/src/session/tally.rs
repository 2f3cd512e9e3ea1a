//! What a session counts: requests, and, if they are measured, what each came to and how long it took. Kept here until a
//! turn ends.

use super::Session;
use crate::connection::Connection;
use crate::meter::{Came, NO_NAME, Run};
use crate::protocol::reply::{Draft, Order, failure, success};
use actionline_specs::Fault;
use actionline_specs::request::Form;
use std::time::Instant;

/// The request that is being run or answered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ticket {
    row: usize,
    /// When it was begun; none when nothing is measured.
    since: Option<Instant>,
}

/// What a session has counted and not told yet.
#[derive(Debug)]
pub(super) struct Tally {
    now: Ticket,
    /// None when nothing is measured.
    run: Option<Box<Run>>,
}

impl Tally {
    pub(super) fn new(conn: &Connection) -> Self {
        Self {
            now: Ticket {
                row: NO_NAME,
                since: None,
            },
            run: conn.shared().meter.as_ref().map(|_| Box::default()),
        }
    }
}

impl Session {
    /// A request begins; `row` is its name's in the meter.
    pub(super) fn begin(&mut self, row: usize) {
        if self.tally.run.is_some() {
            let since = Some(self.conn.shared().clock.now());
            self.tally.now = Ticket { row, since };
        }
    }

    /// An earlier request goes on.
    pub(super) fn resume(&mut self, ticket: Ticket) {
        self.tally.now = ticket;
    }

    pub(super) fn ticket(&self) -> Ticket {
        self.tally.now
    }

    /// The request has come to this.
    pub(super) fn came(&mut self, came: Came) {
        let shared = self.conn.shared();
        if let (Some(run), Some(meter)) = (&mut self.tally.run, &shared.meter) {
            let Ticket { row, since } = self.tally.now;
            let took = since.map(|since| shared.clock.now().saturating_duration_since(since));
            run.count(meter, row, came, took);
        }
    }

    /// Ends a success.
    pub(super) fn finish(&mut self, draft: Draft<'_>, local: bool) {
        draft.finish(&mut self.out, local);
        self.came(Came::Ok);
    }

    /// Answers with fields that are already JSON.
    pub(super) fn succeed(&mut self, form: Form<'_>, order: Order, fields: &[u8], local: bool) {
        success(&mut self.out, form, order, fields, local);
        self.came(Came::Ok);
    }

    /// Answers with a fault.
    pub(super) fn fail(&mut self, form: Form<'_>, fault: &Fault) {
        failure(&mut self.out, form, fault);
        if let Some(limit) = fault.limit {
            self.conn.shared().hub.local.stats.limited(limit.name);
        }
        if self.tally.run.is_some() {
            self.came(Came::of(fault));
        }
    }

    /// Adds what was counted to the server's counts.
    pub(super) fn tell(&mut self) {
        let shared = self.conn.shared();
        if self.uncounted > 0 {
            shared.hub.local.stats.requests(self.uncounted.into());
            self.uncounted = 0;
        }
        if let (Some(run), Some(meter)) = (&mut self.tally.run, &shared.meter) {
            run.tell(meter);
        }
    }
}
