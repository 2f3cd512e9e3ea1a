//! `codes`: the catalogue of every code, so that clients and tools need not copy it.

use super::done::{Done, json};
use super::exits;
use actionline_specs::diff::ChangeKind;
use actionline_specs::{Code, Lint, Mistake, ParamCode};
use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, Command, ValueEnum, value_parser};
use serde::Serialize;
use std::fmt::Write;

pub(super) const NAME: &str = "codes";
const FORMAT: &str = "format";

/// The version of the document. It grows when a field goes or changes its meaning, not when one is added.
const VERSION: u32 = 1;

/// What was typed.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Json,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Format::Text, Format::Json]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Format::Text => PossibleValue::new("text").help("for a terminal"),
            Format::Json => PossibleValue::new("json").help("one JSON document"),
        })
    }
}

pub(super) fn command() -> Command {
    let format = Arg::new(FORMAT)
        .long(FORMAT)
        .value_name("FORMAT")
        .value_parser(value_parser!(Format))
        .default_value("text")
        .help("How the catalogue is written");
    Command::new(NAME)
        .about("List every code: of error replies, faults of a spec, lints and changes")
        .arg(format)
}

pub(super) fn asked(found: &ArgMatches) -> Asked {
    Asked {
        format: *found.get_one(FORMAT).unwrap_or(&Format::Text),
    }
}

#[derive(Serialize)]
struct Catalogue {
    version: u32,
    /// `code` of an error reply.
    replies: Vec<Entry>,
    /// `code` of one param, in `errors` of an error reply.
    params: Vec<Entry>,
    /// What `check` finds wrong.
    faults: Vec<Entry>,
    /// What `check` warns of.
    lints: Vec<Entry>,
    /// What `diff` finds.
    changes: Vec<Entry>,
}

#[derive(Default, Serialize)]
struct Entry {
    code: &'static str,
    /// The text of the reply, with `{…}` for what differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meaning: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'static str>,
}

fn catalogue() -> Catalogue {
    let replies = Code::ALL.iter().map(|code| Entry {
        code: code.word(),
        error: Some(code.template()),
        meaning: Some(code.meaning()),
        ..Entry::default()
    });
    let params = ParamCode::ALL.iter().map(|code| Entry {
        code: code.word(),
        meaning: Some(code.meaning()),
        ..Entry::default()
    });
    let faults = Mistake::ALL.iter().map(|mistake| Entry {
        code: mistake.word(),
        meaning: Some(mistake.meaning()),
        ..Entry::default()
    });
    let lints = Lint::ALL.iter().map(|lint| Entry {
        code: lint.word(),
        meaning: Some(lint.meaning()),
        help: Some(lint.help()),
        ..Entry::default()
    });
    let changes = ChangeKind::ALL.iter().map(|kind| Entry {
        code: kind.word(),
        class: Some(kind.class().word()),
        meaning: Some(kind.meaning()),
        ..Entry::default()
    });
    Catalogue {
        version: VERSION,
        replies: replies.collect(),
        params: params.collect(),
        faults: faults.collect(),
        lints: lints.collect(),
        changes: changes.collect(),
    }
}

/// Prints the catalogue.
pub(super) fn show(asked: &Asked) -> Done {
    let all = catalogue();
    Done {
        text: match asked.format {
            Format::Json => json(&all),
            Format::Text => text(&all),
        },
        complaints: Vec::new(),
        code: exits::DONE,
    }
}

fn text(all: &Catalogue) -> String {
    let sections = [
        ("Error replies (`code`)", &all.replies),
        ("Params (`code` in `errors` of an error reply)", &all.params),
        ("Faults of a spec (`check`)", &all.faults),
        ("Lints (`check`, as warnings)", &all.lints),
        ("Changes (`diff`)", &all.changes),
    ];
    let parts = sections.map(|(title, entries)| {
        let mut text = format!("{title}\n");
        for entry in entries {
            let class = entry.class.map(|class| format!("{class}: "));
            let class = class.unwrap_or_default();
            let meaning = entry.meaning.unwrap_or_default();
            let line = format!("  {:24} {class}{meaning}", entry.code);
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text
    });
    parts.join("\n")
}
