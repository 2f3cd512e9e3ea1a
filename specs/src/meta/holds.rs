//! What stands behind a key, as a schema.

use super::{kind, noun, reference};
use crate::grammar::{Holds, MAP, Shape, Word};
use crate::read::{HOME, VERSION, seconds, taken};
use crate::{Action, Effect, Format, Kind, Lint};
use serde_json::{Map, Value, json};

/// A letter and then letters, digits or `_`.
const NAME: &str = "[A-Za-z][A-Za-z0-9_]*";
const NUMBER: &str = "must be a number, without quotes";
/// What a text that says something has.
const FILLED: &str = r"\S";
const LINE: &str = r"^[^\r\n]*[^\s][^\r\n]*$";

/// The schema of a place in a map of this shape.
pub(super) fn schema(holds: Holds) -> Map<String, Value> {
    let value = match holds {
        Holds::Version => json!({
            "const": VERSION as i64,
            "default": VERSION as i64,
            "errorMessage": format!("this release reads `actionline: {VERSION}`"),
        }),
        Holds::Text | Holds::Pattern => text(),
        Holds::Filled => matching(FILLED, "must not be empty"),
        Holds::Line => matching(LINE, "must be one line, and not empty"),
        Holds::Flag => {
            json!({ "type": "boolean", "errorMessage": "must be true or false, without quotes" })
        }
        Holds::Note => json!({
            "type": ["boolean", "string"],
            "pattern": FILLED,
            "errorMessage": "must be true, or what to use instead",
        }),
        Holds::Limit => json!({ "type": "number", "errorMessage": NUMBER }),
        Holds::Unit => json!({ "type": "number", "exclusiveMinimum": 0, "errorMessage": NUMBER }),
        Holds::Count => json!({
            "type": "integer",
            "minimum": 0,
            "errorMessage": "must be a whole number, 0 or more",
        }),
        Holds::Seconds => json!({
            "type": "integer",
            "minimum": 1,
            "maximum": Action::LONGEST,
            "errorMessage": seconds(),
        }),
        Holds::Reference => matching(
            &format!("^{HOME}{NAME}$"),
            &format!("write `$ref: \"{HOME}Name\"`"),
        ),
        Holds::Type => words(Kind::NAMED.map(|kind| (kind.word(), kind.meaning()))),
        Holds::Format => words(Format::ALL.map(|format| (format.word(), format.meaning()))),
        Holds::Effect => words(Effect::ALL.map(|effect| (effect.word(), effect.meaning()))),
        Holds::Needed => words([(Action::REQUIRED, "It can be called on a connection only.")]),
        Holds::Feature => matching(
            r"^[\p{Alphabetic}\p{N}_.+-]+$",
            "must be the name of a cargo feature",
        ),
        Holds::Lints => {
            let lints = Lint::ALL.iter().map(|lint| (lint.word(), lint.meaning()));
            list(words(lints))
        }
        Holds::Choices => json!({
            "type": "array",
            "items": { "type": ["string", "number"] },
            "minItems": 1,
            "uniqueItems": true,
            "errorMessage": "must be a list",
        }),
        Holds::Value => json!({
            "type": ["string", "number", "boolean", "array", "object"],
            "errorMessage": "null is no default: it means that nothing is given",
        }),
        Holds::Values => json!({ "type": "array", "errorMessage": "must be a list" }),
        Holds::Members => json!({ "type": "object", "errorMessage": format!("must be {MAP}") }),
        Holds::Lines => list(matching(LINE, "must be one line, and not empty")),
        Holds::Messages => list(schema(Holds::Members).into()),
        Holds::Rights => {
            let told = "a name is a letter and then letters, digits or `_`";
            let mut schema = list(matching(&format!("^{NAME}$"), told));
            schema["uniqueItems"] = true.into();
            schema
        }
        Holds::Files | Holds::Names => list(matching(FILLED, "must not be empty")),
        // Beside a reference, draft 7 reads nothing.
        Holds::One(shape) => {
            json!({ "type": kind(shape), "errorMessage": format!("must be {MAP}"), "allOf": [reference(noun(shape))] })
        }
        Holds::Many(shape) => many(shape, json!(["object", "null"])),
        Holds::Some(shape) => {
            let mut schema = many(shape, json!("object"));
            schema["minProperties"] = 1.into();
            schema
        }
        Holds::List(shape) => list(reference(noun(shape))),
        Holds::OrFile(shape) => {
            let mut schema = many(shape, json!(["object", "string", "null"]));
            schema["defaultSnippets"]
                .as_array_mut()
                .expect("a list")
                .push(json!({ "label": "file", "body": "file" }));
            schema["pattern"] = "^file$".into();
            let told = Value::from("must be a map of fields or the word `file`");
            schema["errorMessage"] = told.clone();
            schema["patternErrorMessage"] = told;
            schema
        }
    };
    match value {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

fn text() -> Value {
    json!({ "type": "string", "errorMessage": "must be a string: put it in quotes" })
}

fn matching(pattern: &str, otherwise: &str) -> Value {
    let mut schema = text();
    schema["pattern"] = pattern.into();
    schema["patternErrorMessage"] = otherwise.into();
    schema
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items, "errorMessage": "must be a list" })
}

/// One of some words, each with what it means.
fn words(words: impl IntoIterator<Item = (&'static str, &'static str)>) -> Value {
    let (words, meanings): (Vec<_>, Vec<_>) = words.into_iter().unzip();
    json!({
        "enum": words,
        "enumDescriptions": meanings,
        "markdownEnumDescriptions": meanings,
    })
}

/// What an editor offers for a new entry: what it needs and what every reader asks for.
fn snippet(shape: &'static Shape) -> Value {
    let asked = |word: &&Word| word.required || matches!(word.word, "type" | "description");
    let keys = shape.words().filter(asked).zip(2..).map(|(word, stop)| {
        let place = match word.holds {
            Holds::Type => format!("${{{stop}|{}|}}", Kind::NAMED.map(Kind::word).join(",")),
            holds if holds.shape().is_some() => return (word.word.to_owned(), json!({})),
            _ => format!("${stop}"),
        };
        (word.word.to_owned(), place.into())
    });
    let body = json!({ "${1:name}": keys.collect::<Map<_, _>>() });
    json!({ "label": format!("new {}", noun(shape)), "description": shape.meaning, "body": body })
}

/// Names to maps of a shape.
fn many(shape: &'static Shape, kind: Value) -> Value {
    let taken = taken(shape);
    let (but, told) = match taken.is_empty() {
        true => (String::new(), String::new()),
        false => (
            format!("(?!(?:{})$)", taken.join("|")),
            format!("; these are taken: {}", taken.join(", ")),
        ),
    };
    json!({
        "type": kind,
        "errorMessage": format!("must be {MAP}"),
        "propertyNames": {
            "pattern": format!("^{but}{NAME}$"),
            "patternErrorMessage": format!("a name is a letter and then letters, digits or `_`{told}"),
        },
        "additionalProperties": reference(noun(shape)),
        "defaultSnippets": [snippet(shape)],
    })
}
