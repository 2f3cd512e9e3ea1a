//! What the server says without being asked, as schemas.

use super::line::count;
use actionline_specs::wire::{MESSAGES, Message, Reason};
use actionline_specs::{Format, Matcher};
use serde_json::{Map, Value, json};

/// The messages whose fields the protocol knows: not direct messages and replies, which are the application's.
pub(super) fn messages() -> impl Iterator<Item = &'static Message> {
    let open = |message: &&Message| shape(message.line).len() <= 2;
    MESSAGES.iter().filter(move |message| !open(message))
}

/// The name under which a message's schema stands.
pub(super) fn key(message: &Message) -> String {
    format!("protocol.{}", message.name.replace(' ', "-"))
}

/// The schema of such a line.
pub(super) fn schema(message: &Message) -> Value {
    let always = shape(message.line);
    let required: Vec<&String> = always.keys().collect();
    let mut properties: Map<String, Value> = always
        .iter()
        .map(|(name, value)| (name.clone(), field(name, value)))
        .collect();
    for (name, value) in shape(message.sometimes) {
        let schema = field(&name, &value);
        properties.insert(name, schema);
    }
    json!({
        "type": "object",
        "description": message.when,
        "properties": properties,
        "required": required,
    })
}

fn shape(line: &str) -> Map<String, Value> {
    serde_json::from_str(line).unwrap_or_default()
}

fn field(name: &str, value: &Value) -> Value {
    match (name, Matcher::of(value)) {
        ("messageCount", Some(_)) => count(),
        ("reason", _) => {
            let reason =
                |reason: Reason| json!({ "const": reason.word(), "description": reason.meaning() });
            let reasons: Vec<Value> = Reason::ALL.iter().copied().map(reason).collect();
            json!({ "oneOf": reasons })
        }
        (_, None) => json!({ "const": value }),
        (_, Some(matcher)) => of_matcher(matcher),
    }
}

fn of_matcher(matcher: Matcher) -> Value {
    match matcher {
        Matcher::Int => json!({ "type": "integer" }),
        Matcher::Float => json!({ "type": "number" }),
        Matcher::String => json!({ "type": "string" }),
        Matcher::Bool => json!({ "type": "boolean" }),
        Matcher::Id => json!({ "type": "string", "pattern": "^[0-9a-f]{32}$" }),
        Matcher::Uuid => json!({ "type": "string", "format": Format::Uuid.word() }),
        Matcher::Rfc3339 => json!({ "type": "string", "format": Format::DateTime.word() }),
        Matcher::Array => json!({ "type": "array" }),
        Matcher::Object => json!({ "type": "object" }),
        Matcher::Any => json!({}),
    }
}
