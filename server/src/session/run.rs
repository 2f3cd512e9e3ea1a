//! Runs a request whose turn it is.

use super::running::{Answer, Running, Work, poll_action};
use super::seats::Seats;
use super::{Phase, Session};
use crate::access::Asked;
use crate::action::{Call, Cx, Outcome, begin, give_back};
use crate::dispatch::Words;
use crate::hub::bus::{Reach, Receipt};
use crate::protocol::line::Take;
use crate::protocol::reply::{Draft, Order};
use crate::table::{ActionEntry, Table, Target};
use crate::verb::{Args, Then, VerbEntry};
use actionline_specs::request::{Form, Request};
use actionline_specs::wire::Reason;
use actionline_specs::{Fault, Slot, Slots, bind_params_into, limits};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::{Context, Poll};

impl Session {
    /// Runs a request. `Hold` only for `quit`, which waits for everything before it.
    pub(super) fn run(
        &mut self,
        table: &Table,
        request: &Request<'_>,
        allowed: Option<&Asked>,
        cx: &mut Context<'_>,
    ) -> Take {
        let form = request.form();
        let found = table.find(request.name());
        if let Some(Target::Verb(entry)) = found
            && entry.verb.name == "quit"
            && !self.is_idle()
        {
            self.uncounted -= 1;
            return Take::Hold;
        }
        if allowed.is_none() {
            self.begin(found, form.label.is_some());
        }
        let _span = self.enter();
        let result = match found {
            None if is_http(request) => {
                self.give_up(Reason::WrongProtocol);
                Ok(())
            }
            None => Err(table.unknown(request.name(), form.json)),
            Some(
                Target::Verb(VerbEntry { needs, .. }) | Target::Action(ActionEntry { needs, .. }),
            ) if !self.conn.may(*needs) => Err(self.conn.forbidden(request.name(), *needs)),
            Some(Target::Verb(entry)) => self.verb(entry, request, allowed, cx),
            Some(Target::Action(_)) if self.short => Err(self.conn.overloaded(&limits::MEMORY)),
            Some(Target::Action(entry)) => self.action(entry, request, allowed, form, cx),
        };
        if let Err(fault) = result {
            match self.is_behind(form) {
                true => self.fail_behind(form, fault),
                false => self.fail(form, &fault),
            }
        }
        Take::Next
    }

    fn verb(
        &mut self,
        entry: &VerbEntry,
        request: &Request<'_>,
        allowed: Option<&Asked>,
        cx: &mut Context<'_>,
    ) -> Result<(), Fault> {
        match *request {
            Request::Words { rest, .. } => {
                self.apply(entry, entry.read_words(rest)?, request, allowed, cx)
            }
            Request::Json { ref params, .. } => {
                let mut slots = Slots::new();
                bind_params_into(&entry.spec.params, params, &mut slots)?;
                self.apply(entry, entry.read_slots(&slots), request, allowed, cx)
            }
        }
    }

    fn apply(
        &mut self,
        entry: &VerbEntry,
        args: Args<'_>,
        request: &Request<'_>,
        allowed: Option<&Asked>,
        cx: &mut Context<'_>,
    ) -> Result<(), Fault> {
        entry.check_name(args)?;
        if let Some(asked) = self.asked_of(entry, args)
            && !self.is_allowed(request, allowed, || asked, cx)?
        {
            return Ok(());
        }
        let (form, order) = (request.form(), entry.order);
        let draft = Draft::begin(&mut self.out, form, order);
        let then = match (entry.verb.apply)(&self.conn, args, self.out.line()) {
            Ok(then) => then,
            Err(fault) => {
                draft.abandon(&mut self.out);
                return Err(fault);
            }
        };
        match then {
            Then::Reply => self.finish(draft, false),
            Then::Quit => {
                self.finish(draft, false);
                self.phase = Phase::Closing;
            }
            Then::Reached(Receipt::Done(reach)) if !self.is_behind(form) => {
                self.finish(draft, matches!(reach, Reach::Here(_)));
            }
            Then::Reached(receipt) => {
                let fields = draft.postpone(&mut self.out);
                let work = Work::Reach(fields, receipt);
                let running = Running::new(form, order, work, self.ticket());
                self.start(running);
            }
            Then::Later(future) => {
                draft.abandon(&mut self.out);
                let work = Work::Fields(future);
                let running = Running::new(form, order, work, self.ticket());
                self.start(running);
            }
        }
        Ok(())
    }

