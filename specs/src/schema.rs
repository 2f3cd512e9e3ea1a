//! Params, replies and pushes as JSON Schema, draft 2020-12, for readers outside. Formats are to be asserted.

use crate::number::EXACT;
use crate::{Field, Kind, Param, Returns, Rule, Schema, SharedSchema, wire};
use serde_json::{Map, Value, json};

/// The schema of a request's `params` object. It gives the verdict of [`crate::bind_object`] on every object that is
/// within the limits of the protocol (depth, doubled keys, numbers beyond a double), which no schema can say.
///
/// What the binder takes for missing is said in the schema's words: an optional param may be null, a required one may
/// not be null or an empty string. Within a value null is a value like others. Shared schemas stand under `$defs`.
///
/// ```
/// let quit = &actionline_specs::verbs().actions[0];
/// assert_eq!(
///     actionline_specs::params_schema(&quit.params).to_string(),
///     r#"{"type":"object","properties":{},"additionalProperties":false}"#,
/// );
/// ```
pub fn params_schema(params: &[Param]) -> Value {
    let mut defs = Defs::default();
    let properties = params.iter().map(|param| {
        let schema = param_schema(param, &mut defs);
        (param.name.clone(), Value::Object(schema))
    });
    let mut schema = object(properties.collect());
    require(
        &mut schema,
        params
            .iter()
            .filter(|param| param.required)
            .map(|param| &param.name),
    );
    defs.finish(schema)
}

/// The schema of a success's own fields, without the envelope; nothing for a file, which is no JSON.
pub fn returns_schema(returns: &Returns) -> Option<Value> {
    match returns {
        Returns::File => None,
        Returns::Fields(fields) if fields.is_empty() => {
            let status = Map::from_iter([("status".to_owned(), json!({ "const": wire::OK }))]);
            let mut schema = object(status);
            require(&mut schema, [&"status".to_owned()].into_iter());
            Some(Value::Object(schema))
        }
        Returns::Fields(fields) => Some(fields_schema(fields)),
    }
}

/// The schema of the own fields of a reply or a push, without the envelope.
pub fn fields_schema(fields: &[Field]) -> Value {
    let mut defs = Defs::default();
    let schema = members(fields, &mut defs);
    defs.finish(schema)
}

/// The schema of an entry of `schemas`.
pub fn shared_schema(shared: &SharedSchema) -> Value {
    let mut defs = Defs::default();
    let schema = written_out(&shared.schema, &mut defs);
    defs.finish(schema)
}

/// A schema by itself, everything in it written out.
pub fn whole_schema(schema: &Schema) -> Map<String, Value> {
    let mut defs = Defs {
        found: Map::new(),
        inline: true,
    };
    written_out(schema, &mut defs)
}

/// Shared schemas that were referred to on the way.
#[derive(Default)]
struct Defs {
    found: Map<String, Value>,
    /// They are written out where they are referred to.
    inline: bool,
}

impl Defs {
    fn finish(self, mut schema: Map<String, Value>) -> Value {
        if !self.found.is_empty() {
            schema.insert("$defs".to_owned(), Value::Object(self.found));
        }
        Value::Object(schema)
    }
}

fn object(properties: Map<String, Value>) -> Map<String, Value> {
    Map::from_iter([
        ("type".to_owned(), Kind::Object.word().into()),
        ("properties".to_owned(), Value::Object(properties)),
        ("additionalProperties".to_owned(), false.into()),
    ])
}

/// Adds `required`, before the word that closes the object.
fn require<'n>(schema: &mut Map<String, Value>, names: impl Iterator<Item = &'n String>) {
    let names: Vec<Value> = names.map(|name| name.as_str().into()).collect();
    if !names.is_empty() {
        schema.shift_insert(2, "required".to_owned(), names.into());
    }
}

/// An object with these members and no others.
fn members(fields: &[Field], defs: &mut Defs) -> Map<String, Value> {
    let properties = fields.iter().map(|field| {
        let schema = value_schema(&field.schema, defs);
        (field.name.clone(), Value::Object(schema))
    });
    let mut schema = object(properties.collect());
    require(
        &mut schema,
        fields
            .iter()
            .filter(|field| field.required)
            .map(|field| &field.name),
    );
    schema
}

