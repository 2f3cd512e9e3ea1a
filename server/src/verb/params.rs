//! The verbs that save, show and forget params.

use super::{Args, Then, Verb, Words};
use crate::connection::Connection;
use crate::protocol::reply::write;
use actionline_specs::Fault;
use serde_json::{Map, Value, json};
use std::sync::Arc;

pub(super) const ADD: Verb = Verb {
    name: "paramAdd",
    words: Words::Pair,
    apply: add,
};

pub(super) const VIEW: Verb = Verb {
    name: "paramView",
    words: Words::Name,
    apply: view,
};

pub(super) const DELETE: Verb = Verb {
    name: "paramDelete",
    words: Words::Name,
    apply: delete,
};

pub(super) const VIEW_ALL: Verb = Verb {
    name: "paramsView",
    words: Words::Nothing,
    apply: view_all,
};

pub(super) const DELETE_ALL: Verb = Verb {
    name: "paramsDelete",
    words: Words::Nothing,
    apply: delete_all,
};

fn add(
    conn: &Arc<Connection>,
    [key, value]: Args<'_>,
    fields: &mut Vec<u8>,
) -> Result<Then, Fault> {
    conn.set_text_param(key, value)?;
    ok(fields)
}

fn view(conn: &Arc<Connection>, [key, _]: Args<'_>, fields: &mut Vec<u8>) -> Result<Then, Fault> {
    let params: Map<String, Value> = conn.shown_params().remove_entry(key).into_iter().collect();
    show(fields, &params)
}

fn delete(conn: &Arc<Connection>, [key, _]: Args<'_>, fields: &mut Vec<u8>) -> Result<Then, Fault> {
    conn.remove_param(key);
    ok(fields)
}

fn view_all(conn: &Arc<Connection>, _: Args<'_>, fields: &mut Vec<u8>) -> Result<Then, Fault> {
    show(fields, &conn.shown_params())
}

fn delete_all(conn: &Arc<Connection>, _: Args<'_>, fields: &mut Vec<u8>) -> Result<Then, Fault> {
    conn.clear_params();
    ok(fields)
}

fn ok(fields: &mut Vec<u8>) -> Result<Then, Fault> {
    // Without fields of its own, a reply is `OK`.
    fields.extend_from_slice(b"{}");
    Ok(Then::Reply)
}

fn show(fields: &mut Vec<u8>, params: &Map<String, Value>) -> Result<Then, Fault> {
    write(fields, &json!({ "params": params }));
    Ok(Then::Reply)
}
