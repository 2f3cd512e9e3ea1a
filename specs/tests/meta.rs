//! The schema of the spec language against the loader: on every case of the diagnostics, on every spec of the repository,
//! and on every key with every kind of value.

#[path = "diagnostics/cases.rs"]
mod cases;

use actionline_specs::grammar::{self, Shape};
use actionline_specs::{Diagnostics, Kind, Mistake, Source, load, spec_schema};
use cases::{FRAMES, folder, source};
use jsonschema::Validator;
use serde_json::Value;
use serde_yaml::Options;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn schema() -> Validator {
    jsonschema::draft7::new(&spec_schema()).expect("a schema")
}

/// A file as the loader reads it. Nothing where it is no YAML, or holds what JSON does not.
fn json(text: &str) -> Option<Value> {
    let mut options = Options::default();
    options.strict_booleans = true;
    options.leading_zero_numbers_as_strings = true;
    options.underscored_numbers_as_strings = true;
    serde_yaml::from_str_with_options(text, options).ok()
}

/// The faults that a schema can see.
const SEEN: [Mistake; 7] = [
    Mistake::UnknownKey,
    Mistake::MissingKey,
    Mistake::WrongType,
    Mistake::UnknownWord,
    Mistake::BadName,
    Mistake::ReservedName,
    Mistake::MisplacedRule,
];

/// Of these, the ones that only the loader sees: docs/tools.md lists them.
const UNSEEN: [&str; 6] = [
    // How large a number is, and how many digits it has.
    "64 bits",
    "2^53",
    "decimals at most",
    "`maxLength` must be a whole number",
    // An included file has none.
    "a spec needs the key `info`",
    // JSON has no other keys.
    "a key must be a string",
];

fn visible(faults: &Diagnostics) -> bool {
    faults.list.iter().any(|fault| {
        SEEN.iter().any(|seen| seen.word() == fault.code)
            && !UNSEEN.iter().any(|unseen| fault.message.contains(unseen))
    })
}

/// What is wrong with the verdict, if anything is.
fn differs(validator: &Validator, text: &str) -> Option<String> {
    let json = json(text)?;
    let refused = !validator.is_valid(&json);
    match load(Source::new("x", text)) {
        Ok(_) if refused => {
            let why: Vec<String> = validator
                .iter_errors(&json)
                .map(|e| e.to_string())
                .collect();
            Some(format!(
                "the schema refuses what is fine:\n{text}\n{why:#?}"
            ))
        }
        Err(faults) if !refused && visible(&faults) => Some(format!(
            "the schema accepts what is wrong:\n{text}\n{faults}"
        )),
        _ => None,
    }
}

#[test]
fn it_is_a_schema() {
    if let Err(error) = jsonschema::draft7::meta::validate(&spec_schema()) {
        panic!("{error}");
    }
}

