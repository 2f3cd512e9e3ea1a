//! JSON Schema: a file for each verb and action, and one of everything.

use super::parts::{self, Part, Parts, push_key};
use super::{HASH, protocol};
use crate::{stale, view};
use actionline_specs::{Action, Spec, machine};
use serde_json::{Map, Value, json};

/// One file of JSON Schema, draft 2020-12.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemaFile {
    /// Its name: `scoreAdd.schema.json`.
    pub name: String,
    /// What it holds.
    pub schema: Value,
}

/// The files of a spec: first `schema.json` with everything, then one for each verb and action. As a whole each file takes every
/// line that is about its subject; what a program needs stands under `$defs`: `scoreAdd.params`, `scoreAdd.request`,
/// `scoreAdd.reply`, `scoreAdd.failure`, `scoreChanged.push`, `protocol.welcome`, and shared schemas by their names.
pub fn schemas(spec: &Spec) -> Vec<SchemaFile> {
    let parts = Parts::new(spec, "#/$defs/");
    let hash = machine::hash([spec]);
    let head = |title: &str, description: &str, lines: &[String]| {
        let file = view::file_name(spec);
        let comment = format!(
            "Generated from {file} {}: change the spec, then run the generator.",
            stale::MARK
        );
        let lines = lines
            .iter()
            .map(|name| json!({ "$ref": parts.place(name) }));
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$comment": comment,
            "title": title,
            "description": description,
            HASH: hash,
            "anyOf": lines.collect::<Value>(),
        })
    };
    let mut lines: Vec<String> = protocol::messages().map(protocol::key).collect();
    lines.extend(parts::actions(spec).flat_map(|action| lines_of(&parts, action)));
    lines.extend(spec.pushes.iter().map(|push| push_key(&push.name)));
    let info = &spec.info;
    let whole = head(&info.title, &info.description, &lines);
    let whole = file("schema.json".to_owned(), whole, parts.named.clone());
    let files = parts::actions(spec).map(|action| {
        let mut names = lines_of(&parts, action);
        let schema = head(&action.name, &action.description, &names);
        names.push(Part::Params.key(action));
        let name = format!("{}.schema.json", action.name);
        file(name, schema, parts.only(names))
    });
    std::iter::once(whole).chain(files).collect()
}

/// The names of the lines that a verb or an action has.
fn lines_of(parts: &Parts, action: &Action) -> Vec<String> {
    let lines = [Part::Request, Part::Reply, Part::Failure].map(|part| part.key(action));
    let known = |name: &String| parts.named.contains_key(name);
    lines.into_iter().filter(known).collect()
}

fn file(name: String, mut schema: Value, named: Map<String, Value>) -> SchemaFile {
    schema["$defs"] = Value::Object(named);
    SchemaFile { name, schema }
}
