//! Params and replies as JSON Schema, draft 2020-12, for readers outside.

use crate::{Field, Kind, Param, Returns, Rule, wire};
use serde_json::{Map, Value, json};

/// The schema of a request's `params` object. It gives the verdict of [`crate::bind_object`] on every object that is
/// within the limits of the protocol (depth, doubled keys, numbers beyond a double), which no schema can say.
///
/// What the binder takes for missing is said in the schema's words: an optional param may be null, a required one may
/// not be null or an empty string.
///
/// ```
/// let quit = &actionline_specs::verbs().actions[0];
/// assert_eq!(
///     actionline_specs::params_schema(&quit.params).to_string(),
///     r#"{"type":"object","properties":{},"additionalProperties":false}"#,
/// );
/// ```
pub fn params_schema(params: &[Param]) -> Value {
    let properties = params
        .iter()
        .map(|param| (param.name.clone(), Value::Object(param_schema(param))));
    let required = params.iter().filter(|param| param.required);
    object(
        properties.collect(),
        required.map(|param| param.name.as_str().into()).collect(),
    )
}

/// The schema of a success's own fields, without the envelope; nothing for a file, which is no JSON.
pub fn returns_schema(returns: &Returns) -> Option<Value> {
    let fields = match returns {
        Returns::File => return None,
        Returns::Fields(fields) => fields,
    };
    if fields.is_empty() {
        let status = json!({ "const": wire::OK });
        return Some(object(
            Map::from_iter([("status".to_owned(), status)]),
            vec!["status".into()],
        ));
    }
    let properties = fields
        .iter()
        .map(|field| (field.name.clone(), Value::Object(field_schema(field))));
    let required = fields.iter().filter(|field| field.required);
    Some(object(
        properties.collect(),
        required.map(|field| field.name.as_str().into()).collect(),
    ))
}

fn object(properties: Map<String, Value>, required: Vec<Value>) -> Value {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), Kind::Object.word().into());
    schema.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        schema.insert("required".to_owned(), Value::Array(required));
    }
    schema.insert("additionalProperties".to_owned(), false.into());
    Value::Object(schema)
}

fn field_schema(field: &Field) -> Map<String, Value> {
    let mut schema = Map::new();
    if field.kind() != Kind::Any {
        schema.insert("type".to_owned(), field.kind().word().into());
    }
    describe(&mut schema, field.description());
    schema
}

fn param_schema(param: &Param) -> Map<String, Value> {
    let mut schema = Map::new();
    let (key, value) = match (param.kind(), param.required) {
        (Kind::Any, true) => ("not", json!({ "enum": [null, ""] })),
        (kind, true) => ("type", kind.word().into()),
        (kind, false) => ("type", json!([kind.word(), "null"])),
    };
    if (param.kind(), param.required) != (Kind::Any, false) {
        schema.insert(key.to_owned(), value);
    }
    describe(&mut schema, param.description());
    for rule in param.rules() {
        rule.write_schema(&mut schema);
    }
    implied(param, &mut schema);
    if let Some(default) = &param.default {
        schema.insert("default".to_owned(), default.value.clone());
    }
    if !param.examples.is_empty() {
        schema.insert("examples".to_owned(), param.examples.clone().into());
    }
    schema
}

/// What the binder checks without a rule.
fn implied(param: &Param, schema: &mut Map<String, Value>) {
    if let Some(Value::Array(choices)) = schema.get_mut("enum") {
        if !param.required {
            choices.push(Value::Null);
        }
        return;
    }
    if param.kind() == Kind::Integer {
        let bounds = [
            Rule::Minimum(i64::MIN.into()),
            Rule::Maximum(i64::MAX.into()),
        ];
        for bound in bounds {
            if !schema.contains_key(bound.word()) {
                bound.write_schema(schema);
            }
        }
    }
    if param.kind() == Kind::String && param.required {
        let least = schema.get("minLength").and_then(Value::as_u64);
        Rule::MinLength(least.unwrap_or(0).max(1)).write_schema(schema);
    }
}

fn describe(schema: &mut Map<String, Value>, description: &str) {
    if !description.is_empty() {
        schema.insert("description".to_owned(), description.into());
    }
}
