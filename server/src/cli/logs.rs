//! Where log lines go and how they look.

use super::rate::Limited;
use super::settings::LogFormat;
use std::io::{self, IsTerminal};
use tracing_subscriber::{EnvFilter, fmt};

/// Starts logging to stderr. A program that has set up logs of its own keeps them.
pub(super) fn start(filter: &str, format: LogFormat) {
    let terminal = io::stderr().is_terminal();
    let json = match format {
        LogFormat::Auto => !terminal,
        LogFormat::Text => false,
        LogFormat::Json => true,
    };
    // The setting was checked when it was read, so nothing is lost here.
    let filter = EnvFilter::builder().parse_lossy(filter);
    let logs = fmt()
        .with_env_filter(filter)
        // A log that cannot be written must not end the server: what reports that would write to the same place, and panic.
        .log_internal_errors(false)
        .with_writer(Limited::new(json));
    let _ = if json {
        logs.json().flatten_event(true).try_init()
    } else {
        logs.with_ansi(terminal && colours_wanted()).try_init()
    };
}

/// Whether `NO_COLOR` leaves colours on.
pub(super) fn colours_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
