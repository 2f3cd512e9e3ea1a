//! JSON Schema: a file for each verb and action, and one of everything.

use super::parts::{self, Part, Parts, push_key};
use super::{HASH, protocol};
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
    let mut lines: Vec<String> = protocol::messages().map(protocol::key).collect();
    let of = |action| lines_of(&parts, action);
    lines.extend(parts::actions(spec).flat_map(of));
    lines.extend(spec.pushes.iter().map(|push| push_key(&push.name)));
    let info = &spec.info;
    let whole = SchemaFile {
        name: "schema.json".to_owned(),
        schema: document(
            &parts,
            &info.title,
            &info.description,
            &hash,
            &lines,
            parts.named.clone(),
        ),
    };
    let files = parts::actions(spec).map(|action| {
        let lines = lines_of(&parts, action);
        let named = [lines.clone(), vec![Part::Params.key(action)]].concat();
        let named = parts.only(named);
        SchemaFile {
            name: format!("{}.schema.json", action.name),
            schema: document(
                &parts,
                &action.name,
                &action.description,
                &hash,
                &lines,
                named,
            ),
        }
    });
    std::iter::once(whole).chain(files).collect()
}

/// The names of the lines that a verb or an action has.
fn lines_of(parts: &Parts, action: &Action) -> Vec<String> {
    let lines = [Part::Request, Part::Reply, Part::Failure].map(|part| part.key(action));
    lines
        .into_iter()
        .filter(|name| parts.named.contains_key(name))
        .collect()
}

fn document(
    parts: &Parts,
    title: &str,
    description: &str,
    hash: &str,
    lines: &[String],
    named: Map<String, Value>,
) -> Value {
    let lines = lines
        .iter()
        .map(|name| json!({ "$ref": parts.place(name) }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": description,
        HASH: hash,
        "anyOf": lines.collect::<Value>(),
        "$defs": named,
    })
}
