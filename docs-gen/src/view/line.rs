//! Whole lines as the page prints them.

use super::sample;
use actionline_specs::transcript::line;
pub(super) use actionline_specs::transcript::line::{failure, request};
use serde_json::{Map, Value};

/// The line that answers a request for `name`, with what an example leaves open cut short.
pub(super) fn reply(
    name: &str,
    own: &Map<String, Value>,
    label: Option<&Value>,
    count: u64,
) -> String {
    sample::cut(&line::reply(name, own, label, count))
}
