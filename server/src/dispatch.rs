//! A request's params, bound to what the spec declares: the step between a request and a handler. Knows no transport.

use crate::connection::Connection;
use crate::sticky::{Found, Saved};
use crate::table::ActionEntry;
use actionline_specs::request::{Pairs, pairs};
use actionline_specs::{Action, Fault, Slots, bind_words_into};

/// Values of the word form, kept alive while slots borrow from them.
#[derive(Debug, Default)]
pub(crate) struct Words<'a> {
    /// One-off params of this request.
    pairs: Pairs<'a>,
    /// What the connection has saved, one for each declared param; shorter where nothing matters.
    saved: Found,
}

impl<'a> Words<'a> {
    /// Reads the words after an action's name, notes the action on the connection as the seed does, and takes what the
    /// connection has saved.
    pub(crate) fn read(
        &mut self,
        entry: &ActionEntry,
        conn: &Connection,
        rest: &'a str,
    ) -> Result<(), Fault> {
        if !rest.is_empty() {
            self.pairs = pairs(&entry.spec, rest)?;
        }
        conn.with_sticky(|sticky| sticky.call(&entry.spec, &entry.traces, &mut self.saved));
        Ok(())
    }

    /// Whether there is nothing to bind.
    pub(crate) fn is_bare(&self) -> bool {
        self.pairs.is_empty() && self.saved.is_empty()
    }

    /// One slot for each declared param: one-off params first, then saved ones.
    pub(crate) fn bind<'b>(
        &'b self,
        action: &'b Action,
        slots: &mut Slots<'b>,
    ) -> Result<(), Fault> {
        let saved = |index: usize| self.saved.get(index)?.as_ref().map(Saved::raw);
        bind_words_into(&action.params, &self.pairs, saved, slots)
    }
}
