//! What `--help` says besides the flags.

use super::check::DEFAULT_SPEC;
use super::exits;
use super::settings::{LIMITS_TABLE, PREFIX};
use actionline_specs::limits;
use std::fmt::Write;

/// What `--help` says after the flags.
pub(super) fn teach(program: &str) -> String {
    let width = limits::ALL
        .iter()
        .map(|limit| limit.name.len())
        .max()
        .unwrap_or(0);
    let limits: String = limits::ALL.iter().fold(String::new(), |mut text, limit| {
        let value = format!("{} {}", limit.default, limit.unit.word());
        let _ = writeln!(
            text,
            "  {:width$}  {value:15}  {}",
            limit.name, limit.meaning
        );
        text
    });
    format!(
        "\
Examples:
  {program} --bind 0.0.0.0:5000 --allow-insecure --public ./public
  {program} --limit line=128K --limit labelled=32
  {program} --print-config > all-settings.toml
  {program} check {DEFAULT_SPEC}
  {program} diff released.yaml {DEFAULT_SPEC}

Limits and their defaults (bytes may be written as 64K or 1M):
{limits}
Where settings come from, the first that has one wins:
  1. flags: --default-room lobby, --limit line=128K
  2. environment: {PREFIX}DEFAULT_ROOM=lobby, {PREFIX}LIMIT_LINE=128K (an empty one counts as not set)
  3. the file: default-room = \"lobby\", and beneath [{LIMITS_TABLE}] line = \"128K\"
  4. the defaults
Folders and files named in a file are relative to it.

SIGINT and SIGTERM stop the server once its clients have what they are owed; a second one stops it at once.
SIGHUP reads the limits and the TLS files anew; what cannot be used changes nothing. Other settings take a restart.

{}",
        exits::lines(&exits::PROGRAM)
    )
}
