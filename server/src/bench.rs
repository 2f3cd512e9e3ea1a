//! Steps of a request's way, each by itself, for the benches of this repository. Not for people.

use crate::action::ReplyValue;
use crate::config::Limits;
use crate::protocol::line::{Lines, Piece, Take};
use crate::protocol::output::Output;
use crate::protocol::push;
use crate::protocol::reply::{Draft, Order};
use actionline_specs::request::Form;
use std::sync::Arc;

/// The splitter of one connection, with the limits that a server has by default.
#[derive(Debug)]
pub struct Splitter(Lines);

impl Default for Splitter {
    fn default() -> Self {
        let limits = Limits::default();
        Self(Lines::new(limits.line as usize, limits.discard as usize))
    }
}

impl Splitter {
    /// Splits what came; answers how many lines there were, and their bytes.
    pub fn feed(&mut self, input: &[u8]) -> (usize, usize) {
        let mut found = (0, 0);
        self.0.feed(input, |piece| {
            if let Piece::Line(line) = piece {
                found.0 += 1;
                found.1 += line.len();
            }
            Take::Next
        });
        found
    }
}

/// What waits to be written to one client.
#[derive(Debug, Default)]
pub struct Waiting(Output);

impl Waiting {
    /// Adds an answer in word form.
    ///
    /// # Panics
    /// When the value cannot be written as JSON.
    pub fn reply(&mut self, value: &impl ReplyValue) {
        let form = Form {
            json: false,
            label: None,
        };
        let draft = Draft::begin(&mut self.0, form, Order::ContextFirst);
        value.append(self.0.line()).expect("JSON");
        draft.finish(&mut self.0, false);
    }

    /// Adds a line that others get, too.
    pub fn push(&mut self, head: &[u8]) {
        self.0.push(head);
    }

    /// Takes everything, as a socket does; answers how many bytes it was.
    pub fn take(&mut self) -> usize {
        let bytes = self.0.len();
        self.0.consume(bytes);
        bytes
    }
}

/// What a room hears of a message: a line up to its number.
pub fn said(message: &str, from: &str, room: &str) -> Arc<[u8]> {
    push::said(message, from, room)
}
