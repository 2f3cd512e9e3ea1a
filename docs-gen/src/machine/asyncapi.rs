//! AsyncAPI 3.0. The document describes the server: it receives requests, and sends all else.

use super::parts::{self, Part, Parts, push_key};
use super::{HASH, protocol};
use actionline_specs::{Action, Push, Returns, Spec, fill, limits, machine, wire};
use serde_json::{Map, Value, json};

/// What AsyncAPI has no word for: the framing.
const LINES: &str = include_str!("asyncapi.md");
const CHANNEL: &str = "#/channels/connection";
/// What the spec says of a verb or an action beyond AsyncAPI.
const MORE: &str = "x-actionline";

/// The AsyncAPI document of a spec, the built-in verbs included.
pub fn asyncapi(spec: &Spec) -> Value {
    let mut document = Document {
        parts: Parts::new(spec, "#/components/schemas/"),
        messages: Map::new(),
        operations: Map::new(),
    };
    for message in protocol::messages() {
        document.sent(
            &protocol::key(message),
            message.name,
            message.when,
            "protocol",
        );
    }
    for action in parts::actions(spec) {
        document.action(action);
    }
    for Push {
        name, description, ..
    } in &spec.pushes
    {
        document.sent(&push_key(name), name, description, "push");
    }
    let info = &spec.info;
    let line = limits::LINE.default.to_string();
    let lines = fill(LINES, &[("line", &line)]);
    let about = [info.description.trim(), lines.trim()];
    let about: Vec<&str> = about.into_iter().filter(|text| !text.is_empty()).collect();
    let names = document.messages.keys();
    let shown = names.map(|name| {
        (
            name.clone(),
            json!({ "$ref": format!("#/components/messages/{name}") }),
        )
    });
    let shown: Map<_, _> = shown.collect();
    json!({
        "asyncapi": "3.0.0",
        HASH: machine::hash([spec]),
        "info": { "title": info.title, "version": info.version, "description": about.join("\n\n") },
        "defaultContentType": "application/json",
        "servers": {
            "default": {
                "host": wire::ADDRESS,
                "protocol": "tcp",
                "description": "Where a server listens unless it was told otherwise.",
            },
        },
        "channels": {
            "connection": {
                "address": null,
                "title": "Connection",
                "description": "One TCP connection, both ways.",
                "messages": shown,
            },
        },
        "operations": document.operations,
        "components": { "messages": document.messages, "schemas": document.parts.named },
    })
}

struct Document {
    parts: Parts,
    messages: Map<String, Value>,
    operations: Map<String, Value>,
}

impl Document {
    /// What the server sends on its own account.
    fn sent(&mut self, key: &str, title: &str, description: &str, tag: &str) {
        self.message(key, title, false);
        let operation = operation("send", title, description, tag, &[key.to_owned()]);
        self.operations.insert(key.to_owned(), operation);
    }

    fn action(&mut self, action: &Action) {
        let request = Part::Request.key(action);
        self.message(&request, &format!("{}: request", action.name), true);
        let tag = match action.usage {
            Some(_) => "verb",
            None => "action",
        };
        let mut operation = operation(
            "receive",
            &action.name,
            &action.description,
            tag,
            &[request],
        );
        operation["reply"] =
            json!({ "channel": { "$ref": CHANNEL }, "messages": self.replies(action) });
        operation[MORE] = more(action);
        self.operations.insert(action.name.clone(), operation);
    }

    /// What can answer an action, as references.
    fn replies(&mut self, action: &Action) -> Value {
        let mut keys = Vec::new();
        for (part, title) in [(Part::Reply, "success"), (Part::Failure, "failure")] {
            let key = part.key(action);
            if self.parts.named.contains_key(&key) {
                self.message(&key, &format!("{}: {title}", action.name), true);
                keys.push(key);
            }
        }
        if matches!(action.returns, Returns::File) {
            let key = format!("{}.bytes", action.name);
            let bytes = json!({
                "name": key,
                "title": format!("{}: bytes", action.name),
                "summary": "The file, as it is.",
                "contentType": "application/octet-stream",
                "payload": { "type": "string", "format": "binary" },
            });
            self.messages.insert(key.clone(), bytes);
            keys.push(key);
        }
        references(&keys)
    }

    /// A message that is a line; `labelled` if it can have a `messageId`.
    fn message(&mut self, key: &str, title: &str, labelled: bool) {
        let mut message = json!({
            "name": key,
            "title": title,
            "payload": { "$ref": self.parts.place(key) },
        });
        if labelled {
            message["correlationId"] = json!({ "location": "$message.payload#/messageId" });
        }
        self.messages.insert(key.to_owned(), message);
    }
}

fn operation(does: &str, title: &str, description: &str, tag: &str, messages: &[String]) -> Value {
    json!({
        "action": does,
        "channel": { "$ref": CHANNEL },
        "title": title,
        "description": description,
        "tags": [{ "name": tag }],
        "messages": references(messages),
    })
}

fn references(messages: &[String]) -> Value {
    let places = messages
        .iter()
        .map(|key| json!({ "$ref": format!("{CHANNEL}/messages/{key}") }));
    places.collect()
}

/// The machine form of a verb or an action, without what stands elsewhere in the document.
fn more(action: &Action) -> Value {
    let mut entry = machine::entry(action);
    if let Some(entry) = entry.as_object_mut() {
        for said in ["name", "description", "returns"] {
            entry.shift_remove(said);
        }
        if let Some(params) = entry.get_mut("params").and_then(Value::as_object_mut) {
            params.shift_remove("schema");
        }
    }
    entry
}
