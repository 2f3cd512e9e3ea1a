//! One client's conversation, without input or output of its own: lines in, numbered lines out. Knows no socket and no
//! runtime; a driver (`transport/`) moves the bytes. The only place that decides whose turn it is (protocol §2).

mod answer;
mod asking;
mod owed;
mod run;
mod running;
mod seats;
mod tally;
mod watch;

use crate::access::Hook;
use crate::connection::Connection;
use crate::protocol::line::{Piece, Take};
use crate::protocol::output::Output;
use crate::protocol::push;
use crate::table::Table;
use actionline_specs::request::{self, Form, Request};
use actionline_specs::wire::Reason;
use actionline_specs::{Code, Fault, limits};
use owed::Turn;
use running::Running;
use seats::Sending;
use std::sync::Arc;
use std::task::{Context, Poll};
use tally::Tally;
use watch::Watch;

/// Most bytes of a file that are read ahead of the client.
const FILE_AHEAD: usize = 64 * 1024;

/// How TLS begins (RFC 8446 §5.1): a handshake record, and the version's first byte.
const TLS_HANDSHAKE: &[u8] = &[22, 3];

/// One client's conversation.
#[derive(Debug)]
pub(crate) struct Session {
    conn: Arc<Connection>,
    /// Whom to ask what the client may do.
    access: Option<Hook>,
    out: Output,
    /// The unlabelled request that is being answered, and what went ahead behind it.
    turn: Option<Box<Turn>>,
    /// Labelled requests that are being answered.
    labelled: Vec<Running>,
    /// The file that owns the wire.
    file: Option<Sending>,
    phase: Phase,
    watch: Watch,
    /// So many of the client's first bytes are known.
    first: u8,
    /// Longest line: the limit when it connected.
    longest: u64,
    /// The transport has taken bytes and could not send them yet.
    unflushed: bool,
    /// Memory was full when the session was last looked after.
    short: bool,
    /// Requests not yet added to the server's count.
    uncounted: u32,
    /// Bytes that the server knows to be held here.
    held: usize,
    tally: Tally,
}

/// How far the conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Lines are taken.
    Open,
    /// No more lines come; what is owed is still answered.
    Closing,
    /// Everything is said; what waits is still to be written.
    Done,
    /// Stop at once: what waits is not written.
    Cut,
}

impl Session {
    /// Starts a conversation: the welcome waits.
    pub(crate) fn new(conn: Arc<Connection>, access: Option<Hook>) -> Self {
        let mut out = Output::default();
        let shared = conn.shared();
        out.push(&shared.welcome);
        let mut session = Self {
            access,
            out,
            turn: None,
            labelled: Vec::new(),
            file: None,
            phase: Phase::Open,
            watch: Watch::default(),
            first: 0,
            longest: shared.limits.line(),
            unflushed: false,
            short: false,
            uncounted: 0,
            held: 0,
            tally: Tally::new(&conn),
            conn,
        };
        session.await_login();
        session
    }

    pub(crate) fn conn(&self) -> &Arc<Connection> {
        &self.conn
    }

    /// Longest line that the client may send, in bytes.
    pub(crate) fn longest(&self) -> u64 {
        self.longest
    }

    pub(crate) fn output(&mut self) -> &mut Output {
        &mut self.out
    }

    /// Takes a piece of input, or asks to be offered it again after a [`Session::poll`] that moved something.
    pub(crate) fn on_piece(
        &mut self,
        table: &Table,
        piece: Piece<'_>,
        cx: &mut Context<'_>,
    ) -> Take {
        if self.phase != Phase::Open {
            return Take::Next;
        }
        if self.owes_enough() {
            return Take::Hold;
        }
        if !self.watch.awaits_login() {
            return self.take(table, piece, cx);
        }
        let bytes = piece.len(self.longest as usize) + 1;
        if !self.may_send(bytes) {
            return Take::Next;
        }
        let taken = self.take(table, piece, cx);
        if taken == Take::Next {
            self.spend(bytes);
        }
        taken
    }

