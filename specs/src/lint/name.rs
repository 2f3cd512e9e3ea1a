//! Names: the style of their letters, and what they give away.

use super::{Found, Lint};
use crate::{Action, Span, Spec, snake_case};
use std::collections::HashSet;

/// The last words of a name that say how much a client wants.
const AMOUNTS: [&str; 6] = [
    "limit",
    "page_size",
    "per_page",
    "max_results",
    "max_items",
    "batch_size",
];
/// The last words of a name whose value nobody else should see.
const SECRETS: [&str; 14] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "credentials",
    "api_key",
    "private_key",
    "secret_key",
    "access_token",
    "auth_token",
    "refresh_token",
    "session_token",
    "bearer_token",
    "api_token",
];

/// Whether a value of this name is how much a client wants.
pub(super) fn is_amount(name: &str) -> bool {
    ends(name, &AMOUNTS)
}

/// Whether a value of this name is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    name.eq_ignore_ascii_case("token") || ends(name, &SECRETS)
}

fn ends(name: &str, words: &[&str]) -> bool {
    let snake = snake_case(name);
    words.iter().any(|word| {
        let before = snake.strip_suffix(word);
        before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Camel,
    Snake,
}

impl Style {
    /// A name of one word has none.
    fn of(name: &str) -> Option<Self> {
        let inner = name.trim_matches('_');
        match (
            inner.contains('_'),
            inner.contains(|c: char| c.is_ascii_uppercase()),
        ) {
            (true, _) => Some(Style::Snake),
            (false, true) => Some(Style::Camel),
            (false, false) => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Style::Camel => "camelCase",
            Style::Snake => "snake_case",
        }
    }
}

/// Names that are not in the style of most.
pub(super) fn mixed(spec: &Spec, found: &mut Found) {
    let mut seen = HashSet::new();
    let styled: Vec<_> = names(spec)
        .filter(|(_, name, _)| seen.insert(*name))
        .filter_map(|(action, name, at)| Some((action, name, at, Style::of(name)?)))
        .collect();
    let camel = styled.iter().filter(|(.., style)| *style == Style::Camel);
    let camel = camel.count();
    let usual = if camel * 2 >= styled.len() {
        Style::Camel
    } else {
        Style::Snake
    };
    for (action, name, at, style) in styled {
        if style != usual {
            let (style, usual) = (style.word(), usual.word());
            found.action = action;
            let message = format!("`{name}` is {style}, while most names here are {usual}");
            found.tell(Lint::MixedNames, at, message);
        }
    }
    found.action = None;
}

/// Every name of the wire that this spec chooses, with the action that it belongs to.
fn names(spec: &Spec) -> impl Iterator<Item = (Option<usize>, &str, Span)> {
    let common = spec
        .common
        .iter()
        .map(|param| (None, param.name.as_str(), param.at));
    let pushes = spec.pushes.iter().flat_map(|push| &push.fields);
    let pushes = pushes.map(|field| (None, field.name.as_str(), field.at));
    let actions = spec.actions.iter().enumerate();
    let actions = actions.flat_map(|(index, action)| {
        of_action(action).map(move |(name, at)| (Some(index), name, at))
    });
    common.chain(actions).chain(pushes)
}

fn of_action(action: &Action) -> impl Iterator<Item = (&str, Span)> {
    let params = action
        .own_params()
        .iter()
        .map(|param| (param.name.as_str(), param.at));
    let fields = action
        .returns
        .fields()
        .iter()
        .map(|field| (field.name.as_str(), field.at));
    std::iter::once((action.name.as_str(), action.at))
        .chain(params)
        .chain(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_away_what_they_are() {
        for name in ["password", "newPassword", "apiKey", "token", "accessToken"] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "pageToken",
            "tokenCount",
            "passwordHint",
            "key",
            "secretary",
        ] {
            assert!(!is_secret(name), "{name}");
        }
        assert!(is_amount("limit") && is_amount("pageSize") && !is_amount("limits"));
    }
}
