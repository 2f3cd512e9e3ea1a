//! Names: how they look, which ones are taken, and which two would be one in Rust.

use super::{Dialect, Problems};
use crate::grammar::{ACTION, ERROR, FIELD, OTHER, PARAM, Shape};
use crate::{Action, Code, Mistake, Param, Span, load, snake_case, wire};
use std::collections::HashMap;

/// Names that no Rust argument can have, not even as `r#…`.
const NO_IDENTIFIER: [&str; 3] = ["self", "super", "crate"];
/// The word form saves the action's name on the connection under this name (protocol §4).
const STICKY: &str = "action";

/// `[A-Za-z][A-Za-z0-9_]*`
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Whether Rust can have an argument or a field of this name.
pub(super) fn is_identifier(name: &str) -> bool {
    !NO_IDENTIFIER.contains(&snake_case(name).as_str())
}

/// Checks how the names of one list look, and that no two are one in snake_case. `what` comes with its article.
pub(super) fn each(what: &str, names: &[(&str, Span)], problems: &mut Problems<'_>) {
    let mut seen = HashMap::with_capacity(names.len());
    for (name, at) in names {
        if !is_name(name) {
            bad(name, what, *at, problems);
            continue;
        }
        let snake = snake_case(name);
        match seen.get(&snake) {
            Some(first) => one_in_rust((name, *at), *first, problems),
            None => {
                seen.insert(snake, (*name, *at));
            }
        }
    }
}

/// Tells that something does not look like a name. `what` comes with its article.
pub(super) fn bad(name: &str, what: &str, at: Span, problems: &mut Problems<'_>) {
    let problem = Mistake::BadName.at(at, format!("`{name}` cannot name {what}"));
    let help = "a name is a letter and then letters, digits or `_`, all of them ASCII";
    problems.report(problem.help(help));
}

fn one_in_rust(
    (name, at): (&str, Span),
    (first, first_at): (&str, Span),
    problems: &mut Problems<'_>,
) {
    let snake = snake_case(name);
    let message = format!("`{name}` and `{first}` are both `{snake}` in Rust");
    let problem = Mistake::NameClash
        .at(at, message)
        .note(first_at, format!("`{first}` is here"));
    problems.report(problem.help("rename one of them"));
}

/// Names that the protocol or Rust leaves none of this shape.
pub(crate) fn taken(shape: &Shape) -> Vec<&'static str> {
    let is = |other: &'static Shape| shape.what == other.what;
    if is(&PARAM) {
        let own = [STICKY].into_iter().chain(NO_IDENTIFIER);
        wire::RESERVED.into_iter().chain(own).collect()
    } else if is(&FIELD) {
        wire::RESERVED.to_vec()
    } else if is(&ERROR) {
        Code::ALL.iter().map(|code| code.word()).collect()
    } else if is(&ACTION) {
        let verbs = load::verbs().actions.iter();
        verbs.flat_map(Action::words).collect()
    } else if is(&OTHER) {
        super::others::taken().collect()
    } else {
        Vec::new()
    }
}

/// Refuses a name that the protocol uses itself.
pub(super) fn reserved(at: Span, name: &str, problems: &mut Problems<'_>) {
    if wire::RESERVED.contains(&name) {
        refuse(at, name, problems);
    }
}

fn refuse(at: Span, name: &str, problems: &mut Problems<'_>) {
    let message = format!("the name `{name}` belongs to the protocol");
    problems.report(
        Mistake::ReservedName
            .at(at, message)
            .help("choose another name"),
    );
}

fn names(params: &[Param]) -> Vec<(&str, Span)> {
    let pairs = params.iter().map(|param| (param.name.as_str(), param.at));
    pairs.collect()
}

/// Checks the names of an action's own params; `common` were checked where they stand.
pub(super) fn params(own: &[Param], common: &[Param], problems: &mut Problems<'_>) {
    let (own, common) = (names(own), names(common));
    each("a param", &own, problems);
    for (name, at) in own {
        reserved(at, name, problems);
        if name == STICKY {
            refuse(at, name, problems);
        }
        let snake = snake_case(name);
        if !is_identifier(name) {
            let message = format!("`{name}` cannot be the name of an argument in Rust");
            problems.report(Mistake::BadName.at(at, message).help("choose another name"));
        }
        let same = |(other, _): &&(&str, Span)| snake_case(other) == snake;
        match common.iter().find(same) {
            Some((other, first)) if *other == name => {
                let message = format!("`{name}` is a common param: the action has it already");
                let problem = Mistake::NameClash
                    .at(at, message)
                    .note(*first, "it is declared here");
                problems.report(problem.help("remove it here or there"));
            }
            Some(other) => one_in_rust((name, at), *other, problems),
            None => {}
        }
    }
}

/// Checks the names of all actions.
pub(super) fn actions(actions: &[Action], dialect: Dialect, problems: &mut Problems<'_>) {
    let own = actions
        .iter()
        .map(|action| (action.name.as_str(), action.at));
    let aliases = actions.iter().flat_map(|action| {
        let words = action.aliases.iter();
        words.map(|alias| (alias.as_str(), action.at))
    });
    let names: Vec<_> = own.chain(aliases).collect();
    each(dialect.action().what, &names, problems);
    if dialect == Dialect::Verbs {
        return;
    }
    for (name, at) in names {
        let verbs = &load::verbs().actions;
        let verb = verbs
            .iter()
            .find(|verb| verb.name == name || verb.aliases.iter().any(|alias| alias == name));
        if let Some(verb) = verb {
            let message = match verb.name == name {
                true => format!("`{name}` is a verb of the protocol"),
                false => format!(
                    "`{name}` is a verb of the protocol, the same as `{}`",
                    verb.name
                ),
            };
            problems.report(
                Mistake::ReservedName
                    .at(at, message)
                    .help("choose another name"),
            );
        }
    }
}
