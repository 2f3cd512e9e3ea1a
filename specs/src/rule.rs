//! The rules a value can have to keep. Each rule has its check, its error text, its JSON Schema word and its description here
//! and nowhere else.

use crate::grammar::{Holds, Word};
use crate::{Format, Kind, ParamCode, Slot, format, items, number};
use regex::Regex;
use serde_json::{Map, Number, Value, json};

/// One rule of a schema, ready to check bound values.
#[derive(Debug, Clone)]
pub enum Rule {
    /// `enum`: one of these values.
    Enum(Vec<Value>),
    /// `minimum`, inclusive.
    Minimum(Number),
    /// `maximum`, inclusive.
    Maximum(Number),
    /// `minLength` in Unicode code points.
    MinLength(u64),
    /// `maxLength` in Unicode code points.
    MaxLength(u64),
    /// `pattern`: matches somewhere in the text.
    Pattern(Pattern),
    /// `format`: what the text stands for.
    Format(Format),
    /// `multipleOf`: a whole multiple of this.
    MultipleOf(Number),
    /// `minItems` of an array.
    MinItems(u64),
    /// `maxItems` of an array.
    MaxItems(u64),
    /// `uniqueItems: true`: no two items of an array are the same.
    UniqueItems,
}

/// A checked `pattern`: the source as written and the compiled automaton (linear time on any input).
#[derive(Debug, Clone)]
pub struct Pattern {
    /// The pattern as the spec wrote it.
    pub source: String,
    /// Compiled so that it means what ECMA-262 means by the same text.
    pub regex: Regex,
}

const NUMBERS: &[Kind] = &[Kind::Integer, Kind::Number];
const STRING: &[Kind] = &[Kind::String];
const ARRAY: &[Kind] = &[Kind::Array];

impl Rule {
    /// The keys of every rule, in the order docs list them.
    pub const WORDS: [Word; 11] = [
        Word::new("enum", Holds::Choices, "the values it may have").of(&[
            Kind::String,
            Kind::Integer,
            Kind::Number,
        ]),
        Word::new("minimum", Holds::Limit, "the least number it may be").of(NUMBERS),
        Word::new("maximum", Holds::Limit, "the greatest number it may be").of(NUMBERS),
        Word::new(
            "multipleOf",
            Holds::Unit,
            "the number is a whole multiple of this one",
        )
        .of(NUMBERS),
        Word::new(
            "minLength",
            Holds::Count,
            "the least characters (Unicode code points) it may have",
        )
        .of(STRING),
        Word::new(
            "maxLength",
            Holds::Count,
            "the most characters it may have",
        )
        .of(STRING),
        Word::new(
            "pattern",
            Holds::Pattern,
            "a regular expression that matches somewhere in it; anchor it with `^` and `$`. Write `[0-9]` for `\\d`: what regular expression dialects read differently is refused",
        )
        .of(STRING),
        Word::new(
            "format",
            Holds::Format,
            "what the text stands for: checked, not just noted",
        )
        .of(format::KINDS),
        Word::new(
            "minItems",
            Holds::Count,
            "the least items the array may have",
        )
        .of(ARRAY),
        Word::new("maxItems", Holds::Count, "the most items the array may have").of(ARRAY),
        Word::new(
            "uniqueItems",
            Holds::Flag,
            "`true`: no two items of the array are equal",
        )
        .of(ARRAY),
    ];

