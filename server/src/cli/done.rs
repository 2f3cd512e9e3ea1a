//! What a command that looks at specs comes to.

use actionline_specs::{Source, Spec, files_beside, load_from, text_of};
use std::path::Path;

/// What is printed, and how the program ends.
#[derive(Debug)]
pub(super) struct Done {
    /// For stdout.
    pub(super) text: String,
    /// For stderr, one line each.
    pub(super) complaints: Vec<String>,
    /// The exit code.
    pub(super) code: u8,
}

/// The spec in a file, or why there is nothing to `compare`, or whatever was to be done with it.
pub(super) fn spec(path: &Path, what: &str) -> Result<Spec, String> {
    let file = path.display().to_string();
    let text = text_of(path).map_err(|why| format!("cannot read {file}: {why}"))?;
    load_from(Source::new(file.as_str(), text), files_beside(path))
        .map_err(|problems| format!("cannot {what} {file}, which has faults:\n{problems}"))
}

/// `1 spec`, `2 specs`.
pub(super) fn count(number: usize, what: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {what}{s}")
}

/// A document of ours, as it is printed.
pub(super) fn json(document: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(document);
    text.expect("our documents have string keys and no fault of their own") + "\n"
}
