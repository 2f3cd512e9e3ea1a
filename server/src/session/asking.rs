//! Asks the application whether a client may do something. What cannot be told at once waits in its turn.

use super::Session;
use super::running::{Running, Work};
use super::seats::{FileSeat, Seats};
use crate::access::{self, Asked, Verdict};
use crate::files::FileReply;
use crate::protocol::reply::Order;
use crate::verb::{Args, VerbEntry};
use actionline_specs::request::{Form, Request};
use actionline_specs::{Fault, limits, wire};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// What waits for the application's word.
#[derive(Debug)]
pub(super) enum Waits {
    /// A request: its line.
    Line(Box<str>),
    /// A file, opened.
    File(Box<FileReply>),
}

/// A question that is not answered yet.
pub(super) struct Asking {
    asked: Arc<Asked>,
    verdict: Verdict,
    waits: Waits,
    /// What the client is told if the answer is no.
    refusal: Box<Fault>,
}

/// The answer to it.
pub(super) enum Said {
    Yes(Arc<Asked>, Waits),
    No(Box<Fault>),
}

impl Asking {
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Said> {
        let verdict = Pin::new(&mut self.verdict).poll(cx);
        verdict.map(|yes| match yes {
            Some(()) => {
                let waits = std::mem::replace(&mut self.waits, Waits::Line(Box::default()));
                Said::Yes(Arc::clone(&self.asked), waits)
            }
            None => Said::No(self.refusal.clone()),
        })
    }

    /// What the client is told when there is no answer in time.
    pub(super) fn late(&self) -> Box<Fault> {
        access::tell_late();
        Box::new(Fault {
            limit: Some(&limits::ACCESS_TIME),
            ..(*self.refusal).clone()
        })
    }

    /// Bytes that wait.
    pub(super) fn bytes(&self) -> usize {
        match &self.waits {
            Waits::Line(line) => line.len(),
            Waits::File(_) => 0,
        }
    }
}

impl Session {
    /// Whether a request can go on now. If not, it waits, or the fault says why not. `allowed` is what the application
    /// has said yes to, when the request is run again.
    #[inline]
    pub(super) fn is_allowed(
        &mut self,
        request: &Request<'_>,
        allowed: Option<&Asked>,
        asked: impl FnOnce() -> Asked,
        cx: &mut Context<'_>,
    ) -> Result<bool, Fault> {
        match self.access {
            None => Ok(true),
            Some(_) => self.ask_first(request, allowed, asked(), cx),
        }
    }

    #[inline(never)]
    fn ask_first(
        &mut self,
        request: &Request<'_>,
        allowed: Option<&Asked>,
        asked: Asked,
        cx: &mut Context<'_>,
    ) -> Result<bool, Fault> {
        if allowed == Some(&asked) {
            return Ok(true);
        }
        match self.ask(asked, request.name(), cx)? {
            None => Ok(true),
            Some(later) => {
                let waits = Waits::Line(request.line().into());
                self.wait(Asking { waits, ..later }, request.form(), None);
                Ok(false)
            }
        }
    }

    /// What a verb is asked for, if it is.
    pub(super) fn asked_of(&self, entry: &VerbEntry, args: Args<'_>) -> Option<Asked> {
        match entry.verb.name {
            _ if self.access.is_none() => None,
            "roomChange" => Some(Asked::Room(args[0].to_owned())),
            // In no room nobody hears it.
            "say" => Some(Asked::Say(self.conn.room()?)),
            _ => None,
        }
    }

    /// Whether a file can be sent now; it waits if there is something to wait for.
    pub(super) fn may_send_file(
        &mut self,
        file: FileReply,
        form: Form<'_>,
        seat: Option<FileSeat>,
        cx: &mut Context<'_>,
    ) -> Result<Option<(FileReply, Option<FileSeat>)>, Fault> {
        if self.access.is_none() {
            return Ok(Some((file, seat)));
        }
        let asked = Asked::File(file.facts().clone());
        match self.ask(asked, wire::THE_FILE, cx)? {
            None => Ok(Some((file, seat))),
            Some(later) => {
                let waits = Waits::File(Box::new(file));
                self.wait(Asking { waits, ..later }, form, seat);
                Ok(None)
            }
        }
    }

    /// Asks. Nothing to wait for is a yes; a no is the fault.
    fn ask(
        &mut self,
        asked: Asked,
        name: &str,
        cx: &mut Context<'_>,
    ) -> Result<Option<Asking>, Fault> {
        let Some(hook) = &self.access else {
            return Ok(None);
        };
        let asked = Arc::new(asked);
        let mut verdict = hook.allow(&self.conn, &asked);
        let refusal = || Fault::forbidden(name, [wire::PERMISSION]);
        match Pin::new(&mut verdict).poll(cx) {
            Poll::Ready(Some(())) => Ok(None),
            Poll::Ready(None) => Err(refusal()),
            // It would wait among the actions.
            Poll::Pending if self.conn.shared().is_busy() => {
                Err(self.conn.overloaded(&limits::ACTIONS))
            }
            Poll::Pending => Ok(Some(Asking {
                asked,
                verdict,
                waits: Waits::Line(Box::default()),
                refusal: Box::new(refusal()),
            })),
        }
    }

    fn wait(&mut self, asking: Asking, form: Form<'_>, file: Option<FileSeat>) {
        let work = Work::Ask(Box::new(asking));
        let running = Running::new(form, Order::ContextFirst, work, self.ticket());
        let shared = self.conn.shared();
        let running = running
            .within(shared.limits.access_time(), shared.clock.now())
            .on(Seats {
                action: Some(shared.actions.enter()),
                file,
            });
        self.start(running);
    }

    /// Bytes of lines that wait for the application's word.
    pub(super) fn asking_bytes(&self) -> usize {
        if self.access.is_none() {
            return 0;
        }
        let running = self
            .turn
            .iter()
            .map(|turn| turn.last())
            .chain(&self.labelled);
        running.map(Running::asking_bytes).sum()
    }
}
