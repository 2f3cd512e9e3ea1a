//! A request's params, bound to what the spec declares: the step between a request and a handler. Knows no transport.

use crate::connection::Connection;
use crate::table::ActionEntry;
use actionline_specs::request::{Pair, pairs};
use actionline_specs::{Action, Fault, Param, Raw, Slot, bind_words};
use serde_json::Value;

/// The sticky param that names the last action (protocol §4).
const ACTION: &str = "action";

/// Values of the word form, kept alive while slots borrow from them.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    /// One-off params of this request.
    pairs: Vec<Pair<'a>>,
    /// What the connection has saved, one for each declared param.
    saved: Vec<Option<Saved>>,
}

#[derive(Debug)]
enum Saved {
    /// Text, read by the declared type.
    Text(String),
    /// A typed value, from the spec's defaults or the application.
    Json(String),
}

impl<'a> Words<'a> {
    /// Reads the words after an action's name, notes the action on the connection as the seed does, and takes what the
    /// connection has saved.
    pub(crate) fn read(
        entry: &ActionEntry,
        conn: &Connection,
        rest: &'a str,
    ) -> Result<Self, Fault> {
        let action = &entry.spec;
        let pairs = pairs(action, rest)?;
        let saved = conn.with_params(|params| {
            if params.get(ACTION).and_then(Value::as_str) != Some(&action.name) {
                params.insert(ACTION.to_owned(), Value::from(action.name.as_str()));
            }
            for param in action.common_params() {
                if let Some(default) = &param.default
                    && !params.contains_key(&param.name)
                {
                    params.insert(param.name.clone(), default.value.clone());
                }
            }
            let one = |param: &Param| match params.get(&param.name)? {
                Value::String(text) => Some(Saved::Text(text.clone())),
                value => Some(Saved::Json(value.to_string())),
            };
            action.params.iter().map(one).collect()
        });
        Ok(Self { pairs, saved })
    }

    /// One slot for each declared param: one-off params first, then saved ones.
    pub(crate) fn bind<'b>(&'b self, action: &'b Action) -> Result<Vec<Slot<'b>>, Fault> {
        bind_words(&action.params, &self.pairs, |index| {
            Some(match self.saved[index].as_ref()? {
                Saved::Text(text) => Raw::Text(text),
                Saved::Json(text) => Raw::Json(text),
            })
        })
    }
}
