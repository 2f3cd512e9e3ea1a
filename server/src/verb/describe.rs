//! `describe`.

use super::{Args, Then, Verb, Words};
use crate::connection::Connection;
use actionline_specs::Fault;
use std::sync::Arc;

pub(super) const DESCRIBE: Verb = Verb {
    name: "describe",
    words: Words::NameOrNothing,
    apply: describe,
};

fn describe(
    conn: &Arc<Connection>,
    [name, _]: Args<'_>,
    fields: &mut Vec<u8>,
) -> Result<Then, Fault> {
    let description = &conn.shared().description;
    let answer = match name {
        "" => description.whole(),
        name => description.find(name)?,
    };
    fields.extend_from_slice(answer.as_bytes());
    Ok(Then::Reply)
}
