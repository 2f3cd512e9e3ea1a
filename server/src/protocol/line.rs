//! Bytes into lines (protocol §1): LF ends a line, one CR before it is dropped, an over-long line is discarded up to
//! its LF, Ctrl-D and telnet's interrupt mean `quit`.

use actionline_specs::request::is_json;
use memchr::{memchr, memchr2, memrchr};
use std::str::from_utf8;

/// What the splitter found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A whole line without its end.
    Line(&'a str),
    /// A whole line that is no UTF-8; `json` when it started with `{`.
    NotText {
        /// The line started like a JSON request.
        json: bool,
        /// How many bytes it has.
        bytes: usize,
    },
    /// A line beyond the limit; `json` when it started with `{`. Its bytes are discarded.
    TooLong {
        /// The line started like a JSON request.
        json: bool,
    },
    /// Ctrl-D at the start of a line, or telnet's interrupt.
    Quit,
    /// A line went on beyond the discard limit: the client is to be closed.
    Endless,
}

impl Piece<'_> {
    /// How many bytes the line had; at least, when it was longer than `most`.
    pub(crate) fn len(&self, most: usize) -> usize {
        match self {
            Piece::Line(line) => line.len(),
            Piece::NotText { bytes, .. } => *bytes,
            Piece::Quit => 0,
            Piece::TooLong { .. } | Piece::Endless => most + 1,
        }
    }
}

/// What becomes of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Take {
    /// It was taken; the next one, please.
    Next,
    /// It was not taken: keep it, and everything behind it.
    Hold,
}

const CTRL_D: u8 = 0x04;
/// IAC IP IAC DO TIMING-MARK (RFC 854, RFC 860): what telnet sends for Ctrl-C.
const INTERRUPT: &[u8] = &[0xff, 0xf4, 0xff, 0xfd, 0x06];

/// The splitter: keeps what is not a whole line yet, and lines that were held back.
#[derive(Debug)]
pub(crate) struct Lines {
    /// Longest line.
    max: u32,
    /// Most bytes discarded of one line.
    discard: u32,
    /// Bytes that came but are not done with; `rest[..at]` is done with.
    rest: Vec<u8>,
    at: usize,
    /// How far the unfinished line has been searched for its end; of one that is skipped, how much was discarded.
    progress: usize,
    /// The line is over-long, and discarded up to its end.
    skipping: bool,
    /// A piece without bytes that was found but not taken yet.
    owed: Option<Owed>,
    held: bool,
}

impl Lines {
    /// A splitter with these limits in bytes.
    pub(crate) fn new(max: usize, discard: usize) -> Self {
        Self {
            max: narrow(max),
            discard: narrow(discard),
            rest: Vec::new(),
            at: 0,
            progress: 0,
            skipping: false,
            owed: None,
            held: false,
        }
    }

    /// Whether the last piece was not taken. Feed nothing new before it is: call [`Lines::feed`] with no bytes, and
    /// [`Lines::keep`] what comes meanwhile.
    pub(crate) fn holds(&self) -> bool {
        self.held
    }

    /// Whether a line has begun whose end has not come.
    pub(crate) fn is_unfinished(&self) -> bool {
        !self.held && (self.skipping || !self.rest.is_empty())
    }

    /// Bytes that are kept.
    pub(crate) fn len(&self) -> usize {
        self.rest.len() - self.at
    }

    /// How many bytes of the unfinished line have come.
    pub(crate) fn unfinished(&self) -> usize {
        self.progress.max(self.rest.len() - self.at)
    }

    /// Keeps bytes behind a piece that is held.
    pub(crate) fn keep(&mut self, input: &[u8]) {
        self.rest.extend_from_slice(input);
    }