    fn take(&mut self, table: &Table, piece: Piece<'_>, cx: &mut Context<'_>) -> Take {
        match piece {
            Piece::Line(line) => match &request::parse(line) {
                Ok(None) => Take::Next,
                Ok(Some(request)) => self.on_request(table, request, cx),
                Err(refused) => self.refuse(refused.form, &refused.fault),
            },
            Piece::NotText { json, .. } => {
                let fault = Fault::new(Code::InvalidUtf8, &[]);
                self.refuse(Form { json, label: None }, &fault)
            }
            Piece::TooLong { json } => {
                let fault = limits::LINE.reached(self.longest, &[]);
                self.refuse(Form { json, label: None }, &fault)
            }
            Piece::Quit => self.on_request(table, &Request::QUIT, cx),
            Piece::Endless => {
                self.give_up(Reason::EndlessLine);
                Take::Next
            }
        }
    }

    /// Whether the client has to take what it is owed before more is run. When memory is full, whatever that is.
    fn owes_enough(&self) -> bool {
        let owed = self.out.len();
        owed > 0 && (self.short || owed >= self.limit().output() as usize)
    }

    /// Looks at the first bytes of a client, however they are cut: TLS needs an end before it is taken for lines.
    pub(crate) fn on_bytes(&mut self, bytes: &[u8]) {
        let due = &TLS_HANDSHAKE[self.first.into()..];
        if due.is_empty() {
            return;
        }
        let known = due.len().min(bytes.len());
        if bytes[..known] != due[..known] {
            self.first = TLS_HANDSHAKE.len() as u8;
            return;
        }
        self.first += known as u8;
        if known == due.len() {
            self.give_up(Reason::WrongProtocol);
        }
    }

    /// Runs nothing more of what the client sends; what it is owed is answered, then it is told why.
    pub(super) fn give_up(&mut self, reason: Reason) {
        self.conn.outbox().end(reason.into());
        self.phase = Phase::Closing;
    }

    fn on_request(&mut self, table: &Table, request: &Request<'_>, cx: &mut Context<'_>) -> Take {
        if !self.has_turn(request.form()) && !self.goes_ahead(request) {
            return Take::Hold;
        }
        self.uncounted += 1;
        self.run(table, request, None, cx)
    }

    /// Answers a line that is no request; it waits for its turn like any other.
    fn refuse(&mut self, form: Form<'_>, fault: &Fault) -> Take {
        if !self.has_turn(form) {
            return Take::Hold;
        }
        self.uncounted += 1;
        self.begin(None, form.label.is_some());
        self.fail(form, fault);
        Take::Next
    }

    fn has_turn(&self, form: Form<'_>) -> bool {
        if self.file.is_some() {
            return false;
        }
        match form.label {
            None => self.turn.is_none(),
            Some(_) => self.labelled.len() < self.limit().labelled() as usize,
        }
    }

    fn limit(&self) -> &limits::InForce {
        &self.conn.shared().limits
    }

    /// No more lines will come: the client has closed its side, or the server stops.
    pub(crate) fn on_end_of_input(&mut self) {
        if self.phase == Phase::Open {
            self.phase = Phase::Closing;
        }
    }

    /// Goes on with whatever is under way: requests, the file, the outbox. True when something moved.
    pub(crate) fn poll(&mut self, table: &Table, cx: &mut Context<'_>) -> bool {
        let mut moved = false;
        if self.conn.outbox().is_cut() {
            self.phase = Phase::Cut;
            return false;
        }
        moved |= self.poll_file(cx);
        moved |= self.poll_running(table, cx);
        moved |= self.poll_outbox();
        moved |= self.poll_end();
        self.tell();
        self.short = self.conn.shared().memory.is_full();
        moved
    }

