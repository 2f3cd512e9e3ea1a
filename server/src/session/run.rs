//! Runs a request whose turn it is, and writes its answer.

use super::asking::{Said, Waits};
use super::running::{Answer, Running, Work, poll_action};
use super::seats::{Seats, Sending};
use super::{Phase, Session};
use crate::access::Asked;
use crate::action::{Call, Cx, Outcome, begin, give_back};
use crate::dispatch::Words;
use crate::files::FileReply;
use crate::gauge::Seat;
use crate::hub::bus::{Reach, Receipt};
use crate::meter::Came;
use crate::protocol::line::Take;
use crate::protocol::output::Output;
use crate::protocol::reply::{Draft, Order, failure, success, write};
use crate::table::{ActionEntry, Table, Target};
use crate::verb::{Args, Then, VerbEntry};
use actionline_specs::request::{self, Form, Request};
use actionline_specs::wire::Reason;
use actionline_specs::{Code, Fault, Slot, Slots, bind_params_into, limits};
use serde_json::json;
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
            Some(Target::Action(_)) if self.conn.shared().memory.is_full() => {
                Err(self.conn.overloaded(&limits::MEMORY))
            }
            Some(Target::Action(entry)) => self.action(entry, request, allowed, form, cx),
        };
        if let Err(fault) = result {
            self.fail(form, &fault);
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
            Then::Reached(Receipt::Done(reach)) => {
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

    /// Keeps a request that is not answered yet.
    pub(super) fn start(&mut self, running: Running) {
        if running.form().label.is_some() {
            self.labelled.push(running);
        } else {
            self.turn = Some(Box::new(running));
        }
    }

    /// Looks after requests under way, unless a file owns the wire or the client does not read.
    pub(super) fn poll_running(&mut self, table: &Table, cx: &mut Context<'_>) -> bool {
        let mut moved = false;
        if self.is_full() {
            return false;
        }
        if let Some(mut running) = self.turn.take() {
            match running.poll(cx) {
                Poll::Ready(answer) => {
                    self.answer(table, answer, *running, cx);
                    moved = true;
                }
                Poll::Pending => self.turn = Some(running),
            }
        }
        let mut at = 0;
        while at < self.labelled.len() && !self.is_full() {
            match self.labelled[at].poll(cx) {
                Poll::Ready(answer) => {
                    let running = self.labelled.remove(at);
                    self.answer(table, answer, running, cx);
                    moved = true;
                }
                Poll::Pending => at += 1,
            }
        }
        moved
    }

    fn is_full(&self) -> bool {
        self.file.is_some() || self.out.len() >= self.limit().output() as usize
    }

    /// Goes on with a request after what it waited for.
    fn answer(
        &mut self,
        table: &Table,
        answer: Answer,
        mut running: Running,
        cx: &mut Context<'_>,
    ) {
        let ticket = running.ticket();
        let _span = ticket.enter();
        self.resume(ticket);
        let file = running.seats().file.take();
        let (form, order) = (running.form(), running.order());
        match answer {
            Answer::Action(answered) => {
                self.answered(answered.outcome, &answered.memory.out, form, file, cx);
            }
            Answer::Late(fault) | Answer::Said(Said::No(fault)) => self.fail(form, &fault),
            Answer::Said(Said::Yes(_, Waits::File(reply))) => self.send(*reply, form, file),
            Answer::Said(Said::Yes(asked, Waits::Line(text))) => {
                // It was read before, so it can be.
                if let Ok(Some(request)) = request::parse(&text) {
                    self.run(table, &request, Some(&asked), cx);
                }
            }
            Answer::Panicked => self.panicked(form),
            Answer::Reached(fields, reach) => {
                let local = matches!(reach, Reach::Here(_));
                self.succeed(form, order, &fields, local);
            }
        }
    }

    fn answered(
        &mut self,
        outcome: Outcome,
        fields: &[u8],
        form: Form<'_>,
        file: Option<Seat>,
        cx: &mut Context<'_>,
    ) {
        match outcome {
            Outcome::Fields => {
                self.succeed(form, Order::ContextFirst, fields, false);
            }
            outcome => self.settle(outcome, form, file, cx),
        }
    }

    /// Writes an outcome that has no fields of its own.
    fn settle(
        &mut self,
        outcome: Outcome,
        form: Form<'_>,
        seat: Option<Seat>,
        cx: &mut Context<'_>,
    ) {
        match outcome {
            Outcome::Fields => self.succeed(form, Order::ContextFirst, b"{}", false),
            Outcome::Fault(fault) => self.fail(form, &fault),
            Outcome::File(file) => match self.may_send_file(file, form, seat, cx) {
                Ok(Some((file, seat))) => self.send(file, form, seat),
                Ok(None) => {}
                Err(fault) => self.fail(form, &fault),
            },
        }
    }

    /// Gives the wire to a file.
    fn send(&mut self, file: FileReply, form: Form<'_>, seat: Option<Seat>) {
        self.came(Came::Ok);
        if file.framed() {
            announce(&mut self.out, form, &file);
        }
        self.file = Some(Sending {
            source: file.into_source(),
            _seat: seat,
        });
    }

    /// Answers for a handler that panicked.
    fn panicked(&mut self, form: Form<'_>) {
        self.conn.shared().hub.local.stats.panicked();
        self.came(Came::Panic);
        let fault = Fault::new(Code::InternalError, &[]);
        failure(&mut self.out, form, &fault);
    }
}

/// Whether it is the first line of an HTTP request (RFC 9112 §3).
fn is_http(request: &Request<'_>) -> bool {
    let Request::Words { rest, .. } = request else {
        return false;
    };
    let version = rest.rsplit(' ').next();
    version.is_some_and(|version| version.starts_with("HTTP/"))
}

/// The line before a framed file (protocol §6).
fn announce(out: &mut Output, form: Form<'_>, file: &FileReply) {
    let mut fields = Vec::new();
    write(&mut fields, &json!({ "file": file.facts() }));
    success(out, form, Order::ContextFirst, &fields, false);
}
