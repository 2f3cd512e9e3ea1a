//! `check`: loads specs and shows what is wrong with them, for people and for machines.

mod github;
mod json;
mod text;

use super::done::Done;
use super::{exits, logs};
use actionline_specs::{Diagnostics, Level, Source, files_beside, lint, load_from, text_of};
use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum, value_parser};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// The spec that is read when none is named.
pub(super) const DEFAULT_SPEC: &str = "actions.yaml";

pub(super) const NAME: &str = "check";
const FILES: &str = "FILE";
const FORMAT: &str = "format";
const DENY: &str = "deny-warnings";

/// What was typed.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    files: Vec<PathBuf>,
    format: Format,
    deny_warnings: bool,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Json,
    Github,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Format::Text, Format::Json, Format::Github]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Format::Text => PossibleValue::new("text").help("as a compiler prints it"),
            Format::Json => PossibleValue::new("json").help("one JSON document"),
            Format::Github => PossibleValue::new("github").help("annotations of GitHub Actions"),
        })
    }
}

pub(super) fn command() -> Command {
    let files = Arg::new(FILES)
        .num_args(1..)
        .value_parser(value_parser!(PathBuf))
        .help(format!("The specs to check [default: {DEFAULT_SPEC}]"));
    let format = Arg::new(FORMAT)
        .long(FORMAT)
        .value_name("FORMAT")
        .value_parser(value_parser!(Format))
        .default_value("text")
        .help("How the report is written");
    let deny = Arg::new(DENY)
        .long(DENY)
        .action(ArgAction::SetTrue)
        .help("End with 1 for warnings, too");
    Command::new(NAME)
        .about("Check specs and show every fault with its place")
        .args([files, format, deny])
        .after_help(format!(
            "Every fault is shown with its code, file, line and column, and so is what is legal but poor, as a warning.\n\n{}",
            exits::lines(&exits::CHECK)
        ))
}

pub(super) fn asked(found: &ArgMatches) -> Asked {
    let files = found.get_many::<PathBuf>(FILES);
    Asked {
        files: files.map_or_else(
            || vec![DEFAULT_SPEC.into()],
            |files| files.cloned().collect(),
        ),
        format: *found.get_one(FORMAT).unwrap_or(&Format::Text),
        deny_warnings: found.get_flag(DENY),
    }
}

/// What was found in all files.
#[derive(Debug, Default)]
struct Report {
    /// One for each file that could be read.
    read: Vec<Diagnostics>,
    /// How many actions the good ones have.
    actions: usize,
    unreadable: Vec<Unreadable>,
}

/// A file that could not be read.
#[derive(Debug)]
struct Unreadable {
    file: String,
    why: String,
}

impl Report {
    fn of(files: &[PathBuf]) -> Self {
        let mut report = Self::default();
        for path in files {
            report.add(path);
        }
        report
    }

    fn add(&mut self, path: &Path) {
        let file = path.display().to_string();
        let text = match text_of(path) {
            Ok(text) => text,
            Err(why) => return self.unreadable.push(Unreadable { file, why }),
        };
        self.read.push(
            match load_from(Source::new(file, text), files_beside(path)) {
                Ok(spec) => {
                    self.actions += spec.actions.len();
                    lint(&spec)
                }
                Err(diagnostics) => diagnostics,
            },
        );
    }

    /// How many diagnostics of a level there are.
    fn count(&self, level: Level) -> usize {
        let all = self.read.iter().flat_map(|file| &file.list);
        all.filter(|diagnostic| diagnostic.level == level).count()
    }

    fn code(&self, deny_warnings: bool) -> u8 {
        let found = self.count(Level::Error) > 0;
        let warned = deny_warnings && self.count(Level::Warning) > 0;
        match self.unreadable.is_empty() {
            false => exits::FAILED,
            true if found || warned => exits::FOUND,
            true => exits::DONE,
        }
    }
}

/// Checks every file. Text is coloured where a person reads it.
pub(super) fn check(asked: &Asked) -> Done {
    check_in(asked, io::stdout().is_terminal() && logs::colours_wanted())
}

fn check_in(asked: &Asked, colour: bool) -> Done {
    let report = Report::of(&asked.files);
    let complaints = report.unreadable.iter();
    Done {
        text: match asked.format {
            Format::Text => text::render(&report, colour),
            Format::Json => json::render(&report),
            Format::Github => github::render(&report),
        },
        complaints: complaints
            .map(|Unreadable { file, why }| format!("cannot read {file}: {why}"))
            .collect(),
        code: report.code(asked.deny_warnings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_when_asked_for() {
        let path =
            std::env::temp_dir().join(format!("actionline-check-{}.yaml", std::process::id()));
        std::fs::write(&path, "actionline: 2\n").expect("a file");
        let asked = Asked {
            files: vec![path.clone()],
            format: Format::Text,
            deny_warnings: false,
        };
        let done = [true, false].map(|colour| check_in(&asked, colour));
        std::fs::remove_file(&path).expect("it is there");
        assert_eq!(done.each_ref().map(|done| done.code), [exits::FOUND; 2]);
        assert_eq!(done.map(|done| done.text.contains('\u{1b}')), [true, false]);
    }
}
