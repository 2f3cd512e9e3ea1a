//! Values to show where a spec gives a matcher. They are always the same, so that the page is too.

use actionline_specs::{Kind, Reason, Matcher, wire};
use serde_json::{Map, Value, json};

/// The fields of an example's reply with a sample for each matcher.
pub(super) fn fill(fields: &Map<String, Value>) -> Map<String, Value> {
    fields
        .iter()
        .map(|(name, value)| (name.clone(), fill_value(name, value)))
        .collect()
}

fn fill_value(name: &str, value: &Value) -> Value {
    match value {
        Value::String(text) => match Matcher::from_word(text) {
            Some(matcher) => of_matcher(matcher, name),
            None => value.clone(),
        },
        Value::Array(items) => items.iter().map(|item| fill_value(name, item)).collect(),
        Value::Object(fields) => Value::Object(fill(fields)),
        _ => value.clone(),
    }
}

/// A value of this kind.
pub(super) fn of_kind(kind: Kind) -> Value {
    match kind {
        Kind::Any | Kind::String => json!("text"),
        Kind::Integer => json!(1),
        Kind::Number => json!(0.5),
        Kind::Boolean => json!(true),
        Kind::Array => json!([]),
        Kind::Object => json!({}),
    }
}
