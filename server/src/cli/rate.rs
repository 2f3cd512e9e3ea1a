//! Not too many log lines from one place: strangers can provoke some of them as often as they like.

use crate::bucket::Bucket;
use std::collections::HashMap;
use std::io::{self, Stderr, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use tracing::callsite::Identifier;
use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// Lines that one place in the code may log in a second, at `info` and above. Who asks for more detail gets it all.
const MOST_A_SECOND: u64 = 10;

/// Writes to stderr what is not too much, and says how much was left out.
#[derive(Debug)]
pub(super) struct Limited {
    json: bool,
    places: Mutex<HashMap<Identifier, Rate>>,
}

impl Limited {
    pub(super) fn new(json: bool) -> Self {
        Self {
            json,
            places: Mutex::default(),
        }
    }

    /// What stands before a line when `unlogged` ones like it were left out.
    fn note(&self, unlogged: u64) -> String {
        let note = "lines like the next one were left out";
        match self.json {
            true => {
                format!("{{\"level\":\"WARN\",\"message\":\"{note}\",\"unlogged\":{unlogged}}}\n")
            }
            false => format!("{unlogged} {note}\n"),
        }
    }
}

/// Where one line goes.
#[derive(Debug)]
pub(super) enum Line {
    Shown(Stderr),
    LeftOut,
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Shown(stderr) => stderr.write(bytes),
            Self::LeftOut => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Shown(stderr) => stderr.flush(),
            Self::LeftOut => Ok(()),
        }
    }
}

impl<'a> MakeWriter<'a> for Limited {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line::Shown(io::stderr())
    }

    fn make_writer_for(&'a self, line: &Metadata<'_>) -> Line {
        if *line.level() > Level::INFO {
            return self.make_writer();
        }
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let rate = places.entry(line.callsite()).or_default();
        match rate.take(Instant::now()) {
            None => Line::LeftOut,
            Some(unlogged) => {
                let mut stderr = io::stderr();
                if unlogged > 0 {
                    // A closed stderr is no reason to fail.
                    let _ = stderr.write_all(self.note(unlogged).as_bytes());
                }
                Line::Shown(stderr)
            }
        }
    }
}

/// How much one place may log.
#[derive(Debug, Default)]
struct Rate {
    allowance: Bucket,
    unlogged: u64,
}

impl Rate {
    /// Whether a line is logged: then, how many before it were not.
    fn take(&mut self, now: Instant) -> Option<u64> {
        match self.allowance.take(now, MOST_A_SECOND, MOST_A_SECOND) {
            Ok(()) => Some(std::mem::take(&mut self.unlogged)),
            Err(_) => {
                self.unlogged += 1;
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn ten_a_second_are_logged_and_the_rest_is_counted() {
        let mut rate = Rate::default();
        let start = Instant::now();
        for _ in 0..10 {
            assert_eq!(rate.take(start), Some(0));
        }
        for _ in 0..25 {
            assert_eq!(rate.take(start + Duration::from_millis(99)), None);
        }
        let later = start + Duration::from_secs(1);
        assert_eq!(rate.take(later), Some(25));
        assert_eq!(rate.take(later), Some(0));
    }

    #[test]
    fn what_was_left_out_is_said_in_both_forms() {
        let text = Limited::new(false).note(3);
        assert_eq!(text, "3 lines like the next one were left out\n");
        let json: serde_json::Value = serde_json::from_str(&Limited::new(true).note(3)).unwrap();
        assert_eq!(json["unlogged"], 3);
    }
}
