//! More actions than anybody writes: what a server with hundreds of them costs.

use actionline::__private::{Call, Handler, Outcome, needs_nothing};
use actionline::ActionSet;
use std::fmt::Write as _;

/// The param that each of them takes, if it is given.
pub(crate) const TAKES: &str = "key";

/// The name of one.
pub(crate) fn name_of(number: usize) -> String {
    format!("nothing{number}")
}

/// A set of so many actions that do nothing. It lives as long as the process.
pub(super) fn actions(count: usize) -> &'static ActionSet {
    let mut text = "actionline: 1\ninfo: { title: many, version: 1.0.0 }\nactions:\n".to_owned();
    let mut handlers = Vec::with_capacity(count);
    for number in 0..count {
        let name: &'static str = name_of(number).leak();
        let _ = writeln!(
            text,
            "  {name}: {{ description: Nothing., effect: read, params: {{ {TAKES}: {{ type: string, maxLength: 100, description: Any. }} }} }}"
        );
        handlers.push(Handler {
            name,
            call: Call::Sync(|_, _, out| {
                out.extend_from_slice(b"{}");
                Outcome::Fields
            }),
            needs: needs_nothing,
        });
    }
    Box::leak(Box::new(ActionSet {
        package: "actionline-bench",
        file: "many.yaml",
        text: text.leak(),
        included: &[],
        handlers: handlers.leak(),
    }))
}
