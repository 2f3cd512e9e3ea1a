//! The changes for a pull request or a changelog.

use super::{of, place, summary};
use actionline_specs::diff::{Change, Class, Diff};
use std::fmt::Write;

pub(super) fn render(found: &Diff) -> String {
    let (old, new) = (code(&found.old.name), code(&found.new.name));
    let mut text = format!("# Changes from {old} to {new}\n\n{}.\n", summary(found));
    for class in Class::ALL {
        let mut changes = of(found, class).peekable();
        if changes.peek().is_none() {
            continue;
        }
        let (first, rest) = class.word().split_at(1);
        let _ = writeln!(text, "\n## {}{rest}\n", first.to_uppercase());
        for change in changes {
            item(&mut text, found, change);
        }
    }
    text
}

fn item(text: &mut String, found: &Diff, change: &Change) {
    let places = [place(&found.old, change.old), place(&found.new, change.new)];
    let places: Vec<String> = places.iter().flatten().map(|place| code(place)).collect();
    let places = match places.is_empty() {
        true => String::new(),
        false => format!(" ({})", places.join(" → ")),
    };
    let _ = writeln!(
        text,
        "- **{}** {}: {}{places}",
        change.kind.word(),
        code(&change.subject),
        prose(&change.message)
    );
}

/// Code that may hold backticks itself.
fn code(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    match fence.len() {
        1 => format!("`{text}`"),
        _ => format!("{fence} {text} {fence}"),
    }
}

/// A message: what it quotes from the spec must not become markup. Its own code spans stay.
fn prose(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(letter) = rest.chars().next() {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let (plain, after) = rest.split_at(ticks.max(letter.len_utf8()));
        rest = after;
        match ticks {
            0 => {
                if matches!(
                    letter,
                    '*' | '_' | '[' | ']' | '<' | '>' | '\\' | '&' | '~' | '|'
                ) {
                    out.push('\\');
                }
                out.push(letter);
            }
            // As in CommonMark: what so many backticks open is closed by as many.
            _ => match closing(after, ticks) {
                Some(end) => {
                    out.push_str(plain);
                    out.push_str(&after[..end]);
                    rest = &after[end..];
                }
                None => out.push_str(&plain.replace('`', "\\`")),
            },
        }
    }
    out
}

/// The end of the first run of exactly so many backticks.
fn closing(text: &str, ticks: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = text[at..].find('`') {
        let run = &text[at + start..];
        let length = run.len() - run.trim_start_matches('`').len();
        at += start + length;
        if length == ticks {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_no_markup() {
        for (message, wanted) in [
            ("its `enum` has \"a|b\" now", "its `enum` has \"a\\|b\" now"),
            ("its text is \"x ` <b>\"", "its text is \"x \\` \\<b\\>\""),
            ("it has `pattern: \"a``*b\"`", "it has `pattern: \"a``*b\"`"),
            (
                "it has `pattern: \"` ``` <b>\"`",
                "it has `pattern: \"` \\`\\`\\` \\<b\\>\"\\`",
            ),
        ] {
            assert_eq!(prose(message), wanted);
        }
    }
}
