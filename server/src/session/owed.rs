//! The unlabelled request that is being answered, and those that went ahead behind it: while a reply waits only for the
//! other nodes, the next `say` takes effect at once, and its own reply queues behind (protocol §2).

use super::Session;
use super::asking::Said;
use super::running::{Answer, Running, Work};
use crate::protocol::reply::Order;
use crate::table::Table;
use actionline_specs::Fault;
use actionline_specs::request::{Form, Request};
use std::collections::VecDeque;
use std::task::{Context, Poll};

/// Requests in the order of their replies. All but the last have taken effect.
#[derive(Debug)]
pub(super) struct Turn {
    /// Its reply is the next one.
    first: Running,
    behind: VecDeque<Running>,
}

impl Turn {
    fn new(first: Running) -> Self {
        Self {
            first,
            behind: VecDeque::new(),
        }
    }

    /// The one that may not have taken effect.
    pub(super) fn last(&self) -> &Running {
        self.behind.back().unwrap_or(&self.first)
    }

    pub(super) fn last_mut(&mut self) -> &mut Running {
        self.behind.back_mut().unwrap_or(&mut self.first)
    }

    /// Takes the first one out; what is left, if anything.
    fn shift(mut self: Box<Self>) -> (Running, Option<Box<Self>>) {
        match self.behind.pop_front() {
            Some(next) => (std::mem::replace(&mut self.first, next), Some(self)),
            None => (self.first, None),
        }
    }
}

impl Session {
    /// Whether a request may take effect although the turn is another's: a `say`, when those before it wait for nothing but
    /// the other nodes.
    #[inline(never)]
    pub(super) fn goes_ahead(&self, request: &Request<'_>) -> bool {
        let Some(turn) = &self.turn else {
            return false;
        };
        self.file.is_none()
            && request.form().label.is_none()
            && request.name() == "say"
            && turn.last().is_owed()
            && turn.behind.len() + 1 < self.limit().owed() as usize
    }

    /// Whether the reply has to queue behind others.
    pub(super) fn is_behind(&self, form: Form<'_>) -> bool {
        self.turn.is_some() && form.label.is_none()
    }

    /// Answers a request with a fault, behind others.
    #[inline(never)]
    pub(super) fn fail_behind(&mut self, form: Form<'_>, fault: Fault) {
        let work = Work::Late(Box::new(fault));
        let running = Running::new(form, Order::ContextFirst, work, self.ticket());
        self.start(running);
    }

    /// Keeps a request that is not answered yet.
    pub(super) fn start(&mut self, running: Running) {
        match &mut self.turn {
            _ if running.form().label.is_some() => self.labelled.push(running),
            Some(turn) => turn.behind.push_back(running),
            None => self.turn = Some(Box::new(Turn::new(running))),
        }
    }

    /// Goes on with unlabelled requests: writes the replies that are ready, in order.
    #[inline(never)]
    pub(super) fn poll_turn(&mut self, table: &Table, cx: &mut Context<'_>) -> bool {
        let mut moved = false;
        while !self.is_full()
            && let Some(mut turn) = self.turn.take()
        {
            let Poll::Ready(answer) = turn.first.poll(cx) else {
                self.turn = Some(turn);
                break;
            };
            let (first, rest) = turn.shift();
            let alone = rest.is_none();
            self.turn = rest;
            self.answer(table, answer, first, cx);
            moved = true;
            if alone {
                return true;
            }
        }
        moved | self.poll_ahead(table, cx)
    }

    /// One that went ahead may wait for the application's word before it takes effect.
    fn poll_ahead(&mut self, table: &Table, cx: &mut Context<'_>) -> bool {
        let Some(turn) = &mut self.turn else {
            return false;
        };
        let Some(mut last) = turn.behind.pop_back_if(|last| !last.is_owed()) else {
            return false;
        };
        match last.poll(cx) {
            Poll::Pending => turn.behind.push_back(last),
            Poll::Ready(Answer::Said(Said::No(fault))) => {
                last.refuse(fault);
                turn.behind.push_back(last);
                return true;
            }
            Poll::Ready(answer) => {
                self.answer(table, answer, last, cx);
                return true;
            }
        }
        false
    }

    /// Bytes of what went ahead.
    pub(super) fn owed_bytes(&self) -> usize {
        match &self.turn {
            Some(turn) => turn.behind.len() * size_of::<Running>(),
            None => 0,
        }
    }
}
