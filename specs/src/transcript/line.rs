//! Whole lines as they are sent: the one place outside the server that knows the order of their keys.

use crate::{Fault, wire};
use serde_json::{Map, Value, json};

/// The line that answers a request for `name`. `own` are the reply's own fields, `label` the request's `messageId`, and
/// `count` the line's number.
pub fn reply(name: &str, own: &Map<String, Value>, label: Option<&Value>, count: u64) -> Value {
    let mut line = Map::new();
    let mut own = own.clone();
    if own.is_empty() {
        own.insert("status".to_owned(), json!(wire::OK));
    }
    if wire::STATUS_FIRST.contains(&name)
        && let Some(status) = own.shift_remove("status")
    {
        line.insert("status".to_owned(), status);
    }
    line.insert("context".to_owned(), json!(wire::RESPONSE));
    if let Some(label) = label {
        line.insert("messageId".to_owned(), label.clone());
    }
    line.extend(own);
    line.insert("messageCount".to_owned(), json!(count));
    Value::Object(line)
}

/// A failure's own fields: `error` alone, and in JSON form what a program needs besides.
pub fn failure(fault: &Fault, json_form: bool) -> Map<String, Value> {
    let mut own = Map::new();
    own.insert("error".to_owned(), json!(fault.message));
    if json_form {
        own.insert("code".to_owned(), json!(fault.code));
        if let Some(hint) = &fault.hint {
            own.insert("hint".to_owned(), json!(hint));
        }
        if !fault.params.is_empty() {
            own.insert("errors".to_owned(), json!(fault.params));
        }
    }
    own
}

/// A request in JSON form.
pub fn request(name: &str, params: &Map<String, Value>, label: Option<&Value>) -> Value {
    let mut line = Map::new();
    line.insert("action".to_owned(), json!(name));
    if !params.is_empty() {
        line.insert("params".to_owned(), Value::Object(params.clone()));
    }
    if let Some(label) = label {
        line.insert("messageId".to_owned(), label.clone());
    }
    Value::Object(line)
}
