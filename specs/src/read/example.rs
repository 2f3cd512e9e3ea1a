//! `examples`: what is sent, and what comes back.

use super::{Fields, Problems};
use crate::node::{Data, Entry, Node};
use crate::{Action, Diagnostic, Example, ExampleReply};
use serde_json::Value;

/// Exactly one of these says what comes back.
const REPLIES: [&str; 3] = ["reply", "error", "bytes"];
const KEYS: [&str; 6] = ["title", "before", "send", "reply", "error", "bytes"];

pub(super) fn examples(
    entry: &Entry,
    action: &Action,
    problems: &mut Problems<'_>,
) -> Vec<Example> {
    let items = problems.items(entry).iter();
    items
        .filter_map(|item| example(item, action, problems))
        .collect()
}

fn example(node: &Node, action: &Action, problems: &mut Problems<'_>) -> Option<Example> {
    let fields = problems.fields((node.at, "examples", "an example"), node, &KEYS);
    let send = problems
        .required(&fields, "send")
        .and_then(|entry| line(&entry.key, &entry.value, problems));
    let before = match fields.get("before") {
        Some(entry) => {
            let items = problems.items(entry).iter();
            items
                .filter_map(|item| line("before", item, problems))
                .collect()
        }
        None => Vec::new(),
    };
    Some(Example {
        at: node.at,
        title: problems.optional_text(&fields, "title"),
        before,
        send: send?,
        reply: reply(&fields, action, problems)?,
    })
}

/// One line to send.
fn line(name: &str, node: &Node, problems: &mut Problems<'_>) -> Option<String> {
    let text = problems.filled(name, node)?;
    if text.contains(['\n', '\r']) {
        let message = format!("`{name}` must be one line");
        problems.report(Diagnostic::new(node.at, message));
        return None;
    }
    Some(text)
}

fn reply(
    fields: &Fields<'_>,
    _action: &Action,
    problems: &mut Problems<'_>,
) -> Option<ExampleReply> {
    let mut given = REPLIES.iter().filter_map(|key| fields.get(key));
    let Some(entry) = given.next() else {
        let problem = Diagnostic::new(fields.at, "the example does not say what comes back");
        problems.report(problem.help("add `reply`, `error` or `bytes`"));
        return None;
    };
    if let Some(second) = given.next() {
        let message = format!(
            "an example has `{}` or `{}`, not both",
            entry.key, second.key
        );
        problems.report(Diagnostic::new(second.at, message).note(entry.at, "the other is here"));
        return None;
    }
    let node = &entry.value;
    Some(match entry.key.as_str() {
        "error" => ExampleReply::Error(problems.filled("error", node)?),
        "bytes" => ExampleReply::Bytes(problems.text("bytes", node)?.to_owned()),
        _ => match (problems.value(node)?, &node.data) {
            (Value::Object(map), _) => ExampleReply::Fields(map),
            (_, Data::Null) => ExampleReply::Fields(Default::default()),
            (_, other) => {
                problems.wrong_type("reply", "a map of `key: value` lines", node.at, other);
                return None;
            }
        },
    })
}
