//! The report for programs: one JSON document.

use super::Report;
use actionline_specs::{Diagnostic, Level, Note, Source, Span};
use serde::Serialize;

/// The version of the document. It grows when a field goes or changes its meaning, not when one is added.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Told<'a>>,
    /// How many diagnostics are left out, for there are very many.
    more: usize,
    unreadable: Vec<Unreadable<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    level: &'static str,
    code: &'static str,
    message: &'a str,
    notes: Vec<Remark<'a>>,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Remark<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Option<Place<'a>>,
}

/// Lines and columns count from 1, columns in characters; the end is the first character behind.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end: End,
}

#[derive(Serialize)]
struct End {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Unreadable<'a> {
    file: &'a str,
    message: &'a str,
}

pub(super) fn render(report: &Report) -> String {
    let all = report.read.iter().flat_map(|file| {
        let list = file.shown().0.iter();
        list.map(|diagnostic| told(&file.source, diagnostic))
    });
    let unreadable = report.unreadable.iter();
    let document = Document {
        version: VERSION,
        errors: report.count(Level::Error),
        warnings: report.count(Level::Warning),
        diagnostics: all.collect(),
        more: report.read.iter().map(|file| file.shown().1).sum(),
        unreadable: unreadable
            .map(|one| Unreadable {
                file: &one.file,
                message: &one.why,
            })
            .collect(),
    };
    super::super::done::json(&document)
}

fn told<'a>(source: &'a Source, diagnostic: &'a Diagnostic) -> Told<'a> {
    let notes = diagnostic.notes.iter();
    Told {
        place: place(source, diagnostic.at),
        level: diagnostic.level.word(),
        code: diagnostic.code,
        message: &diagnostic.message,
        notes: notes
            .map(|Note { message, at }| Remark {
                message,
                place: at.map(|at| place(source, at)),
            })
            .collect(),
        help: diagnostic.help.as_deref(),
    }
}

fn place(source: &Source, at: Span) -> Place<'_> {
    let (line, column) = source.end(at);
    Place {
        file: &source.file(at).name,
        line: at.line,
        column: at.column,
        end: End { line, column },
    }
}
