//! `diff`: what has changed between two specs, and what it does to clients.

mod json;
mod markdown;
mod text;

use super::done::{Done, spec};
use super::exits;
use actionline_specs::diff::{Change, ChangeKind, Class, Diff, diff};
use actionline_specs::{Source, Span};
use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, Command, ValueEnum, value_parser};
use std::fmt::Write;
use std::path::PathBuf;

pub(super) const NAME: &str = "diff";
const OLD: &str = "OLD";
const NEW: &str = "NEW";
const FORMAT: &str = "format";

/// What was typed.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    old: PathBuf,
    new: PathBuf,
    format: Format,
}

/// How the changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Json,
    Markdown,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Format::Text, Format::Json, Format::Markdown]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Format::Text => PossibleValue::new("text").help("for a terminal"),
            Format::Json => PossibleValue::new("json").help("one JSON document"),
            Format::Markdown => {
                PossibleValue::new("markdown").help("for a pull request or a changelog")
            }
        })
    }
}

pub(super) fn command() -> Command {
    let file = |name, help| {
        let path = value_parser!(PathBuf);
        Arg::new(name).required(true).value_parser(path).help(help)
    };
    let format = Arg::new(FORMAT)
        .long(FORMAT)
        .value_name("FORMAT")
        .value_parser(value_parser!(Format))
        .default_value("text")
        .help("How the changes are written");
    Command::new(NAME)
        .about("Compare two specs: which changes break clients, and which do not")
        .arg(file(OLD, "The spec that clients were written for"))
        .arg(file(NEW, "The spec that they are to meet"))
        .arg(format)
        .after_help(format!(
            "{}\n\n--help explains every kind of change.",
            exits::lines(&exits::DIFF)
        ))
        .after_long_help(format!("{}\n\n{}", exits::lines(&exits::DIFF), kinds()))
}

/// Every kind of change with its class and meaning.
fn kinds() -> String {
    let mut text = "Kinds of change:".to_owned();
    for class in Class::ALL {
        let _ = write!(text, "\n\n  {}", class.word());
        for kind in ChangeKind::ALL.iter().filter(|kind| kind.class() == class) {
            let _ = write!(text, "\n    {:24} {}", kind.word(), kind.meaning());
        }
    }
    text
}

pub(super) fn asked(found: &ArgMatches) -> Asked {
    let path = |name| found.get_one::<PathBuf>(name).cloned().unwrap_or_default();
    Asked {
        old: path(OLD),
        new: path(NEW),
        format: *found.get_one(FORMAT).unwrap_or(&Format::Text),
    }
}

/// Compares the two files.
pub(super) fn compare(asked: &Asked) -> Done {
    let mut complaints = Vec::new();
    let specs = [&asked.old, &asked.new].map(|path| {
        spec(path, "compare")
            .map_err(|why| complaints.push(why))
            .ok()
    });
    let [Some(old), Some(new)] = &specs else {
        return Done {
            text: String::new(),
            complaints,
            code: exits::FAILED,
        };
    };
    let found = diff(old, new);
    Done {
        text: match asked.format {
            Format::Text => text::render(&found),
            Format::Json => json::render(&found),
            Format::Markdown => markdown::render(&found),
        },
        complaints,
        code: match found.count(Class::Breaking) {
            0 => exits::DONE,
            _ => exits::FOUND,
        },
    }
}

/// The changes of a class.
fn of(found: &Diff, class: Class) -> impl Iterator<Item = &Change> {
    let changes = found.changes.iter();
    changes.filter(move |change| change.kind.class() == class)
}

/// `old.yaml:3:5`, if there is a place.
fn place(source: &Source, at: Option<Span>) -> Option<String> {
    at.map(|at| source.locate(at))
}

/// `1 breaking, 2 additive, 0 harmless`.
fn summary(found: &Diff) -> String {
    let counts = Class::ALL.map(|class| format!("{} {}", found.count(class), class.word()));
    counts.join(", ")
}