    /// Splits `input`, behind what was kept, and offers each piece until one is held.
    pub(crate) fn feed(&mut self, input: &[u8], mut take: impl FnMut(Piece<'_>) -> Take) {
        self.held = false;
        if self.at == self.rest.len() {
            // Lines that come together are found to be UTF-8 together, if they are.
            let whole = memrchr(b'\n', input).map_or(0, |end| end + 1);
            let used = self.split(input, from_utf8(&input[..whole]).ok(), &mut take);
            self.rest.clear();
            self.at = 0;
            self.rest.extend_from_slice(&input[used..]);
        } else {
            let mut rest = std::mem::take(&mut self.rest);
            rest.extend_from_slice(input);
            self.at += self.split(&rest[self.at..], None, &mut take);
            self.rest = rest;
        }
        self.tidy();
    }

    /// Gives memory back: held lines are dropped from the front at last, an empty buffer is freed.
    fn tidy(&mut self) {
        if self.at == self.rest.len() {
            self.at = 0;
            self.rest = Vec::new();
        } else if self.at >= self.rest.len() / 2 {
            self.rest.drain(..self.at);
            self.at = 0;
        }
    }

    /// Offers the pieces of `bytes`; answers how many bytes are done with. `text` is as much of them as is known to be UTF-8.
    fn split(
        &mut self,
        bytes: &[u8],
        text: Option<&str>,
        take: &mut impl FnMut(Piece<'_>) -> Take,
    ) -> usize {
        let mut at = 0;
        loop {
            if let Some(owed) = self.owed {
                if self.offer(owed.piece(), take) == Take::Hold {
                    return at;
                }
                self.owed = None;
            }
            let left = &bytes[at..];
            if self.skipping {
                at += self.skip(left);
                if self.owed.is_none() && at == bytes.len() {
                    return at;
                }
                continue;
            }
            let found = self.find(left);
            let (piece, used) = match found {
                Found::Line { end } if !self.too_long(&left[..end]) => {
                    let line = &left[..end];
                    let line = line.strip_suffix(b"\r").unwrap_or(line);
                    let known = text.and_then(|text| text.get(at..at + line.len()));
                    let piece = match known.map_or_else(|| from_utf8(line), Ok) {
                        Ok(line) => Piece::Line(line),
                        Err(_) => Piece::NotText {
                            bytes: line.len(),
                            json: is_json(line),
                        },
                    };
                    (piece, end + 1)
                }
                Found::Quit { end } => (Piece::Quit, end),
                Found::Nothing if !self.too_long(left) => return at,
                Found::Line { .. } | Found::Nothing => {
                    // As much as is sure to be there, however it was cut.
                    let json = is_json(&left[..=self.max as usize]);
                    self.progress = 0;
                    self.skipping = true;
                    self.owed = Some(Owed::TooLong { json });
                    continue;
                }
            };
            self.progress = 0;
            if self.offer(piece, take) == Take::Hold {
                return at;
            }
            at += used;
        }
    }

    fn offer(&mut self, piece: Piece<'_>, take: &mut impl FnMut(Piece<'_>) -> Take) -> Take {
        let answer = take(piece);
        self.held = answer == Take::Hold;
        answer
    }

    /// Discards bytes of an over-long line; answers how many of `left` are done with.
    fn skip(&mut self, left: &[u8]) -> usize {
        let end = memchr(b'\n', left);
        let total = self.progress + end.unwrap_or(left.len());
        if total > self.discard as usize {
            // What follows is discarded too: the client is about to be closed.
            self.progress = 0;
            self.owed = Some(Owed::Endless);
            return left.len();
        }
        self.skipping = end.is_none();
        self.progress = if self.skipping { total } else { 0 };
        end.map_or(left.len(), |end| end + 1)
    }

    /// The end of the first line in `left`, of which `self.progress` bytes are known to hold none.
    fn find(&mut self, left: &[u8]) -> Found {
        if left.first() == Some(&CTRL_D) {
            return Found::Quit { end: 1 };
        }
        let mut from = self.progress;
        while let Some(hit) = left
            .get(from..)
            .and_then(|tail| memchr2(b'\n', INTERRUPT[0], tail))
        {
            let hit = from + hit;
            if left[hit] == b'\n' {
                return Found::Line { end: hit };
            }
            let tail = &left[hit..];
            // Beyond the limit the line is being discarded, however it was cut.
            let end = hit + INTERRUPT.len();
            if tail.starts_with(INTERRUPT) && end <= self.max as usize + 1 {
                return Found::Quit { end };
            }
            if INTERRUPT.starts_with(tail) {
                self.progress = hit;
                return Found::Nothing;
            }
            from = hit + 1;
        }
        self.progress = left.len();
        Found::Nothing
    }

    /// Whether a line, finished or not, is beyond the limit; its last byte may be the CR that does not count.
    fn too_long(&self, left: &[u8]) -> bool {
        let most = self.max as usize + 1;
        left.len() > most || (left.len() == most && left.last() != Some(&b'\r'))
    }
}

/// Limits are far below 4 GiB; each connection keeps two.
fn narrow(limit: usize) -> u32 {
    limit.try_into().unwrap_or(u32::MAX)
}

/// A piece without bytes; a [`Piece`] would take as much room as one with bytes.
#[derive(Debug, Clone, Copy)]
enum Owed {
    TooLong { json: bool },
    Endless,
}

impl Owed {
    fn piece(self) -> Piece<'static> {
        match self {
            Self::TooLong { json } => Piece::TooLong { json },
            Self::Endless => Piece::Endless,
        }
    }
}

enum Found {
    Line { end: usize },
    Quit { end: usize },
    Nothing,
}

#[cfg(any(test, feature = "fuzz"))]
pub(crate) mod model;
#[cfg(test)]
mod tests;
