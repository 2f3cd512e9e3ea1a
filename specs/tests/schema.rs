//! What the exported schemas look like. That they judge as the binder does is tested in `differential.rs`.

use actionline_specs::{Source, Spec, load, params_schema, returns_schema};
use serde_json::{Value, json};

fn spec(action: &str) -> Spec {
    let text = format!(
        "actionline: 1\ninfo: {{ title: T, version: 1.0.0 }}\nactions: {{ do: {action} }}\n"
    );
    load(Source::new("x", text)).unwrap_or_else(|problems| panic!("{problems}"))
}

fn params(declared: &str) -> Value {
    params_schema(&spec(&format!("{{ params: {declared} }}")).actions[0].params)
}

fn returns(declared: &str) -> Option<Value> {
    returns_schema(&spec(&format!("{{ returns: {declared} }}")).actions[0].returns)
}

#[test]
fn params_carry_their_rules_and_texts() {
    let schema = params(
        "{ key: { type: string, required: true, maxLength: 64, description: The key. },
           level: { type: string, enum: [low, high], default: low, examples: [high] },
           points: { type: integer, minimum: 1 },
           value: { required: true } }",
    );
    let wanted = json!({
        "type": "object",
        "properties": {
            "key": { "type": "string", "description": "The key.", "maxLength": 64, "minLength": 1 },
            "level": {
                "type": ["string", "null"],
                "enum": ["low", "high", null],
                "default": "low",
                "examples": ["high"],
            },
            "points": { "type": ["integer", "null"], "minimum": 1, "maximum": i64::MAX },
            "value": { "not": { "enum": [null, ""] } },
        },
        "required": ["key", "value"],
        "additionalProperties": false,
    });
    assert_eq!(schema.to_string(), wanted.to_string());
}

#[test]
fn what_is_inside_is_said_too() {
    let schema = params(
        "{ lines: { type: array, required: true, minItems: 1, maxItems: 9, uniqueItems: true, items: { type: object, properties: {
             price: { type: number, required: true, multipleOf: 0.01, minimum: 0 },
             day: { type: string, format: date, description: When. },
             data: { type: string, format: byte } } } },
           free: { type: object } }",
    );
    let wanted = json!({
        "type": "object",
        "properties": {
            "lines": {
                "type": "array",
                "minItems": 1,
                "maxItems": 9,
                "uniqueItems": true,
                "items": {
                    "type": "object",
                    "properties": {
                        "price": {
                            "type": "number",
                            "multipleOf": 0.01,
                            "minimum": 0,
                            "maximum": 9_007_199_254_740_991_i64,
                        },
                        "day": { "type": "string", "description": "When.", "format": "date" },
                        "data": {
                            "type": "string",
                            "contentEncoding": "base64",
                            "allOf": [{ "pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$" }],
                        },
                    },
                    "required": ["price"],
                    "additionalProperties": false,
                },
            },
            "free": { "type": ["object", "null"] },
        },
        "required": ["lines"],
        "additionalProperties": false,
    });
    assert_eq!(schema.to_string(), wanted.to_string());
}

#[test]
fn replies_have_their_declared_fields() {
    let wanted = json!({
        "type": "object",
        "properties": {
            "total": {
                "type": "integer",
                "description": "The sum.",
                "minimum": i64::MIN,
                "maximum": i64::MAX,
            },
            "note": { "type": "string" },
            "rest": {},
        },
        "required": ["total", "rest"],
        "additionalProperties": false,
    });
    let schema = returns(
        "{ total: { type: integer, description: The sum. }, note: { type: string, required: false }, rest: {} }",
    );
    assert_eq!(
        schema.map(|schema| schema.to_string()),
        Some(wanted.to_string())
    );
    assert_eq!(returns("file"), None);
    let ok = returns("{}").unwrap();
    let validator = jsonschema::draft202012::new(&ok).unwrap();
    assert!(validator.is_valid(&json!({ "status": "OK" })));
    assert!(!validator.is_valid(&json!({})));
    assert!(!validator.is_valid(&json!({ "status": "no" })));
}
