//! What exit codes mean, for the program and for its help.

use std::fmt::Write;

/// It was done, and there is nothing to say against it.
pub(super) const DONE: u8 = 0;
/// It was done, and something is wrong with what was looked at.
pub(super) const FOUND: u8 = 1;
/// It cannot be done; stderr says why.
pub(super) const FAILED: u8 = 2;

/// An exit code and what it means.
pub(super) type Exit = (u8, &'static str);

/// Of the whole program.
pub(super) const PROGRAM: [Exit; 3] = [
    (DONE, "stopped as asked"),
    (
        FOUND,
        "`check` found faults, or `diff` a change that breaks clients",
    ),
    (
        FAILED,
        "a setting, a file, the address or the server's start failed; one line on stderr says why",
    ),
];

/// Of `check`.
pub(super) const CHECK: [Exit; 3] = [
    (DONE, "no faults; there may be warnings"),
    (FOUND, "faults, or warnings with `--deny-warnings`"),
    (FAILED, "a file could not be read"),
];

/// Of `diff`.
pub(super) const DIFF: [Exit; 3] = [
    (DONE, "no change breaks clients"),
    (FOUND, "a change breaks clients"),
    (FAILED, "a spec could not be read, or has faults"),
];

/// Of `describe`.
pub(super) const DESCRIBE: [Exit; 2] = [
    (DONE, "printed"),
    (FAILED, "a spec could not be read, or has faults"),
];

/// The lines of a help text.
pub(super) fn lines(exits: &[Exit]) -> String {
    exits
        .iter()
        .fold("Exit codes:".to_owned(), |mut text, (code, meaning)| {
            let _ = write!(text, "\n  {code}  {meaning}");
            text
        })
}
