//! The built-in verbs (protocol §5). What they are called, take and answer is declared in `verbs.yaml`; what they do
//! stands here, one file a family.

mod describe;
mod details;
mod params;
mod quit;
mod room;
mod say;

use crate::connection::Connection;
use crate::hub::bus::{Reach, Receipt};
use crate::meter::NO_NAME;
use crate::protocol::reply::Order;
use crate::rights::Bits;
use actionline_specs::{Action, Fault, Slot, wire};
use memchr::memchr;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// One verb.
#[derive(Debug)]
pub(crate) struct Verb {
    pub(crate) name: &'static str,
    /// How its words are read.
    words: Words,
    /// Takes effect, and appends the reply's fields as one JSON object.
    pub(crate) apply: Apply,
}

/// A verb with what the spec says of it.
#[derive(Debug)]
pub(crate) struct VerbEntry {
    pub(crate) spec: &'static Action,
    pub(crate) verb: &'static Verb,
    /// Its row in the [`Meter`](crate::meter::Meter).
    pub(crate) row: usize,
    /// Where `context` stands in its reply.
    pub(crate) order: Order,
    /// The rights that a client needs.
    pub(crate) needs: Bits,
}

/// A verb's arguments in declared order; what is not given is empty.
pub(crate) type Args<'a> = [&'a str; 2];

type Apply = fn(&Arc<Connection>, Args<'_>, &mut Vec<u8>) -> Result<Then, Fault>;

/// What follows a verb's effect.
pub(crate) enum Then {
    /// The reply can go.
    Reply,
    /// The reply can go, then the connection ends.
    Quit,
    /// The reply waits for the other nodes.
    Reached(Receipt),
    /// The fields themselves wait for the other nodes.
    Later(Pin<Box<dyn Future<Output = (Vec<u8>, Reach)> + Send>>),
}

/// How the words after a verb are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    /// None are allowed.
    Nothing,
    /// A name: all of them, without the spaces around.
    Name,
    /// A name, or none.
    NameOrNothing,
    /// Text: all of them, as they are.
    Text,
    /// `key=value`: the value is all after the first `=`.
    Pair,
}

/// Every verb. A test compares the names with `verbs.yaml`.
const VERBS: [&Verb; 11] = [
    &quit::QUIT,
    &params::ADD,
    &params::VIEW,
    &params::DELETE,
    &params::VIEW_ALL,
    &params::DELETE_ALL,
    &room::CHANGE,
    &room::VIEW,
    &details::VIEW,
    &say::SAY,
    &describe::DESCRIBE,
];

/// The verbs with what the spec says of them.
///
/// # Panics
/// When `verbs.yaml` and the code disagree, which a test excludes.
pub(crate) fn entries() -> Vec<VerbEntry> {
    let entry = |(index, spec): (usize, &'static Action)| {
        let verb = VERBS.iter().find(|verb| verb.name == spec.name);
        let verb = verb.unwrap_or_else(|| panic!("verbs.yaml declares {}", spec.name));
        let order = if wire::STATUS_FIRST.contains(&verb.name) {
            Order::FieldsFirst
        } else {
            Order::ContextFirst
        };
        VerbEntry {
            spec,
            verb,
            row: NO_NAME + 1 + index,
            order,
            needs: 0,
        }
    };
    actionline_specs::verbs()
        .actions
        .iter()
        .enumerate()
        .map(entry)
        .collect()
}

impl VerbEntry {
    /// Reads the words after the verb.
    pub(crate) fn read_words<'a>(&self, rest: &'a str) -> Result<Args<'a>, Fault> {
        let trimmed = rest.trim_matches([' ', '\t']);
        let args = match self.verb.words {
            Words::Nothing if trimmed.is_empty() => return Ok(["", ""]),
            Words::Nothing => None,
            Words::NameOrNothing => return Ok([trimmed, ""]),
            Words::Name => Some([trimmed, ""]),
            Words::Text => Some([rest, ""]),
            Words::Pair => memchr(b'=', rest.as_bytes())
                .map(|at| [rest[..at].trim_matches([' ', '\t']), &rest[at + 1..]]),
        };
        args.filter(|args| !args[0].is_empty())
            .ok_or_else(|| self.spec.usage_fault())
    }

    /// Reads params that are already bound.
    pub(crate) fn read_slots<'a>(&self, slots: &'a [Slot<'a>]) -> Args<'a> {
        let mut args = ["", ""];
        for (arg, slot) in args.iter_mut().zip(slots) {
            if let Slot::Text(text) = slot {
                *arg = text;
            }
        }
        args
    }

    /// Refuses a name with a control character; what is said may hold any.
    pub(crate) fn check_name(&self, args: Args<'_>) -> Result<(), Fault> {
        if self.verb.words == Words::Text || !args[0].chars().any(char::is_control) {
            return Ok(());
        }
        let param = self.spec.params.first();
        let param = param.map_or("name", |param| &param.name);
        Err(Fault::invalid_name(&format!(
            "the {param} of {}",
            self.spec.name
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spec_and_the_code_have_the_same_verbs() {
        let declared: Vec<&str> = actionline_specs::verbs()
            .actions
            .iter()
            .map(|verb| verb.name.as_str())
            .collect();
        let written: Vec<&str> = VERBS.iter().map(|verb| verb.name).collect();
        assert_eq!(declared, written);
    }

    #[test]
    fn every_verb_shows_how_it_is_typed() {
        for entry in entries() {
            let usage = entry.spec.usage.as_deref().expect("usage");
            assert!(usage.starts_with(entry.verb.name), "{usage}");
            let takes = !entry.spec.params.is_empty();
            assert_eq!(takes, entry.verb.words != Words::Nothing, "{usage}");
        }
    }
}
