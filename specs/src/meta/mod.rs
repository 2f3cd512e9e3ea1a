//! The spec language itself as a JSON Schema, for editors: made from the tables that the loader reads by. Draft 7, which
//! every release of the YAML language server knows; `errorMessage` and the like are its own words, and other readers
//! pass over them.

mod holds;
mod value;

use crate::grammar::{EXAMPLE, INCLUDED, MAP, PARAM, REF, REPLIES, SPEC, Shape};
use serde_json::{Map, Value, json};

/// The schema of a file of a spec, be it the first one or one that it includes. What it refuses, [`load`](crate::load)
/// refuses too; what it accepts can still be wrong in ways that no schema can say.
///
/// ```
/// let schema = actionline_specs::spec_schema();
/// assert_eq!(schema["properties"]["actionline"]["const"], 1);
/// ```
pub fn spec_schema() -> Value {
    let (mut root, definitions) = built(&SPEC);
    let own = |word: &str| SPEC.word(word).is_some() && INCLUDED.word(word).is_none();
    let required = INCLUDED.words().filter(|word| word.required);
    root.insert(
        "required".to_owned(),
        required.map(|word| word.word).collect(),
    );
    let absent = SPEC.words().filter(|word| own(word.word) && !word.required);
    let absent = absent.map(|word| (word.word.to_owned(), Value::Bool(false)));
    let needs = |word: &str| json!({ "required": [word], "errorMessage": "a spec needs the key `actions`" });
    root.insert("if".to_owned(), json!({ "required": ["info"] }));
    root.insert(
        "then".to_owned(),
        json!({ "anyOf": [needs("actions"), needs(crate::include::KEY)] }),
    );
    root.insert(
        "else".to_owned(),
        json!({
            "properties": absent.collect::<Map<_, _>>(),
            "errorMessage": "only a file with `info` has this key",
        }),
    );
    document(root, definitions)
}

fn document(root: Map<String, Value>, definitions: Map<String, Value>) -> Value {
    let mut out = Map::new();
    out.insert(
        "$schema".to_owned(),
        "http://json-schema.org/draft-07/schema#".into(),
    );
    out.extend(root);
    out.insert("definitions".to_owned(), Value::Object(definitions));
    Value::Object(out)
}

/// The schema of a shape, and of all that it leads to, by name.
fn built(shape: &'static Shape) -> (Map<String, Value>, Map<String, Value>) {
    let mut definitions = Map::new();
    definitions.insert(value::FIT.to_owned(), value::fit());
    let mut open = vec![shape];
    while let Some(shape) = open.pop() {
        for below in shape.words().filter_map(|word| word.below()) {
            if !definitions.contains_key(noun(below)) {
                definitions.insert(noun(below).to_owned(), Value::Object(map(below)));
                open.push(below);
            }
        }
    }
    definitions.sort_keys();
    (map(shape), definitions)
}

/// What a shape is called, here and in what editors say: `param`.
fn noun(shape: &Shape) -> &'static str {
    let (_, noun) = shape.what.split_once(' ').unwrap_or(("", shape.what));
    noun.trim_matches('`')
}

fn reference(name: &str) -> Value {
    json!({ REF: format!("#/definitions/{name}") })
}

/// A map with fixed keys. An empty place counts as one without entries, unless something has to be there.
fn kind(shape: &Shape) -> Value {
    match shape.words().any(|word| word.required) {
        true => json!("object"),
        false => json!(["object", "null"]),
    }
}

fn map(shape: &'static Shape) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("title".to_owned(), noun(shape).into());
    describe(&mut out, shape.meaning);
    let required: Vec<&str> = shape
        .words()
        .filter(|word| word.required)
        .map(|word| word.word)
        .collect();
    let keys = shape.words().map(|word| {
        let mut schema = holds::schema(word.holds);
        describe(&mut schema, word.meaning);
        (word.word.to_owned(), Value::Object(schema))
    });
    out.insert("properties".to_owned(), keys.collect::<Map<_, _>>().into());
    out.insert("additionalProperties".to_owned(), false.into());
    if !required.is_empty() {
        out.insert("required".to_owned(), required.into());
    }
    // Apart, so that its message stands for no other fault.
    let mut more = vec![json!({ "type": kind(shape), "errorMessage": format!("must be {MAP}") })];
    if shape.words().any(|word| !word.kinds.is_empty()) {
        more.push(reference(value::FIT));
    }
    if std::ptr::eq(shape, &PARAM) {
        more.push(idle_default());
    }
    if std::ptr::eq(shape, &EXAMPLE) {
        more.extend(one_answer());
    }
    out.insert("allOf".to_owned(), more.into());
    out
}

/// Both for editors that show Markdown and for others.
fn describe(schema: &mut Map<String, Value>, meaning: &str) {
    schema.insert("description".to_owned(), meaning.into());
    schema.insert("markdownDescription".to_owned(), meaning.into());
}

/// Keys that must not be there, and what to say of them.
fn refuse<'w>(words: impl Iterator<Item = &'w str>, message: &str) -> Value {
    let words = words.map(|word| (word.to_owned(), Value::Bool(false)));
    json!({ "properties": words.collect::<Map<_, _>>(), "errorMessage": message })
}

fn idle_default() -> Value {
    let message = "a required param has no use for a default: remove `default` or `required: true`";
    json!({
        "if": { "required": ["required"], "properties": { "required": { "const": true } } },
        "then": refuse(std::iter::once("default"), message),
    })
}

/// One of the answers, and no second one.
fn one_answer() -> Vec<Value> {
    let message = "say what comes back: add `reply`, `error` or `bytes`";
    let any = REPLIES.map(|word| json!({ "required": [word], "errorMessage": message }));
    let mut out = vec![json!({ "anyOf": any })];
    for (index, word) in REPLIES.iter().enumerate() {
        let others = REPLIES[index + 1..].iter().copied();
        if others.len() > 0 {
            let message = "an example has one of `reply`, `error` and `bytes`";
            out.push(json!({ "if": { "required": [word] }, "then": refuse(others, message) }));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::VERBS;

    #[test]
    fn the_built_in_verbs_are_in_the_language_too() {
        let (root, definitions) = built(&VERBS);
        let schema = document(root, definitions);
        let validator = jsonschema::draft7::new(&schema).expect("a schema");
        let source = include_str!("../verbs.yaml");
        let json: Value = serde_yaml::from_str(source).expect("YAML");
        let faults: Vec<String> = validator
            .iter_errors(&json)
            .map(|e| e.to_string())
            .collect();
        assert_eq!(faults, Vec::<String>::new());
    }
}
