//! The report as GitHub Actions reads it: one workflow command a line, which becomes a remark at the line it is about.

use super::{Report, Unreadable};
use actionline_specs::{Diagnostic, Source};
use std::fmt::Write;

pub(super) fn render(report: &Report) -> String {
    let mut text = String::new();
    for file in &report.read {
        let (shown, more) = file.shown();
        for diagnostic in shown {
            line(&mut text, &file.source, diagnostic);
        }
        if more > 0 {
            let _ = writeln!(
                text,
                "::notice file={}::and {more} more",
                property(&file.source.name)
            );
        }
    }
    for Unreadable { file, why } in &report.unreadable {
        let message = data(&format!("cannot read {file}: {why}"));
        let _ = writeln!(text, "::error file={}::{message}", property(file));
    }
    text
}

fn line(text: &mut String, source: &Source, diagnostic: &Diagnostic) {
    let at = diagnostic.at;
    let mut message = diagnostic.message.clone();
    for note in &diagnostic.notes {
        let place = note.at.map(|at| format!(" ({})", source.locate(at)));
        let _ = write!(
            message,
            "\nnote: {}{}",
            note.message,
            place.unwrap_or_default()
        );
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(message, "\nhelp: {help}");
    }
    let _ = writeln!(
        text,
        "::{} file={},line={},col={},title={}::{}",
        diagnostic.level.word(),
        property(&source.file(at).name),
        at.line,
        at.column,
        property(diagnostic.code),
        data(&message)
    );
}

/// A message: only what would end the line, and the escape itself.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property: what would end it, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
