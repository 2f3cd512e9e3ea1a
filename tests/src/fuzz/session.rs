//! A whole conversation: every line that is one is answered once, in step, up to the first that ends it.

use super::host::Host;
use actionline::fuzz::{Got, naive};
use actionline_specs::request::parse;
use serde_json::Value;

const LINE: usize = 200;
const DISCARD: usize = 600;

thread_local! {
    static HOST: Host = Host::new(|limits| {
        (limits.line, limits.discard) = (LINE as u64, DISCARD as u64);
        (limits.sticky, limits.say_burst, limits.rooms) = (4, 3, 5);
    });
}

/// How much the pipe takes, and what goes through it.
pub(super) fn run((room, sent): (u8, &[u8])) {
    let lines = HOST.with(|host| host.talk(sent, usize::from(room) + 16));
    let asked = naive(sent, LINE, DISCARD)
        .iter()
        .filter(|got| is_asked(got))
        .count();
    let answered = lines
        .iter()
        .filter(|line| line["context"] == "response")
        .count();
    let last = lines.last().expect("a welcome");
    if ends(last) {
        assert!(answered <= asked, "{answered} of {asked}");
    } else {
        assert_eq!(answered, asked);
    }
    assert!(!lines[..lines.len() - 1].iter().any(ends));
}

fn is_asked(got: &Got) -> bool {
    match got {
        Got::Line(line) => !matches!(parse(line), Ok(None)),
        Got::Endless => false,
        _ => true,
    }
}

fn ends(line: &Value) -> bool {
    line["status"] == "Bye!" || line["status"] == "goodbye"
}
