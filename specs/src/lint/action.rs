//! What actions lack: descriptions and examples.

use super::{Found, Lint, value};
use crate::{Action, ErrorSpec, ExampleReply, Span};
use std::collections::HashMap;

pub(super) fn action(action: &Action, found: &mut Found) {
    let name = &action.name;
    described(("the action", name), action.at, &action.description, found);
    value::params(action.own_params(), found);
    value::fields(action.returns.fields(), found);
    for error in &action.errors {
        described(
            ("the error", &error.code),
            error.at,
            &error.description,
            found,
        );
    }
    if action.examples.is_empty() {
        found.tell(
            Lint::NoExample,
            action.at,
            format!("the action `{name}` has no example"),
        );
        // It goes without saying that the errors have none either.
        return;
    }
    for error in &action.errors {
        if !shown(action, error) {
            let message = format!("no example shows the error `{}`", error.code);
            found.tell(Lint::UnshownError, error.at, message);
        }
    }
}

/// Whether something that has a name also has a description.
pub(super) fn described(
    (what, name): (&str, &str),
    at: Span,
    description: &str,
    found: &mut Found,
) {
    if description.trim().is_empty() {
        found.tell(
            Lint::NoDescription,
            at,
            format!("{what} `{name}` has no description"),
        );
    }
}

/// Two actions that say the same of themselves: most often one was copied from the other.
pub(super) fn repeated(actions: &[Action], found: &mut Found) {
    let mut seen: HashMap<&str, &Action> = HashMap::new();
    for (index, action) in actions.iter().enumerate() {
        let text = action.description.trim();
        if text.is_empty() {
            continue;
        }
        let Some(first) = seen.get(text) else {
            seen.insert(text, action);
            continue;
        };
        let message = format!("`{}` is described as `{}` is", action.name, first.name);
        let warning = Lint::RepeatedDescription.at(action.at, message);
        found.action = Some(index);
        found.tell_all(
            Lint::RepeatedDescription,
            warning.note(first.at, format!("`{}` is here", first.name)),
        );
    }
    found.action = None;
}

fn shown(action: &Action, error: &ErrorSpec) -> bool {
    action.examples.iter().any(|example| match &example.reply {
        ExampleReply::Error(text) => could_be(&error.message, text),
        ExampleReply::Fields(_) | ExampleReply::Bytes(_) => false,
    })
}

/// Whether a text can come out of a template: its fixed parts stand in the text, in order and at both ends.
fn could_be(template: &str, text: &str) -> bool {
    let mut parts = template.split('{');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts = parts.map(|part| part.split_once('}').map_or("", |(_, fixed)| fixed));
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::could_be;

    #[test]
    fn a_text_is_known_by_its_template() {
        for (template, text, wanted) in [
            ("player {player} is banned", "player bob is banned", true),
            ("player {player} is banned", "player bob is bannd", false),
            ("{a}, then {b}", "x, then y", true),
            ("{a}, then {b}", "x and y", false),
            ("{a} or {b}!", "x or y!", true),
            ("{a} or {b}!", "x or y", false),
            ("full", "full", true),
            ("full", "full up", false),
        ] {
            assert_eq!(could_be(template, text), wanted, "{template:?} {text:?}");
        }
    }
}
