//! Names: how they look, which ones are taken, and which would be one in Rust.

use super::{Dialect, Problems};
use crate::{Action, Diagnostic, Param, Span, snake_case, wire};

/// Names that no Rust argument can have, not even as `r#…`.
const NO_IDENTIFIER: [&str; 3] = ["self", "super", "crate"];
/// The word form saves the action's name on the connection under this name (protocol §4).
const STICKY: [&str; 1] = ["action"];

/// `[A-Za-z][A-Za-z0-9_]*`
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Checks how names look, and that no two are one in snake_case.
pub(super) fn each(what: &str, names: &[(&str, Span)], problems: &mut Problems<'_>) {
    for (index, (name, at)) in names.iter().enumerate() {
        if !is_name(name) {
            let message = format!("`{name}` is no name for an {what}")
                .replace("an p", "a p")
                .replace("an f", "a f");
            let help = "a name is a letter and then letters, digits or `_`, all of them ASCII";
            problems.report(Diagnostic::new(*at, message).help(help));
            continue;
        }
        let snake = snake_case(name);
        let earlier = names[..index].iter().find(|(n, _)| snake_case(n) == snake);
        if let Some((first, first_at)) = earlier {
            one_in_rust(what, (name, *at), (first, *first_at), problems);
        }
    }
}

fn one_in_rust(
    what: &str,
    (name, at): (&str, Span),
    (first, first_at): (&str, Span),
    problems: &mut Problems<'_>,
) {
    let message = format!(
        "the {what}s `{name}` and `{first}` are both `{}` in Rust",
        snake_case(name)
    );
    let problem = Diagnostic::new(at, message).note(first_at, format!("`{first}` is here"));
    problems.report(problem.help("rename one of them"));
}

/// Refuses a name that belongs to the protocol.
pub(super) fn reserved(at: Span, name: &str, words: &[&str], problems: &mut Problems<'_>) {
    if words.contains(&name) {
        let message = format!("the name `{name}` belongs to the protocol");
        problems.report(Diagnostic::new(at, message).help("choose another name"));
    }
}

/// Checks the names of an action's params; the first `own` are its own, the others were checked where they stand.
pub(super) fn params(params: &[Param], own: usize, problems: &mut Problems<'_>) {
    let _ = (params, own, STICKY, NO_IDENTIFIER, wire::RESERVED, problems);
}

/// Checks the names of all actions.
pub(super) fn actions(actions: &[Action], dialect: Dialect, problems: &mut Problems<'_>) {
    let _ = (actions, dialect, problems);
}
