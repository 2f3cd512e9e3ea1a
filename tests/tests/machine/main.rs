//! AsyncAPI and JSON Schema of several specs: judged by the tools of their ecosystems, and by what a server says.

mod asyncapi;
mod lines;

use actionline::specs::{Source, Spec, files_beside, load_from, machine, verbs};
use actionline_docs_gen::machine::schemas;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The shipped spec, an application's, the one that has everything, and odd ones.
const SPECS: [&str; 5] = [
    "actions.yaml",
    "examples/scores/actions.yaml",
    "tests/src/lab.yaml",
    "docs-gen/tests/docs/specs/full.yaml",
    "docs-gen/tests/docs/specs/hostile.yaml",
];

fn spec(path: &str) -> Spec {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let text = fs::read_to_string(&file).expect("the spec");
    let spec = load_from(Source::new(path, text), files_beside(&file));
    spec.unwrap_or_else(|problems| panic!("{problems}"))
}

fn specs() -> impl Iterator<Item = Spec> {
    SPECS.into_iter().map(spec)
}

/// Every reference of a schema, wherever it stands.
fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(words) => {
            found.extend(words.get("$ref").and_then(Value::as_str));
            words.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn every_schema_is_one() {
    for spec in specs() {
        let files = schemas(&spec);
        assert_eq!(files.len(), 1 + verbs().actions.len() + spec.actions.len());
        for file in files {
            assert_eq!(file.schema["x-actionline-hash"], machine::hash([&spec]));
            if let Err(error) = jsonschema::draft202012::meta::validate(&file.schema) {
                panic!("{}: {error} at {}", file.name, error.instance_path());
            }
            let mut found = Vec::new();
            references(&file.schema, &mut found);
            assert!(!found.is_empty(), "{}", file.name);
            for reference in found {
                let named = reference
                    .strip_prefix("#/$defs/")
                    .expect("a reference within the file");
                assert!(
                    file.schema["$defs"].get(named).is_some(),
                    "{reference} in {}",
                    file.name
                );
            }
        }
    }
}

#[test]
fn a_broken_schema_is_told() {
    let mut schema = schemas(&spec(SPECS[0])).remove(0).schema;
    schema["$defs"]["cacheTest.params"]["type"] = "objekt".into();
    assert!(jsonschema::draft202012::meta::validate(&schema).is_err());
}
