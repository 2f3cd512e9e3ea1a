//! What a panic leaves in the log: its message and place, no backtrace. Any client can call a panicking action in a loop,
//! and a backtrace costs two hundred times what the panic does.

use std::panic::PanicHookInfo;

const LONGEST_MESSAGE: usize = 1000;

/// Logs panics from now on, in place of the standard report.
pub(super) fn log() {
    std::panic::set_hook(Box::new(report));
}

fn report(info: &PanicHookInfo<'_>) {
    let message = info.payload_as_str().unwrap_or("no message");
    let message: String = message.chars().take(LONGEST_MESSAGE).collect();
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(%place, said = ?message, "panic");
}
