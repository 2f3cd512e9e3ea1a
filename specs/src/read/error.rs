//! `errors`: what an action itself can answer with.

use super::{Problems, name};
use crate::grammar::ERROR;
use crate::node::{Entry, Node};
use crate::{Action, Code, ErrorSpec, Mistake};

pub(super) fn errors(entry: &Entry, problems: &mut Problems<'_>) -> Vec<ErrorSpec> {
    let entries = problems.entries(&entry.key, &entry.value);
    let errors: Vec<ErrorSpec> = entries
        .into_iter()
        .map(|entry| error(entry, problems))
        .collect();
    let names: Vec<_> = errors.iter().map(|e| (e.code.as_str(), e.at)).collect();
    name::each("an error", &names, problems);
    errors
}

fn error(entry: &Entry, problems: &mut Problems<'_>) -> ErrorSpec {
    let fields = problems.fields((entry.at, &entry.key), &entry.value, &ERROR);
    if Code::ALL.iter().any(|code| code.word() == entry.key) {
        let message = format!("`{}` is an error code of the protocol", entry.key);
        let problem = Mistake::ReservedName.at(entry.at, message);
        problems.report(problem.help("choose a code that says what the action could not do"));
    }
    let message = problems.filled_text(&fields, "message");
    if let (Some(message), Some(entry)) = (&message, fields.get("message")) {
        placeholders(message, &entry.value, problems);
    }
    ErrorSpec {
        code: entry.key.clone(),
        at: entry.at,
        message: message.unwrap_or_default(),
        description: problems.optional_text(&fields, "description"),
    }
}

/// A message that would repeat what a client keeps secret.
pub(super) fn secrets(entry: &Entry, action: &Action, problems: &mut Problems<'_>) {
    let secret = || action.params.iter().filter(|param| param.secret);
    for error in &action.errors {
        for param in secret() {
            if error.message.contains(&format!("{{{}}}", param.name)) {
                let message = format!("the message repeats the secret param `{}`", param.name);
                let at = part(entry, &error.code).map_or(error.at, |message| message.at);
                let problem = Mistake::ShownSecret
                    .at(at, message)
                    .note(param.at, "it is declared here");
                problems.report(problem.help("leave the placeholder out"));
            }
        }
    }
}

/// The message of the error with this code.
fn part<'n>(errors: &'n Entry, code: &str) -> Option<&'n Node> {
    errors.value.get(code)?.get("message")
}

/// Every brace of a message has to belong to a `{name}`.
fn placeholders(message: &str, node: &Node, problems: &mut Problems<'_>) {
    let help =
        "write `{name}` for what the handler fills in; braces have no other use in a message";
    let mut rest = message;
    while let Some(brace) = rest.find(['{', '}']) {
        let after = &rest[brace + 1..];
        let what = match (rest.as_bytes()[brace], after.find(['{', '}'])) {
            (b'}', _) => "`}` without `{`".to_owned(),
            (_, Some(end)) if after.as_bytes()[end] == b'}' => {
                let name = &after[..end];
                rest = &after[end + 1..];
                if name::is_name(name) && name::is_identifier(name) {
                    continue;
                }
                format!("`{{{name}}}` is no placeholder")
            }
            _ => "`{` without `}`".to_owned(),
        };
        problems.report(
            Mistake::BadPlaceholder
                .at(node.at, format!("in the message: {what}"))
                .help(help),
        );
        return;
    }
}
