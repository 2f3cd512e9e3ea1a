//! `say`.

use super::{Args, Then, Verb, Words};
use crate::connection::Connection;
use crate::protocol::reply::write;
use actionline_specs::{Fault, wire};
use serde_json::json;
use std::sync::Arc;

pub(super) const SAY: Verb = Verb {
    name: "say",
    words: Words::Text,
    apply: say,
};

fn say(
    conn: &Arc<Connection>,
    [message, _]: Args<'_>,
    fields: &mut Vec<u8>,
) -> Result<Then, Fault> {
    let receipt = conn.say(message);
    write(fields, &json!({ "status": wire::OK }));
    Ok(Then::Reached(receipt))
}
