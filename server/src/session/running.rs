//! A request that is not answered yet.

use super::asking::{Asking, Said};
use super::seats::Seats;
use super::tally::Ticket;
use crate::action::{Answered, Answering};
use crate::hub::bus::{Reach, Receipt};
use crate::protocol::reply::Order;
use actionline_specs::request::Form;
use actionline_specs::{Fault, limits};
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// A request on its way, and how its answer is to be written.
#[derive(Debug)]
pub(super) struct Running {
    json: bool,
    label: Option<Box<str>>,
    order: Order,
    work: Work,
    /// When it is stopped, and after how many seconds that is.
    until: Option<(Instant, u64)>,
    seats: Seats,
    ticket: Ticket,
}

/// What is waited for.
pub(super) enum Work {
    /// An action's function.
    Action(Answering),
    /// The other nodes, before fields that are known already.
    Reach(Vec<u8>, Receipt),
    /// The other nodes, who add to the fields.
    Fields(FieldsFuture),
    /// The application's word on whether it may go on.
    Ask(Box<Asking>),
    /// Nothing any more: it was refused, or took too long.
    Late(Box<Fault>),
}

type FieldsFuture = Pin<Box<dyn Future<Output = (Vec<u8>, Reach)> + Send>>;

/// What came of it.
pub(super) enum Answer {
    /// A handler's.
    Action(Answered),
    /// The handler panicked.
    Panicked,
    /// A verb's fields, and whom it reached.
    Reached(Vec<u8>, Reach),
    /// The application says whether it may go on.
    Said(Said),
    /// It took too long.
    Late(Box<Fault>),
}

impl Running {
    pub(super) fn new(form: Form<'_>, order: Order, work: Work, ticket: Ticket) -> Self {
        Self {
            json: form.json,
            label: form.label.map(Box::from),
            order,
            work,
            until: None,
            seats: Seats::default(),
            ticket,
        }
    }

    /// Stops it after so many seconds.
    pub(super) fn within(mut self, seconds: u64, now: Instant) -> Self {
        let at = now.checked_add(Duration::from_secs(seconds));
        self.until = at.map(|at| (at, seconds));
        self
    }

    /// Keeps its places as long as it is under way.
    pub(super) fn on(mut self, seats: Seats) -> Self {
        self.seats = seats;
        self
    }

    pub(super) fn seats(&mut self) -> &mut Seats {
        &mut self.seats
    }

    pub(super) fn until(&self) -> Option<Instant> {
        self.until.map(|(at, _)| at)
    }

    /// Stops it if its time is up. Its answer is written when it is polled next.
    pub(super) fn expire(&mut self, now: Instant) {
        if let Some((_, seconds)) = self.until.take_if(|(at, _)| *at <= now) {
            let fault = match &self.work {
                Work::Ask(asking) => asking.late(),
                _ => Box::new(limits::ACTION_TIME.reached(seconds, &[])),
            };
            self.refuse(fault);
        }
    }

    /// Ends it with a fault, which is answered when it is polled next.
    pub(super) fn refuse(&mut self, fault: Box<Fault>) {
        let work = std::mem::replace(&mut self.work, Work::Late(fault));
        // What the handler does when it is dropped is its own, too.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(work)));
        self.until = None;
        self.seats.action = None;
    }

    /// Whether it has taken effect, and only its reply is to come.
    pub(super) fn is_owed(&self) -> bool {
        matches!(self.work, Work::Reach(..) | Work::Late(_))
    }

    pub(super) fn form(&self) -> Form<'_> {
        Form {
            json: self.json,
            label: self.label.as_deref(),
        }
    }

    /// Gives the request back to the session.
    pub(super) fn ticket(&mut self) -> Ticket {
        std::mem::take(&mut self.ticket)
    }

    pub(super) fn order(&self) -> Order {
        self.order
    }

    /// Bytes that wait for the application's word.
    pub(super) fn asking_bytes(&self) -> usize {
        match &self.work {
            Work::Ask(asking) => asking.bytes(),
            _ => 0,
        }
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Answer> {
        let _span = self.ticket.enter();
        match &mut self.work {
            Work::Action(future) => poll_action(future, cx),
            Work::Reach(fields, receipt) => Pin::new(receipt)
                .poll(cx)
                .map(|reach| Answer::Reached(std::mem::take(fields), reach)),
            Work::Fields(future) => future
                .as_mut()
                .poll(cx)
                .map(|(fields, reach)| Answer::Reached(fields, reach)),
            Work::Ask(asking) => asking.poll(cx).map(Answer::Said),
            Work::Late(fault) => Poll::Ready(Answer::Late(fault.clone())),
        }
    }
}

/// Goes on with a handler; its panic is its own.
pub(super) fn poll_action(future: &mut Answering, cx: &mut Context<'_>) -> Poll<Answer> {
    let polled = catch_unwind(AssertUnwindSafe(|| future.poll(cx)));
    match polled {
        Ok(answered) => answered.map(Answer::Action),
        Err(_) => Poll::Ready(Answer::Panicked),
    }
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Work::Action(_) => "Action",
            Work::Reach(..) => "Reach",
            Work::Fields(_) => "Fields",
            Work::Ask(_) => "Ask",
            Work::Late(_) => "Late",
        })
    }
}
