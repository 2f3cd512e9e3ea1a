//! `say`.

use super::{Args, Then, Verb, Words};
use crate::connection::Connection;
use crate::protocol::reply::write;
use actionline_specs::{Fault, limits, wire};
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
    let limits = &conn.shared().limits;
    if message.len() as u64 > limits.say() {
        return Err(limits::SAY.reached(limits.say(), &[]));
    }
    let allowed = conn.may_say(limits.say_rate(), limits.say_burst());
    allowed.map_err(|wait| {
        let fault = limits::SAY_RATE.reached(limits.say_rate(), &[]);
        fault.retry_after(wait)
    })?;
    if conn.shared().memory.is_full() {
        return Err(conn.overloaded(&limits::MEMORY));
    }
    let receipt = conn.say(message);
    write(fields, &json!({ "status": wire::OK }));
    Ok(Then::Reached(receipt))
}
