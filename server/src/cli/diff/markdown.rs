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
    let mut inside = false;
    for letter in message.chars() {
        inside ^= letter == '`';
        if !inside && matches!(letter, '*' | '_' | '[' | ']' | '<' | '>' | '\\' | '&') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
