//! What the server says without being asked, as schemas.

use super::line::count;
use actionline_specs::wire::{self, Gap, MESSAGES, Message, Reason};
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
        .map(|(name, value)| (name.clone(), field(message, name, value)))
        .collect();
    for (name, value) in shape(message.sometimes) {
        let schema = field(message, &name, &value);
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

fn field(message: &Message, name: &str, value: &Value) -> Value {
    match (name, Matcher::of(value)) {
        ("messageCount", Some(_)) => count(),
        ("reason", _) if message.name == wire::GAP => {
            one_of(Gap::ALL.iter().map(|gap| (gap.word(), gap.meaning())))
        }
        ("reason", _) => {
            let all = Reason::ALL.iter();
            one_of(all.map(|reason| (reason.word(), reason.meaning())))
        }
        (_, None) => json!({ "const": value }),
        (_, Some(matcher)) => of_matcher(matcher),
    }
}

/// One of these words, each with its meaning.
fn one_of<'a>(words: impl Iterator<Item = (&'a str, &'a str)>) -> Value {
    let one = |(word, meaning)| json!({ "const": word, "description": meaning });
    json!({ "oneOf": words.map(one).collect::<Vec<Value>>() })
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
