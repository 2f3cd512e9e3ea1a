//! What waits to be written to one client. The only place that numbers lines (protocol §2).

use super::tail::{MOST, Tail};
use std::cell::Cell;

/// Bytes that wait, and the number of the next line.
#[derive(Debug, Default)]
pub(crate) struct Output {
    buf: Vec<u8>,
    /// `buf[..sent]` is written already.
    sent: usize,
    /// Has the number that the next line takes.
    tail: Tail,
    /// Bytes written since the start: tells whether the client takes any.
    total: u64,
    /// The waiting bytes are a file's, not lines.
    raw: bool,
}

/// Where a line began; see [`Output::rollback`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark(usize);

/// What waits: lines and file bytes are never mixed, as a message transport has to tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pending<'a> {
    /// Nothing waits.
    Nothing,
    /// Whole lines, each ended by CRLF; the first may be half written.
    Lines(&'a [u8]),
    /// Bytes of a file.
    Raw(&'a [u8]),
}

/// A buffer that grew beyond this is given back once it is empty.
const KEEP: usize = 64 * 1024;

thread_local! {
    /// An empty buffer for the next one who writes on this thread: a client that is owed nothing keeps none.
    static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

impl Output {
    /// Starts a line. Write the line up to, not including, `,"messageCount":` into [`Output::line`], then
    /// [`Output::end`] it, or [`Output::rollback`] to this mark: then it was never numbered.
    pub(crate) fn begin(&mut self) -> Mark {
        debug_assert!(!self.raw || self.is_empty(), "a line within a file");
        self.raw = false;
        self.equip();
        Mark(self.buf.len())
    }

    fn equip(&mut self) {
        if self.buf.capacity() == 0 {
            self.buf = SPARE.take();
        }
    }

    /// The buffer that a line is written to.
    pub(crate) fn line(&mut self) -> &mut Vec<u8> {
        &mut self.buf
    }

    /// Numbers the line and ends it.
    pub(crate) fn end(&mut self) {
        self.buf.extend_from_slice(self.tail.text());
        self.tail.count();
    }

    /// Forgets a line that was begun.
    pub(crate) fn rollback(&mut self, mark: Mark) {
        self.buf.truncate(mark.0);
    }

    /// Adds a whole line, given up to its number.
    pub(crate) fn push(&mut self, head: &[u8]) {
        self.begin();
        self.buf.reserve(head.len() + MOST);
        self.buf.extend_from_slice(head);
        self.end();
    }

    /// The buffer for a file's bytes; only when nothing but such bytes waits.
    pub(crate) fn file(&mut self) -> Option<&mut Vec<u8>> {
        if !self.raw && !self.is_empty() {
            return None;
        }
        // Not the spare one: it would grow to twice what a file reads ahead.
        self.raw = true;
        Some(&mut self.buf)
    }

    /// What waits to be written.
    pub(crate) fn pending(&self) -> Pending<'_> {
        match &self.buf[self.sent..] {
            [] => Pending::Nothing,
            bytes if self.raw => Pending::Raw(bytes),
            bytes => Pending::Lines(bytes),
        }
    }

    /// Notes that the first `n` waiting bytes are written.
    pub(crate) fn consume(&mut self, n: usize) {
        self.sent += n;
        self.total += n as u64;
        if self.sent >= self.buf.len() {
            self.sent = 0;
            self.buf.clear();
            let buf = std::mem::take(&mut self.buf);
            if buf.capacity() <= KEEP {
                SPARE.set(buf);
            }
        } else if self.sent >= 64 * 1024 && self.sent >= self.buf.len() / 2 {
            // A slow reader must not make us keep what it has already taken, nor move the rest at each of its steps.
            self.buf.drain(..self.sent);
            self.sent = 0;
        }
    }

    /// Waiting bytes.
    pub(crate) fn len(&self) -> usize {
        self.buf.len() - self.sent
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes written since the start.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_leave_no_gap_after_a_rollback() {
        let mut out = Output::default();
        out.push(b"{\"a\":1");
        let mark = out.begin();
        out.line().extend_from_slice(b"{\"half");
        out.rollback(mark);
        out.push(b"{\"b\":2");
        let expected = b"{\"a\":1,\"messageCount\":0}\r\n{\"b\":2,\"messageCount\":1}\r\n";
        assert_eq!(out.pending(), Pending::Lines(expected));
    }

    #[test]
    fn a_file_waits_for_the_lines_before_it() {
        let mut out = Output::default();
        out.push(b"{\"a\":1");
        assert!(out.file().is_none());
        out.consume(out.len());
        out.file().expect("nothing waits").extend_from_slice(b"raw");
        assert_eq!(out.pending(), Pending::Raw(b"raw"));
        out.consume(3);
        out.push(b"{\"b\":2");
        assert_eq!(
            out.pending(),
            Pending::Lines(b"{\"b\":2,\"messageCount\":1}\r\n")
        );
    }
}
