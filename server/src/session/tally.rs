//! What a session counts: requests, and, if they are measured, what each came to and how long it took. Kept here until a
//! turn ends.

use super::Session;
use crate::connection::Connection;
use crate::meter::{self, Came, NO_NAME, OUTCOMES, Run};
use crate::protocol::reply::{Draft, Order, failure, success};
use crate::table::Target;
use actionline_specs::Fault;
use actionline_specs::request::Form;
use std::time::Instant;
use tracing::Span;
use tracing::level_filters::LevelFilter;
use tracing::span::EnteredSpan;

/// The target of spans, one a request, at the level debug.
const SPANS: &str = "actionline::request";

/// The request that is being run or answered.
#[derive(Debug, Default)]
pub(super) struct Ticket {
    row: usize,
    /// When it was begun; none when nothing is measured.
    since: Option<Instant>,
    /// None when nobody wants it.
    span: Option<Span>,
}

impl Ticket {
    /// Until it is dropped, what is logged belongs to the request.
    pub(super) fn enter(&self) -> Option<EnteredSpan> {
        self.span.clone().map(Span::entered)
    }
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
            now: Ticket::default(),
            run: conn.shared().meter.as_ref().map(|_| Box::default()),
        }
    }
}

impl Session {
    /// A request begins, of a verb or an action or neither. In spans and metrics there is no name but a spec's.
    #[inline]
    pub(super) fn begin(&mut self, found: Option<Target<'_>>, labelled: bool) {
        if self.tally.run.is_some() || LevelFilter::current() >= LevelFilter::DEBUG {
            self.note(found, labelled);
        }
    }

    #[inline(never)]
    fn note(&mut self, found: Option<Target<'_>>, labelled: bool) {
        let now = &mut self.tally.now;
        if self.tally.run.is_some() {
            now.row = found.map_or(NO_NAME, Target::row);
            now.since = Some(self.conn.shared().clock.now());
        }
        if tracing::enabled!(target: SPANS, tracing::Level::DEBUG) {
            now.span = Some(tracing::debug_span!(
                target: SPANS,
                "request",
                conn = %self.conn.id(),
                action = found.map_or(meter::UNNAMED, Target::name),
                labelled,
                outcome = tracing::field::Empty,
            ));
        }
    }

    /// An earlier request goes on.
    pub(super) fn resume(&mut self, ticket: Ticket) {
        self.tally.now = ticket;
    }

    /// Hands the request over to what it waits with.
    pub(super) fn ticket(&mut self) -> Ticket {
        std::mem::take(&mut self.tally.now)
    }

    /// Until it is dropped, what is logged belongs to the request.
    #[inline]
    pub(super) fn enter(&self) -> Option<EnteredSpan> {
        self.tally.now.enter()
    }

    /// The request has come to this.
    #[inline]
    pub(super) fn came(&mut self, came: Came) {
        if self.is_watched() {
            self.count(came);
        }
    }

    /// Whether anybody wants to know what becomes of the request.
    fn is_watched(&self) -> bool {
        self.tally.run.is_some() || self.tally.now.span.is_some()
    }

    #[inline(never)]
    fn count(&mut self, came: Came) {
        let shared = self.conn.shared();
        let now = &mut self.tally.now;
        if let (Some(run), Some(meter)) = (&mut self.tally.run, &shared.meter) {
            let since = now.since;
            let took = since.map(|since| shared.clock.now().saturating_duration_since(since));
            run.count(meter, now.row, came, took);
        }
        if let Some(span) = now.span.take() {
            span.record("outcome", OUTCOMES[came as usize]);
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
        if self.is_watched() {
            self.count(Came::of(fault));
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
