//! A request that is not answered yet.

use super::tally::Ticket;
use crate::action::{Answered, Answering};
use crate::hub::bus::{Reach, Receipt};
use crate::protocol::reply::Order;
use actionline_specs::request::Form;
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A request on its way, and how its answer is to be written.
#[derive(Debug)]
pub(super) struct Running {
    json: bool,
    label: Option<Box<str>>,
    order: Order,
    work: Work,
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
}

impl Running {
    pub(super) fn new(form: Form<'_>, order: Order, work: Work, ticket: Ticket) -> Self {
        Self {
            json: form.json,
            label: form.label.map(Box::from),
            order,
            work,
            ticket,
        }
    }

    pub(super) fn form(&self) -> Form<'_> {
        Form {
            json: self.json,
            label: self.label.as_deref(),
        }
    }

    pub(super) fn ticket(&self) -> Ticket {
        self.ticket
    }

    pub(super) fn order(&self) -> Order {
        self.order
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Answer> {
        match &mut self.work {
            Work::Action(future) => poll_action(future, cx),
            Work::Reach(fields, receipt) => Pin::new(receipt)
                .poll(cx)
                .map(|reach| Answer::Reached(std::mem::take(fields), reach)),
            Work::Fields(future) => future
                .as_mut()
                .poll(cx)
                .map(|(fields, reach)| Answer::Reached(fields, reach)),
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
        })
    }
}
