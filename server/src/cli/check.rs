//! `check`: loads specs and shows what is wrong with them.

use super::logs;
use super::value::plain;
use actionline_specs::{Source, files_beside, load_from};
use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// What a check came to.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// Every fault of every file, and a summary.
    pub(super) text: String,
    /// The files that could not be read: one line each.
    pub(super) unreadable: Vec<String>,
    faults: usize,
}

impl Report {
    /// The exit code.
    pub(super) fn code(&self) -> u8 {
        match (self.unreadable.is_empty(), self.faults) {
            (false, _) => super::FAILED,
            (true, 0) => super::STOPPED,
            (true, _) => super::FAULTS,
        }
    }
}

/// Whether the report is to be coloured.
pub(super) fn in_colour() -> bool {
    io::stdout().is_terminal() && logs::colours_wanted()
}

/// Checks every file.
pub(super) fn check(files: &[PathBuf], colour: bool) -> Report {
    let mut report = Report::default();
    let mut faulty = 0;
    let mut actions = 0;
    for path in files {
        match read(path) {
            Err(why) => report
                .unreadable
                .push(format!("cannot read {}: {why}", path.display())),
            Ok(text) => match load_from(source(path, text), files_beside(path)) {
                Ok(spec) => actions += spec.actions.len(),
                Err(diagnostics) => {
                    faulty += 1;
                    report.faults += diagnostics.list.len();
                    report.text.push_str(&diagnostics.render(colour));
                    report.text.push('\n');
                }
            },
        }
    }
    let read = files.len() - report.unreadable.len();
    if read > 0 {
        let _ = match report.faults {
            0 => writeln!(
                report.text,
                "{}, {}: no faults",
                count(read, "spec"),
                count(actions, "action")
            ),
            faults => {
                let (faults, specs) = (count(faults, "fault"), count(read, "spec"));
                writeln!(report.text, "{faults} in {faulty} of {specs}")
            }
        };
    }
    report
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| plain(&error))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("it is not UTF-8 text from byte {} on", at + 1)
    })
}

fn source(path: &Path, text: String) -> Source {
    Source::new(path.display().to_string(), text)
}

fn count(number: usize, what: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {what}{s}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_when_asked_for() {
        let path =
            std::env::temp_dir().join(format!("actionline-check-{}.yaml", std::process::id()));
        std::fs::write(&path, "actionline: 2\n").expect("a file");
        let reports = [true, false].map(|colour| check(std::slice::from_ref(&path), colour));
        std::fs::remove_file(&path).expect("it is there");
        assert_eq!(reports.each_ref().map(Report::code), [1, 1]);
        assert_eq!(
            reports.map(|report| report.text.contains('\u{1b}')),
            [true, false]
        );
    }
}
