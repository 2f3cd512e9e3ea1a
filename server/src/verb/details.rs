//! `detailsView`.

use super::{Args, Then, Verb, Words};
use crate::connection::Connection;
use crate::protocol::reply::write;
use actionline_specs::{Fault, wire};
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) const VIEW: Verb = Verb {
    name: "detailsView",
    words: Words::Nothing,
    apply: view,
};

fn view(conn: &Arc<Connection>, _: Args<'_>, fields: &mut Vec<u8>) -> Result<Then, Fault> {
    let mut details = json!({
        "params": conn.shown_params(),
        "public": { "id": conn.id().to_string(), "connectedAt": conn.connected_at() },
    });
    if let Value::Object(details) = &mut details {
        for (name, value) in conn.details() {
            details.entry(name).or_insert(value);
        }
    }
    write(fields, &json!({ "status": wire::OK, "details": details }));
    Ok(Then::Reply)
}
