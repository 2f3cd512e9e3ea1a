//! What the server offers, in machine form: written once, when the server starts.

use actionline_specs::{Fault, Spec, machine, verbs};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The answers of `describe`.
#[derive(Debug)]
pub(crate) struct Description {
    /// The answer to a bare `describe`: one JSON object.
    whole: Box<str>,
    /// The answer for each verb and action.
    entries: Vec<Entry>,
    /// Names and aliases, as places in `entries`.
    names: HashMap<String, usize>,
}

#[derive(Debug)]
struct Entry {
    words: Vec<String>,
    answer: Box<str>,
}

impl Description {
    /// The answers of a server with these specs mounted, in this order.
    pub(crate) fn new(specs: &[Spec]) -> Self {
        let form = machine::form(specs);
        let hash = machine::digest(&form);
        let answer = |describes: &Value| {
            let answer = json!({ "hash": hash, "describes": describes });
            answer.to_string().into_boxed_str()
        };
        let mounted = specs.iter().flat_map(|spec| &spec.actions);
        let all = verbs().actions.iter().chain(mounted);
        let entries: Vec<Entry> = all
            .map(|action| Entry {
                words: action.words().map(str::to_owned).collect(),
                answer: answer(&machine::entry(action)),
            })
            .collect();
        let places = entries.iter().enumerate();
        Self {
            whole: answer(&form),
            names: places
                .flat_map(|(at, entry)| entry.words.iter().map(move |word| (word.clone(), at)))
                .collect(),
            entries,
        }
    }

    /// The answer for all.
    pub(crate) fn whole(&self) -> &str {
        &self.whole
    }

    /// The answer for a verb, by any of its names, or an action.
    pub(crate) fn find(&self, name: &str) -> Result<&str, Fault> {
        let Some(at) = self.names.get(name) else {
            let known = self.entries.iter().flat_map(|entry| &entry.words);
            return Err(Fault::unknown_action(name, known.map(String::as_str)));
        };
        Ok(&self.entries[*at].answer)
    }
}