    fn action(
        &mut self,
        entry: &ActionEntry,
        request: &Request<'_>,
        allowed: Option<&Asked>,
        form: Form<'_>,
        cx: &mut Context<'_>,
    ) -> Result<(), Fault> {
        let asked = || Asked::Action(entry.spec.name.clone());
        if !self.is_allowed(request, allowed, asked, cx)? {
            return Ok(());
        }
        match *request {
            Request::Words { rest, .. } => {
                let mut words = Words::default();
                words.read(entry, &self.conn, rest)?;
                if words.is_bare() {
                    self.bare(entry, form, cx);
                } else {
                    let mut slots = Slots::new();
                    words.bind(&entry.spec, &mut slots)?;
                    self.call(entry, &slots, form, cx);
                }
            }
            Request::Json { ref params, .. } if params.is_empty() => {
                self.bare(entry, form, cx);
            }
            Request::Json { ref params, .. } => {
                let mut slots = Slots::new();
                bind_params_into(&entry.spec.params, params, &mut slots)?;
                self.call(entry, &slots, form, cx);
            }
        }
        Ok(())
    }

    /// Calls a handler without any param given: what comes of that is known already.
    fn bare(&mut self, entry: &ActionEntry, form: Form<'_>, cx: &mut Context<'_>) {
        match &entry.bare {
            Ok(slots) => self.call(entry, slots, form, cx),
            Err(fault) => self.fail(form, fault),
        }
    }

    /// Calls a handler with bound params.
    fn call(
        &mut self,
        entry: &ActionEntry,
        slots: &[Slot<'_>],
        form: Form<'_>,
        cx: &mut Context<'_>,
    ) {
        let file = match self.file_seat(entry) {
            Ok(seat) => seat,
            Err(fault) => return self.fail(form, &fault),
        };
        match entry.handler.call {
            Call::Sync(call) => {
                let draft = Draft::begin(&mut self.out, form, Order::ContextFirst);
                let caller = Cx { conn: &self.conn };
                let line = self.out.line();
                let outcome = catch_unwind(AssertUnwindSafe(|| call(caller, slots, line)));
                match outcome {
                    Ok(Outcome::Fields) => self.finish(draft, false),
                    Ok(outcome) => {
                        draft.abandon(&mut self.out);
                        self.settle(outcome, form, file, cx);
                    }
                    Err(_) => {
                        draft.abandon(&mut self.out);
                        self.panicked(form);
                    }
                }
            }
            Call::Async(call) => {
                if self.conn.shared().is_busy() {
                    let fault = self.conn.overloaded(&limits::ACTIONS);
                    return self.fail(form, &fault);
                }
                let mut future = begin(call, &self.conn, slots);
                match poll_action(&mut future, cx) {
                    Poll::Ready(Answer::Action(answered)) => {
                        self.answered(answered.outcome, &answered.memory.out, form, file, cx);
                        give_back(future, answered.memory);
                    }
                    Poll::Ready(_) => self.panicked(form),
                    Poll::Pending => {
                        let work = Work::Action(future);
                        let running = Running::new(form, Order::ContextFirst, work, self.ticket());
                        let shared = self.conn.shared();
                        let limit = shared.limits.action_time();
                        let running = running
                            .within(entry.spec.timeout.unwrap_or(limit), shared.clock.now())
                            .on(Seats {
                                action: Some(shared.actions.enter()),
                                file,
                            });
                        self.start(running);
                    }
                }
            }
        }
    }
}

/// Whether it is the first line of an HTTP request (RFC 9112 §3), or the field that each has before its body (§3.2): a
/// browser may be made to send a first line too long, or no text, but not to leave that out.
fn is_http(request: &Request<'_>) -> bool {
    let Request::Words { rest, .. } = request else {
        return false;
    };
    if request.name().eq_ignore_ascii_case("host:") {
        return true;
    }
    let version = rest.rsplit(' ').next();
    version.is_some_and(|version| version.starts_with("HTTP/"))
}