    /// The key in the spec; it is also the fault's code.
    pub fn word(&self) -> &'static str {
        self.code().word()
    }

    /// The fault code when a value breaks the rule; it is the rule's word.
    pub fn code(&self) -> ParamCode {
        match self {
            Rule::Enum(_) => ParamCode::Enum,
            Rule::Minimum(_) => ParamCode::Minimum,
            Rule::Maximum(_) => ParamCode::Maximum,
            Rule::MinLength(_) => ParamCode::MinLength,
            Rule::MaxLength(_) => ParamCode::MaxLength,
            Rule::Pattern(_) => ParamCode::Pattern,
            Rule::Format(_) => ParamCode::Format,
            Rule::MultipleOf(_) => ParamCode::MultipleOf,
            Rule::MinItems(_) => ParamCode::MinItems,
            Rule::MaxItems(_) => ParamCode::MaxItems,
            Rule::UniqueItems => ParamCode::UniqueItems,
        }
    }

    /// Whether a bound value of the right kind keeps the rule.
    pub fn accepts(&self, slot: &Slot<'_>) -> bool {
        match (self, slot) {
            (Rule::Enum(values), slot) => values.iter().any(|value| slot.equals(value)),
            (Rule::Minimum(limit), slot) => slot.compare(limit).is_none_or(|o| o.is_ge()),
            (Rule::Maximum(limit), slot) => slot.compare(limit).is_none_or(|o| o.is_le()),
            (Rule::MinLength(limit), Slot::Text(text)) => code_points(text) >= *limit,
            (Rule::MaxLength(limit), Slot::Text(text)) => {
                // A code point has at least one byte, so a short text needs no count.
                text.len() as u64 <= *limit || code_points(text) <= *limit
            }
            (Rule::Pattern(pattern), Slot::Text(text)) => pattern.regex.is_match(text),
            (Rule::Format(format), Slot::Text(text)) => format.accepts(text),
            (Rule::MultipleOf(unit), Slot::Integer(value)) => {
                unit.as_i64().is_some_and(|unit| value % unit == 0)
            }
            (Rule::MultipleOf(unit), Slot::Number(value)) => unit
                .as_f64()
                .is_some_and(|unit| number::divides(unit, *value)),
            (Rule::MinItems(limit), Slot::Json(text)) => items::count(text) >= *limit,
            (Rule::MaxItems(limit), Slot::Json(text)) => items::count(text) <= *limit,
            (Rule::UniqueItems, Slot::Json(text)) => items::are_unique(text),
            _ => true,
        }
    }

    /// What an error says after the param's name: `must be at least 1`.
    pub fn phrase(&self) -> String {
        match self {
            Rule::Enum(values) => {
                let list: Vec<String> = values.iter().map(plain).collect();
                format!("must be one of {}", list.join(", "))
            }
            Rule::Minimum(limit) => format!("must be at least {limit}"),
            Rule::Maximum(limit) => format!("must be at most {limit}"),
            Rule::MinLength(limit) => {
                format!("must be at least {} long", counted(*limit, "character"))
            }
            Rule::MaxLength(limit) => {
                format!("must be at most {} long", counted(*limit, "character"))
            }
            Rule::Pattern(pattern) => format!("must match {}", pattern.source),
            Rule::Format(format) => format!("must be {}", format.phrase()),
            Rule::MultipleOf(unit) => format!("must be a multiple of {unit}"),
            Rule::MinItems(limit) => format!("must have at least {}", counted(*limit, "item")),
            Rule::MaxItems(limit) => format!("must have at most {}", counted(*limit, "item")),
            Rule::UniqueItems => "must not have an item twice".to_owned(),
        }
    }

    /// Adds the rule's words to a JSON Schema.
    pub fn write_schema(&self, schema: &mut Map<String, Value>) {
        let value = match self {
            Rule::Enum(values) => json!(values),
            Rule::Minimum(limit) | Rule::Maximum(limit) | Rule::MultipleOf(limit) => json!(limit),
            Rule::MinLength(limit)
            | Rule::MaxLength(limit)
            | Rule::MinItems(limit)
            | Rule::MaxItems(limit) => json!(limit),
            Rule::Pattern(pattern) => json!(pattern.source),
            Rule::Format(format) => return format.write_schema(schema),
            Rule::UniqueItems => json!(true),
        };
        schema.insert(self.word().to_owned(), value);
    }
}

fn code_points(text: &str) -> u64 {
    text.chars().count() as u64
}

fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// A value as a person would type it: text without quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
