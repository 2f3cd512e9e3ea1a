//! `quit`, and `exit` and `close`, which are the same.

use super::{Args, Then, Verb, Words};
use crate::connection::Connection;
use crate::protocol::reply::write;
use actionline_specs::{Fault, wire};
use serde_json::json;
use std::sync::Arc;

pub(super) const QUIT: Verb = Verb {
    name: "quit",
    words: Words::Nothing,
    apply: quit,
};

fn quit(_: &Arc<Connection>, _: Args<'_>, fields: &mut Vec<u8>) -> Result<Then, Fault> {
    write(fields, &json!({ "status": wire::BYE }));
    Ok(Then::Quit)
}
