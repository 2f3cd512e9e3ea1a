//! The changes for programs: one JSON document.

use actionline_specs::diff::{Class, Diff};
use actionline_specs::{Source, Span};
use serde::Serialize;

/// The version of the document. It grows when a field goes or changes its meaning, not when one is added.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    old: &'a str,
    new: &'a str,
    breaking: usize,
    additive: usize,
    harmless: usize,
    changes: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    class: &'static str,
    kind: &'static str,
    subject: &'a str,
    message: &'a str,
    old: Option<Place<'a>>,
    new: Option<Place<'a>>,
}

/// Line and column count from 1, the column in characters.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

pub(super) fn render(found: &Diff) -> String {
    let changes = found.changes.iter().map(|change| Told {
        class: change.kind.class().word(),
        kind: change.kind.word(),
        subject: &change.subject,
        message: &change.message,
        old: place(&found.old, change.old),
        new: place(&found.new, change.new),
    });
    super::super::done::json(&Document {
        version: VERSION,
        old: &found.old.name,
        new: &found.new.name,
        breaking: found.count(Class::Breaking),
        additive: found.count(Class::Additive),
        harmless: found.count(Class::Harmless),
        changes: changes.collect(),
    })
}

fn place(source: &Source, at: Option<Span>) -> Option<Place<'_>> {
    let at = at?;
    Some(Place {
        file: &source.file(at).name,
        line: at.line,
        column: at.column,
    })
}