/// A value inside another one, or in a reply.
fn value_schema(schema: &Schema, defs: &mut Defs) -> Map<String, Value> {
    let Some(reference) = schema.reference.as_ref().filter(|_| !defs.inline) else {
        return written_out(schema, defs);
    };
    if !defs.found.contains_key(&reference.name) {
        // The place is taken first: names are in the order in which they are met.
        defs.found.insert(reference.name.clone(), Value::Null);
        let own = Schema {
            description: reference.description.clone(),
            ..schema.clone()
        };
        let own = written_out(&own, defs);
        defs.found
            .insert(reference.name.clone(), Value::Object(own));
    }
    let at = format!("#/$defs/{}", reference.name);
    let mut out = Map::from_iter([("$ref".to_owned(), at.into())]);
    if schema.description != reference.description {
        describe(&mut out, &schema.description);
    }
    out
}

/// A schema with all its words, even if it has a name.
fn written_out(schema: &Schema, defs: &mut Defs) -> Map<String, Value> {
    let mut out = Map::new();
    if schema.kind != Kind::Any {
        out.insert("type".to_owned(), schema.kind.word().into());
    }
    describe(&mut out, &schema.description);
    words(schema, &mut out, defs);
    out
}

/// The words that follow type and description.
fn words(schema: &Schema, out: &mut Map<String, Value>, defs: &mut Defs) {
    for rule in schema.rules() {
        rule.write_schema(out);
    }
    for bound in implied(schema) {
        if !out.contains_key(bound.word()) && !out.contains_key("enum") {
            bound.write_schema(out);
        }
    }
    if let Some(items) = &schema.items {
        let items = value_schema(items, defs);
        out.insert("items".to_owned(), Value::Object(items));
    }
    if let Some(fields) = &schema.properties {
        let object = members(fields, defs);
        out.extend(object.into_iter().filter(|(word, _)| word != "type"));
    }
}

/// What is checked without a rule.
fn implied(schema: &Schema) -> Vec<Rule> {
    let multiple = |rule: &Rule| matches!(rule, Rule::MultipleOf(_));
    match schema.kind {
        Kind::Integer => vec![
            Rule::Minimum(i64::MIN.into()),
            Rule::Maximum(i64::MAX.into()),
        ],
        Kind::Number if schema.rules().any(multiple) => {
            let most = EXACT as i64 - 1;
            vec![Rule::Minimum((-most).into()), Rule::Maximum(most.into())]
        }
        _ => Vec::new(),
    }
}

fn param_schema(param: &Param, defs: &mut Defs) -> Map<String, Value> {
    let mut out = Map::new();
    match (param.kind(), param.required) {
        (Kind::Any, true) => drop(out.insert("not".to_owned(), json!({ "enum": [null, ""] }))),
        (Kind::Any, false) => {}
        (kind, true) => drop(out.insert("type".to_owned(), kind.word().into())),
        (kind, false) => drop(out.insert("type".to_owned(), json!([kind.word(), "null"]))),
    }
    describe(&mut out, param.description());
    words(&param.schema, &mut out, defs);
    nothing(param, &mut out);
    if let Some(default) = &param.default {
        out.insert("default".to_owned(), default.value.clone());
    }
    if !param.examples.is_empty() {
        out.insert("examples".to_owned(), param.examples.clone().into());
    }
    if param.deprecated.is_some() {
        out.insert("deprecated".to_owned(), true.into());
    }
    if param.secret {
        out.insert("writeOnly".to_owned(), true.into());
    }
    out
}

/// What counts as nothing given, and may or may not be.
fn nothing(param: &Param, out: &mut Map<String, Value>) {
    if let Some(Value::Array(choices)) = out.get_mut("enum") {
        if !param.required {
            choices.push(Value::Null);
        }
    } else if param.kind() == Kind::String && param.required {
        let least = out.get("minLength").and_then(Value::as_u64);
        Rule::MinLength(least.unwrap_or(0).max(1)).write_schema(out);
    }
}

fn describe(schema: &mut Map<String, Value>, description: &str) {
    if !description.is_empty() {
        schema.insert("description".to_owned(), description.into());
    }
}
