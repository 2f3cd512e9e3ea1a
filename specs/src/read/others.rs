//! `others` and `hears` of an example: who else is there, and what clients are sent unasked.

use super::{Fields, Problems, example, name, reply};
use crate::grammar::{MAP, OTHER};
use crate::node::{Data, Entry};
use crate::transcript::{YOU, placeholder};
use crate::{Heard, Matcher, Mistake, Other, Push, Spec, wire};
use serde_json::{Map, Value};

/// The other clients.
pub(super) fn others(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Vec<Other> {
    let Some(entry) = fields.get("others") else {
        return Vec::new();
    };
    let entries = problems.entries(&entry.key, &entry.value);
    let others: Vec<Other> = entries
        .into_iter()
        .map(|entry| other(entry, problems))
        .collect();
    for (index, other) in others.iter().enumerate() {
        let later = others[index..].iter().map(|other| other.name.as_str());
        for name in later.chain([YOU]) {
            let id = placeholder(name);
            if other.before.iter().any(|line| line.contains(&id)) {
                let message = format!("`{id}` is not there yet when `{}` sends this", other.name);
                let help = "clients connect in the order of `others`, the example's own comes last";
                problems.report(Mistake::BadExample.at(other.at, message).help(help));
            }
        }
    }
    others
}

fn other(entry: &Entry, problems: &mut Problems<'_>) -> Other {
    let name = entry.key.as_str();
    if !name::is_name(name) {
        let problem = Mistake::BadName.at(entry.at, format!("`{name}` cannot name a client"));
        problems.report(problem.help("a name is a letter and then letters, digits or `_`"));
    }
    if taken().any(|taken| taken == name) {
        let message = format!("`{}` has a meaning of its own", placeholder(name));
        problems.report(
            Mistake::ReservedName
                .at(entry.at, message)
                .help("choose another name"),
        );
    }
    let fields = problems.fields((entry.at, name), &entry.value, &OTHER);
    Other {
        name: name.to_owned(),
        at: entry.at,
        before: example::before(&fields, problems),
        hears: hears(&fields, problems),
    }
}

/// Names that no other client can have: what stands in angle brackets would mean two things.
pub(super) fn taken() -> impl Iterator<Item = &'static str> {
    let matchers = Matcher::ALL.map(|matcher| matcher.word().trim_matches(['<', '>']));
    matchers.into_iter().chain([YOU])
}

/// What a client is sent.
pub(super) fn hears(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Vec<Heard> {
    let Some(entry) = fields.get("hears") else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for node in problems.items(entry) {
        let Data::Map(_) = node.data else {
            problems.wrong_type("hears[]", MAP, node.at, &node.data);
            continue;
        };
        if let Some(Value::Object(line)) = problems.value(node) {
            lines.push(Heard { at: node.at, line });
        }
    }
    lines
}

/// Holds all that is heard against what a server can send unasked: words said in a room, and declared pushes.
pub(super) fn check(spec: &Spec, problems: &mut Problems<'_>) {
    for (_, example) in spec.examples() {
        let others = example.others.iter().flat_map(|other| &other.hears);
        for heard in example.hears.iter().chain(others) {
            if let Some((message, help)) = unheard_of(&heard.line, &spec.pushes) {
                problems.report(Mistake::WrongReply.at(heard.at, message).help(help));
            }
        }
    }
}

fn unheard_of(line: &Map<String, Value>, pushes: &[Push]) -> Option<(String, String)> {
    let context = line.get("context").and_then(Value::as_str);
    match context {
        Some(wire::USER) => {
            let said = wire::MESSAGES
                .iter()
                .find(|message| message.context == wire::USER)?;
            let shape: Map<String, Value> = serde_json::from_str(said.line).ok()?;
            let wanted = shape.keys().filter(|key| *key != "messageCount");
            let wanted: Vec<&str> = wanted.map(String::as_str).collect();
            (!line.keys().eq(wanted.iter())).then(|| {
                let message = format!("a {} has other fields", said.name);
                (message, format!("write `{}`", wanted.join("`, `")))
            })
        }
        Some(wire::API) => {
            let mut own = line.clone();
            own.shift_remove("context");
            if pushes.iter().any(|push| carries(push, &own)) {
                return None;
            }
            let message = "no push that the spec declares is such a line".to_owned();
            let names: Vec<&str> = pushes.iter().map(|push| push.name.as_str()).collect();
            Some(match names.is_empty() {
                true => (message, "declare it under `pushes`".to_owned()),
                false => (message, format!("there is {}", super::list(&names))),
            })
        }
        _ => Some((
            "what a client hears is said in its room or a push".to_owned(),
            format!(
                "begin with `context: {}` or `context: {}`",
                wire::USER,
                wire::API
            ),
        )),
    }
}

fn carries(push: &Push, own: &Map<String, Value>) -> bool {
    let declared = |name: &str| push.fields.iter().find(|field| field.name == name);
    let known = own
        .iter()
        .all(|(name, value)| declared(name).is_some_and(|field| reply::fits(field, value)));
    known
        && push
            .fields
            .iter()
            .all(|field| !field.required || own.contains_key(&field.name))
}