#[test]
fn it_agrees_with_the_loader_on_every_diagnostic() {
    let validator = schema();
    let mut found = Vec::new();
    let mut refused = 0;
    for (name, head, indent) in FRAMES {
        let cases = fs::read_to_string(folder().join(format!("{name}.txt")));
        for case in cases.expect("the cases are there").split("\n\n") {
            let text = source(case, head, indent).text;
            found.extend(differs(&validator, &text));
            refused += usize::from(json(&text).is_some_and(|json| !validator.is_valid(&json)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n\n"));
    assert!(refused > 100, "only {refused} cases are refused");
}

/// A place in a spec that holds a map of each shape, `…` standing for the map.
const PLACES: [(&Shape, &str); 13] = [
    (&grammar::SPEC, "…"),
    (&grammar::INFO, "actions: {}\ninfo: …"),
    (&grammar::LINTS, "actions: {}\nlints: …"),
    (&grammar::ACTION, "actions: { a: … }"),
    (&grammar::PARAM, "actions: { a: { params: { p: … } } }"),
    (&grammar::PARAM, "actions: {}\ncommon: { p: … }"),
    (&grammar::FIELD, "actions: { a: { returns: { p: … } } }"),
    (
        &grammar::ITEM,
        "actions: { a: { params: { p: { type: array, items: … } } } }",
    ),
    (
        &grammar::PROPERTY,
        "actions: { a: { params: { p: { type: object, properties: { b: … } } } } }",
    ),
    (&grammar::ERROR, "actions: { a: { errors: { p: … } } }"),
    (&grammar::PUSH, "actions: {}\npushes: { p: … }"),
    (&grammar::EXAMPLE, "actions: { a: { examples: [ … ] } }"),
    (
        &grammar::OTHER,
        "actions: { a: { examples: [{ send: a, reply: { status: OK }, others: { b: … } }] } }",
    ),
];

const VALUES: [&str; 17] = [
    "",
    "true",
    "false",
    "yes",
    "\"\"",
    "\" \"",
    "a",
    "\"a\\nb\"",
    "5",
    "0",
    "-1",
    "1.5",
    "[]",
    "[a]",
    "[5]",
    "{}",
    "{ a: 5 }",
];

/// Every key that the tables list, with every kind of value, beside every type it could stand beside.
#[test]
fn it_agrees_with_the_loader_on_every_key() {
    let validator = schema();
    let mut found = Vec::new();
    let mut told = BTreeSet::new();
    for (shape, place) in PLACES {
        for word in shape.words() {
            let needed = shape
                .words()
                .filter(|other| other.required && other.word != word.word);
            let mut beside: Vec<String> = needed.map(|other| usual(other.word)).collect();
            if shape.what == grammar::EXAMPLE.what
                && !["reply", "error", "bytes"].contains(&word.word)
            {
                beside.push("error: e".to_owned());
            }
            // The others mean the same beside every type.
            let typed = !word.kinds.is_empty() || word.word == "default";
            let kinds = Kind::NAMED.map(|kind| format!("type: {kind}"));
            let kinds = kinds.iter().filter(|_| typed).map(Some).chain([None]);
            for kind in kinds {
                for value in VALUES {
                    let own = format!("\"{}\": {value}", word.word);
                    let parts: Vec<String> =
                        beside.iter().chain(kind).cloned().chain([own]).collect();
                    let text = spec(place, &parts);
                    told.insert(load(Source::new("x", text.clone())).is_ok());
                    found.extend(differs(&validator, &text));
                }
            }
        }
    }
    let count = found.len();
    assert!(found.is_empty(), "{count}:\n{}", found.join("\n\n"));
    assert_eq!(told.len(), 2, "some are fine and some are not");
}

fn usual(word: &str) -> String {
    match word {
        "fields" => "fields: { a: {} }".to_owned(),
        "info" => "info: { title: T, version: 1.0.0 }".to_owned(),
        "actionline" => "actionline: 1".to_owned(),
        "send" => "send: a".to_owned(),
        word => format!("{word}: x"),
    }
}

fn spec(place: &str, parts: &[String]) -> String {
    let whole = |own: &str| format!("{{ {own} }}");
    if place == "…" {
        let mut text = parts.join("\n") + "\n";
        if !text.contains("\"actions\"") {
            text.push_str("actions: {}\n");
        }
        return text;
    }
    let place = place.replace('…', &whole(&parts.join(", ")));
    let info = match place.contains("info: ") {
        true => "",
        false => "info: { title: T, version: 1.0.0 }\n",
    };
    format!("actionline: 1\n{info}{place}\n")
}

/// Every place that the tables know stands among the places above, or leads to one that does.
#[test]
fn every_shape_is_tried() {
    let tried: BTreeSet<&str> = PLACES.iter().map(|(shape, _)| shape.what).collect();
    let mut open = vec![&grammar::SPEC];
    let mut seen = BTreeSet::new();
    while let Some(shape) = open.pop() {
        if !seen.insert(shape.what) {
            continue;
        }
        open.extend(shape.words().filter_map(|word| word.below()));
    }
    // A shared schema has the keys of an item.
    seen.remove(grammar::SCHEMA.what);
    assert_eq!(seen, tried);
}

#[test]
fn it_accepts_every_spec_of_the_repository() {
    let validator = schema();
    let mut files = Vec::new();
    below(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join(".."),
        &mut files,
    );
    let mut fine = 0;
    for (path, text) in files {
        let read = actionline_specs::files_beside(Path::new(&path));
        let loaded = actionline_specs::load_from(Source::new(path.clone(), text.clone()), read);
        // A file without `info` is a part of another.
        if loaded.is_err() && text.contains("info:") {
            continue;
        }
        fine += 1;
        let json = json(&text).expect("YAML");
        let faults: Vec<String> = validator
            .iter_errors(&json)
            .map(|e| e.to_string())
            .collect();
        assert_eq!(faults, Vec::<String>::new(), "{path}");
    }
    assert!(fine >= 8, "only {fine} specs");
}

/// The specs below a folder: YAML files, and what README files show.
fn below(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if path.is_dir() {
            if !name.starts_with('.') && name != "target" && name != "node_modules" {
                below(&path, found);
            }
            continue;
        }
        let shown = path.display().to_string();
        if name == "README.md" {
            let text = fs::read_to_string(&path).expect("a file");
            let blocks = text.split("```yaml\n").skip(1);
            let blocks = blocks.filter_map(|rest| rest.split("\n```").next());
            found.extend(blocks.map(|block| (shown.clone(), block.to_owned())));
        } else if name.ends_with(".yaml") {
            found.push((shown, fs::read_to_string(&path).expect("a file")));
        }
    }
    found.retain(|(_, text)| text.contains("actionline: 1") && !text.contains("\nverbs:"));
}
