//! `describe`: the machine form of specs and its hash, as a server of them answers it.

use super::check::DEFAULT_SPEC;
use super::done::{Done, json, spec};
use super::exits;
use actionline_specs::machine;
use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, Command, ValueEnum, value_parser};
use std::path::PathBuf;

pub(super) const NAME: &str = "describe";
const FILES: &str = "FILE";
const FORMAT: &str = "format";

/// What was typed.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    files: Vec<PathBuf>,
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Hash,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Format::Json, Format::Hash]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Format::Json => PossibleValue::new("json").help("one JSON document"),
            Format::Hash => PossibleValue::new("hash").help("the hash alone"),
        })
    }
}

pub(super) fn command() -> Command {
    let files = Arg::new(FILES)
        .num_args(1..)
        .value_parser(value_parser!(PathBuf))
        .help(format!(
            "The specs, in the order in which the server mounts them [default: {DEFAULT_SPEC}]"
        ));
    let format = Arg::new(FORMAT)
        .long(FORMAT)
        .value_name("FORMAT")
        .value_parser(value_parser!(Format))
        .default_value("json")
        .help("What is printed");
    Command::new(NAME)
        .about("Print what a server of these specs answers to `describe`: their machine form and its hash")
        .args([files, format])
        .after_help(exits::lines(&exits::DESCRIBE))
}

pub(super) fn asked(found: &ArgMatches) -> Asked {
    let files = found.get_many::<PathBuf>(FILES);
    Asked {
        files: files.map_or_else(
            || vec![DEFAULT_SPEC.into()],
            |files| files.cloned().collect(),
        ),
        format: *found.get_one(FORMAT).unwrap_or(&Format::Json),
    }
}

/// Prints the machine form.
pub(super) fn show(asked: &Asked) -> Done {
    let mut complaints = Vec::new();
    let specs = asked.files.iter().map(|path| spec(path, "describe"));
    let specs: Vec<_> = specs
        .filter_map(|spec| spec.map_err(|why| complaints.push(why)).ok())
        .collect();
    if !complaints.is_empty() {
        return Done {
            text: String::new(),
            complaints,
            code: exits::FAILED,
        };
    }
    let form = machine::form(&specs);
    let hash = machine::digest(&form);
    Done {
        text: match asked.format {
            Format::Json => json(&serde_json::json!({ "hash": hash, "describes": form })),
            Format::Hash => hash + "\n",
        },
        complaints,
        code: exits::DONE,
    }
}
