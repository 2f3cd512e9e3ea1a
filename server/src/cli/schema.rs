//! `schema`: the spec language as a JSON Schema, for editors.

use super::done::{Done, json};
use super::exits;
use actionline_specs::spec_schema;
use clap::Command;

pub(super) const NAME: &str = "schema";

pub(super) fn command() -> Command {
    Command::new(NAME)
        .about("Print the JSON Schema of the spec language, for editors")
        .after_help(
            "Name the file that you keep it in on the first line of a spec:\n  # yaml-language-server: $schema=actions.schema.json",
        )
}

/// Prints the schema.
pub(super) fn show() -> Done {
    Done {
        text: json(&spec_schema()),
        complaints: Vec::new(),
        code: exits::DONE,
    }
}
