//! Goes on with requests that wait, and writes what came of them.

use super::Session;
use super::asking::{Said, Waits};
use super::running::{Answer, Running};
use super::seats::{FileSeat, Sending};
use crate::action::Outcome;
use crate::files::FileReply;
use crate::hub::bus::Reach;
use crate::meter::Came;
use crate::protocol::output::Output;
use crate::protocol::reply::{Order, failure, success, write};
use crate::table::Table;
use actionline_specs::request::{self, Form};
use actionline_specs::{Code, Fault};
use serde_json::json;
use std::task::{Context, Poll};

impl Session {
    /// Looks after requests under way, unless a file owns the wire or the client does not read.
    pub(super) fn poll_running(&mut self, table: &Table, cx: &mut Context<'_>) -> bool {
        if self.is_full() {
            return false;
        }
        let mut moved = self.turn.is_some() && self.poll_turn(table, cx);
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

    pub(super) fn is_full(&self) -> bool {
        self.file.is_some() || self.out.len() >= self.limit().output() as usize
    }

    /// Goes on with a request after what it waited for.
    pub(super) fn answer(
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

    pub(super) fn answered(
        &mut self,
        outcome: Outcome,
        fields: &[u8],
        form: Form<'_>,
        file: Option<FileSeat>,
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
    pub(super) fn settle(
        &mut self,
        outcome: Outcome,
        form: Form<'_>,
        seat: Option<FileSeat>,
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
    fn send(&mut self, file: FileReply, form: Form<'_>, seat: Option<FileSeat>) {
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
    pub(super) fn panicked(&mut self, form: Form<'_>) {
        self.conn.shared().hub.local.stats.panicked();
        self.came(Came::Panic);
        let fault = Fault::new(Code::InternalError, &[]);
        failure(&mut self.out, form, &fault);
    }
}

/// The line before a framed file (protocol §6).
fn announce(out: &mut Output, form: Form<'_>, file: &FileReply) {
    let mut fields = Vec::new();
    write(&mut fields, &json!({ "file": file.facts() }));
    success(out, form, Order::ContextFirst, &fields, false);
}