    /// Reads on in the file that owns the wire, a piece at a time, as the client takes it.
    fn poll_file(&mut self, cx: &mut Context<'_>) -> bool {
        let mut moved = false;
        while let Some(file) = &mut self.file {
            if self.out.len() >= FILE_AHEAD {
                break;
            }
            let Some(buf) = self.out.file() else { break };
            match file.source.poll_chunk(cx, buf) {
                Poll::Pending => break,
                Poll::Ready(Ok(true)) => moved = true,
                // Until the client has taken its last byte, the file owns the wire.
                Poll::Ready(Ok(false)) if !self.out.is_empty() => break,
                Poll::Ready(Ok(false)) => {
                    self.file = None;
                    moved = true;
                }
                Poll::Ready(Err(error)) => {
                    // The client was promised these bytes; closing is the only way left to tell it.
                    tracing::warn!(conn = %self.conn.id(), %error, "a file could not be read to its end");
                    self.file = None;
                    self.phase = Phase::Cut;
                    return true;
                }
            }
        }
        moved
    }

    /// Moves pushes from the outbox to the output, unless a file owns the wire.
    fn poll_outbox(&mut self) -> bool {
        let limit = self.limit().output() as usize;
        if self.file.is_some() || !self.conn.outbox().stirred() || self.out.len() >= limit {
            return false;
        }
        let out = &mut self.out;
        let count = self.conn.outbox().drain(|head| {
            out.push(head);
            out.len() < limit
        });
        count > 0
    }

    /// Ends the conversation once nothing is owed.
    fn poll_end(&mut self) -> bool {
        let ending = self.conn.outbox().ending();
        if let Some(ending) = ending.filter(|ending| ending.reason == Reason::SlowConsumer)
            && !matches!(self.phase, Phase::Done | Phase::Cut)
        {
            tracing::info!(conn = %self.conn.id(), "closed a slow consumer");
            self.turn = None;
            self.labelled.clear();
            // Within a file there is no room for a line.
            let torn = self.file.take().is_some();
            self.phase = if torn { Phase::Cut } else { Phase::Done };
            if !torn {
                self.out
                    .push(&push::goodbye(ending.reason, ending.retry_after_ms));
            }
            return true;
        }
        if self.phase != Phase::Closing || !self.is_idle() || self.conn.outbox().bytes() > 0 {
            return false;
        }
        if let Some(ending) = ending {
            self.out
                .push(&push::goodbye(ending.reason, ending.retry_after_ms));
        }
        self.phase = Phase::Done;
        true
    }

    /// Whether there is nothing to go on with before something comes: from the client, from others, or from a handler.
    pub(crate) fn rests(&self) -> bool {
        self.phase == Phase::Open
            && self.is_idle()
            && self.uncounted == 0
            && self.out.is_empty()
            && !self.conn.outbox().stirred()
    }

    /// Whether no request and no file is under way.
    fn is_idle(&self) -> bool {
        self.turn.is_none() && self.labelled.is_empty() && self.file.is_none()
    }

    /// Whether lines already here may still be run, but no new ones read: an end was asked for.
    pub(crate) fn is_ending(&self) -> bool {
        self.conn.outbox().ending().is_some()
    }

    /// Whether the driver may read on.
    pub(crate) fn wants_input(&self) -> bool {
        self.phase == Phase::Open
            && self.file.is_none()
            && self.out.len() < self.limit().output() as usize
            && !self.is_ending()
    }

    /// Tells how much memory the client takes up after a turn; `unread` bytes of it are with the driver.
    pub(crate) fn weigh(&mut self, unread: usize) {
        let conn = &self.conn;
        let held = unread
            + self.out.len()
            + conn.outbox().bytes()
            + conn.saved_bytes()
            + self.asking_bytes()
            + self.owed_bytes();
        if held != self.held {
            conn.shared().memory.change(self.held, held);
            self.held = held;
        }
    }

    /// Whether everything is said: the driver writes what waits, then closes.
    pub(crate) fn is_done(&self) -> bool {
        self.phase == Phase::Done
    }

    /// Whether the driver must close at once.
    pub(crate) fn is_cut(&self) -> bool {
        self.phase == Phase::Cut
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.tell();
        let shared = self.conn.shared();
        shared.memory.change(self.held, 0);
        if let Some(ending) = self.conn.outbox().ending() {
            shared.hub.local.stats.closed(ending.reason);
        }
        self.conn.leave();
    }
}
