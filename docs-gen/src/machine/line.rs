//! The schemas of lines: what the protocol puts around what a verb, an action or a push carries.

use crate::view::FRAMED;
use actionline_specs::{Action, Code, ParamCode, Returns, wire};
use serde_json::{Map, Value, json};

/// A request in JSON form, its params described at `params`.
pub(super) fn request(action: &Action, params: &str) -> Value {
    let words: Vec<&str> = action.words().collect();
    let name = match words.as_slice() {
        [only] => json!({ "const": only }),
        words => json!({ "enum": words }),
    };
    let needed = action.params.iter().any(|param| param.required);
    let (params, required) = match needed {
        true => (json!({ "$ref": params }), json!(["action", "params"])),
        false => (
            json!({ "anyOf": [{ "$ref": params }, { "type": "null" }] }),
            json!(["action"]),
        ),
    };
    json!({
        "type": "object",
        "properties": {
            "action": name,
            "params": params,
            "messageId": {
                "type": ["string", "number", "null"],
                "description": "Repeated in the reply, which may then come before those of earlier requests.",
            },
        },
        "required": required,
        "additionalProperties": false,
    })
}

/// A success, around the schema of its own fields.
pub(super) fn reply(own: Value) -> Value {
    around(own, wire::RESPONSE, true)
}

/// A direct message, around the schema of its own fields.
pub(super) fn push(own: Value) -> Value {
    around(own, wire::API, false)
}

/// The line before the bytes of a file.
pub(super) fn announcement() -> Value {
    let file = json!({
        "type": "object",
        "properties": {
            "name": { "type": "string" },
            "size": { "type": "integer", "minimum": 0, "description": "So many bytes follow the line." },
            "type": { "type": "string", "description": "The media type, guessed from the name." },
            "modified": { "type": "string", "format": "date-time" },
        },
        "required": ["name", "size", "type"],
    });
    reply(json!({ "type": "object", "properties": { "file": file }, "required": ["file"] }))
}

/// Whether an action answers a file and can announce it first.
pub(super) fn is_announced(action: &Action) -> bool {
    matches!(action.returns, Returns::File)
        && action.params.iter().any(|param| param.name == FRAMED)
}

/// Any failure.
pub(super) fn failure() -> Value {
    let codes: Vec<&str> = ParamCode::ALL.iter().map(|code| code.word()).collect();
    let own = json!({
        "type": "object",
        "properties": {
            "error": { "type": "string", "description": "What is wrong, for people." },
            "code": { "type": "string", "description": "What is wrong, for programs. Only in the answer to JSON." },
            "retryAfterMs": { "type": "integer", "minimum": 1, "description": "When it is worth another try, in milliseconds." },
            "hint": { "type": "string", "description": Code::UnknownAction.meaning() },
            "errors": {
                "type": "array",
                "description": Code::InvalidParams.meaning(),
                "items": {
                    "type": "object",
                    "properties": {
                        "param": { "type": "string" },
                        "code": { "enum": codes },
                        "message": { "type": "string" },
                    },
                    "required": ["param", "code", "message"],
                },
            },
        },
        "required": ["error"],
    });
    reply(own)
}

/// A failure of this verb or action: `any` describes failures.
pub(super) fn failure_of(action: &Action, any: &str) -> Value {
    let common = Code::ALL.iter().map(|code| code.word());
    let own = action.errors.iter().map(|error| error.code.as_str());
    let mut codes: Vec<&str> = common.collect();
    codes.extend(own.filter(|code| Code::from_word(code).is_none()));
    json!({ "allOf": [{ "$ref": any }, { "properties": { "code": { "enum": codes } } }] })
}

/// Own fields with `context` before them and the number behind. It is left open, for clients skip fields they do not know.
fn around(own: Value, context: &str, labelled: bool) -> Value {
    let Value::Object(mut line) = own else {
        return own;
    };
    let fields = line.shift_remove("properties");
    let mut properties = Map::from_iter([("context".to_owned(), json!({ "const": context }))]);
    if labelled {
        let label = json!({ "type": ["string", "number"], "description": "That of the request." });
        properties.insert("messageId".to_owned(), label);
    }
    if let Some(Value::Object(fields)) = fields {
        properties.extend(fields);
    }
    properties.insert("messageCount".to_owned(), count());
    let mut required = vec![json!("context")];
    if let Some(Value::Array(own)) = line.shift_remove("required") {
        required.extend(own);
    }
    required.push(json!("messageCount"));
    line.shift_remove("additionalProperties");
    line.insert("properties".to_owned(), Value::Object(properties));
    line.insert("required".to_owned(), Value::Array(required));
    Value::Object(line)
}

/// `messageCount`.
pub(super) fn count() -> Value {
    json!({ "type": "integer", "minimum": 0, "description": "The index of the line in what the server has sent on the connection." })
}
