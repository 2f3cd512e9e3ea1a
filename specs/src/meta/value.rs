//! Which keys go with which type: of whatever has a schema.

use super::refuse;
use crate::grammar::{Holds, REF, SCHEMA, Word};
use crate::{Kind, Rule};
use serde_json::{Map, Value, json};

/// The definition's name.
pub(super) const FIT: &str = "fit";

/// Holds the keys against the type, and against a reference that stands in their place.
pub(super) fn fit() -> Value {
    let mut all = vec![beside_reference()];
    let mut told: Vec<&[Kind]> = Vec::new();
    for word in SCHEMA.words().filter(|word| !word.kinds.is_empty()) {
        if !told.contains(&word.kinds) {
            told.push(word.kinds);
            all.push(misfits(word.kinds));
        }
    }
    all.extend(Kind::NAMED.map(values));
    json!({ "allOf": all })
}

fn beside_reference() -> Value {
    let words = SCHEMA.words().map(|word| word.word);
    let others = words.filter(|word| *word != REF && *word != "description");
    let message =
        "this does not go with `$ref`: put it into the shared schema, or write the schema out here";
    json!({ "if": { "required": [REF] }, "then": refuse(others, message) })
}

/// Refuses what says nothing about values of other kinds than these. An unknown type is told as such, and no more.
fn misfits(kinds: &[Kind]) -> Value {
    let others = Kind::NAMED.iter().filter(|kind| !kinds.contains(kind));
    let others: Vec<&str> = others.map(|kind| kind.word()).collect();
    let same = |word: &&Word| word.kinds == kinds;
    let words = SCHEMA.words().filter(same).map(|word| word.word);
    let fits: Vec<String> = kinds.iter().map(|kind| format!("`type: {kind}`")).collect();
    let fits = fits.join(" or ");
    json!({
        "if": { "properties": { "type": { "enum": others }, REF: false } },
        "then": refuse(words, &format!("this goes with {fits} only")),
    })
}

/// What the values that stand beside a type have to be.
fn values(kind: Kind) -> Value {
    let mut keys = Map::new();
    keys.insert("default".to_owned(), one(kind, &["null"]));
    for word in Rule::WORDS.iter().filter(|word| word.kinds.contains(&kind)) {
        let value = match word.holds {
            Holds::Choices => json!({ "items": one(kind, &[]), "doNotSuggest": true }),
            Holds::Limit | Holds::Unit if kind == Kind::Integer => {
                one(kind, &["string", "boolean", "array", "object", "null"])
            }
            _ => continue,
        };
        keys.insert(word.word.to_owned(), value);
    }
    json!({
        "if": { "required": ["type"], "properties": { "type": { "const": kind.word() } } },
        "then": { "properties": keys },
    })
}

/// A value of this kind. What is `told` elsewhere is let through.
fn one(kind: Kind, told: &[&str]) -> Value {
    let message = match kind {
        Kind::String => "must be a string: put it in quotes".to_owned(),
        other => format!("must be {}", other.phrase()),
    };
    let kinds: Vec<&str> = [kind.word()].iter().chain(told).copied().collect();
    json!({ "type": kinds, "errorMessage": message, "doNotSuggest": true })
}
