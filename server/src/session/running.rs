//! A request that is not answered yet.

use crate::action::Outcome;
use crate::hub::bus::{Reach, Receipt};
use crate::protocol::reply::Order;
use actionline_specs::request::Form;
use actionline_specs::{Code, Fault};
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
}

/// What is waited for.
pub(super) enum Work {
    /// An action's function.
    Action(ActionFuture),
    /// The other nodes, before fields that are known already.
    Reach(Vec<u8>, Receipt),
    /// The other nodes, who add to the fields.
    Fields(FieldsFuture),
}

type ActionFuture = Pin<Box<dyn Future<Output = (Vec<u8>, Outcome)> + Send>>;
type FieldsFuture = Pin<Box<dyn Future<Output = (Vec<u8>, Reach)> + Send>>;

/// What came of it.
pub(super) struct Answer {
    pub(super) fields: Vec<u8>,
    pub(super) outcome: Outcome,
    /// Reached this node only.
    pub(super) local: bool,
    /// The function panicked.
    pub(super) panicked: bool,
}

impl Running {
    pub(super) fn new(form: Form<'_>, order: Order, work: Work) -> Self {
        Self {
            json: form.json,
            label: form.label.map(Box::from),
            order,
            work,
        }
    }

    pub(super) fn form(&self) -> Form<'_> {
        Form {
            json: self.json,
            label: self.label.as_deref(),
        }
    }

    pub(super) fn order(&self) -> Order {
        self.order
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Answer> {
        match &mut self.work {
            Work::Action(future) => {
                let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
                match polled {
                    Ok(Poll::Pending) => Poll::Pending,
                    Ok(Poll::Ready((fields, outcome))) => Poll::Ready(Answer {
                        fields,
                        outcome,
                        local: false,
                        panicked: false,
                    }),
                    Err(_) => Poll::Ready(Answer {
                        fields: Vec::new(),
                        outcome: Outcome::Fault(Fault::new(Code::InternalError, &[])),
                        local: false,
                        panicked: true,
                    }),
                }
            }
            Work::Reach(fields, receipt) => Pin::new(receipt)
                .poll(cx)
                .map(|reach| Answer::reached(std::mem::take(fields), reach)),
            Work::Fields(future) => future
                .as_mut()
                .poll(cx)
                .map(|(fields, reach)| Answer::reached(fields, reach)),
        }
    }
}

impl Answer {
    fn reached(fields: Vec<u8>, reach: Reach) -> Self {
        Self {
            fields,
            outcome: Outcome::Fields,
            local: matches!(reach, Reach::Here(_)),
            panicked: false,
        }
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
