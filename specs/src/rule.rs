//! The rules a param can carry. Each rule has its check, its error text, its JSON Schema word and its description here
//! and nowhere else.

use crate::{Kind, ParamCode, Slot};
use regex::Regex;
use serde_json::{Map, Number, Value, json};

/// One rule of a param, ready to check bound values.
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
}

/// A checked `pattern`: the source as written and the compiled automaton (linear time on any input).
#[derive(Debug, Clone)]
pub struct Pattern {
    /// The pattern as the spec wrote it.
    pub source: String,
    /// Compiled so that it means what ECMA-262 means by the same text.
    pub regex: Regex,
}

/// The name of a rule in the spec language, and where it may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleWord {
    /// The key in the spec; JSON Schema's word.
    pub word: &'static str,
    /// The kinds of param that can carry it.
    pub kinds: &'static [Kind],
}

impl Rule {
    /// Every rule word with the kinds it fits, in the order docs list them.
    pub const WORDS: [RuleWord; 6] = [
        RuleWord {
            word: "enum",
            kinds: &[Kind::String, Kind::Integer, Kind::Number],
        },
        RuleWord {
            word: "minimum",
            kinds: &[Kind::Integer, Kind::Number],
        },
        RuleWord {
            word: "maximum",
            kinds: &[Kind::Integer, Kind::Number],
        },
        RuleWord {
            word: "minLength",
            kinds: &[Kind::String],
        },
        RuleWord {
            word: "maxLength",
            kinds: &[Kind::String],
        },
        RuleWord {
            word: "pattern",
            kinds: &[Kind::String],
        },
    ];

    /// The key in the spec.
    pub fn word(&self) -> &'static str {
        match self {
            Rule::Enum(_) => "enum",
            Rule::Minimum(_) => "minimum",
            Rule::Maximum(_) => "maximum",
            Rule::MinLength(_) => "minLength",
            Rule::MaxLength(_) => "maxLength",
            Rule::Pattern(_) => "pattern",
        }
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
            Rule::MinLength(limit) => format!("must be at least {}", characters(*limit)),
            Rule::MaxLength(limit) => format!("must be at most {}", characters(*limit)),
            Rule::Pattern(pattern) => format!("must match {}", pattern.source),
        }
    }

    /// Adds the rule's words to a JSON Schema.
    pub fn write_schema(&self, schema: &mut Map<String, Value>) {
        let value = match self {
            Rule::Enum(values) => json!(values),
            Rule::Minimum(limit) | Rule::Maximum(limit) => json!(limit),
            Rule::MinLength(limit) | Rule::MaxLength(limit) => json!(limit),
            Rule::Pattern(pattern) => json!(pattern.source),
        };
        schema.insert(self.word().to_owned(), value);
    }
}

fn code_points(text: &str) -> u64 {
    text.chars().count() as u64
}

fn characters(count: u64) -> String {
    let noun = if count == 1 {
        "character"
    } else {
        "characters"
    };
    format!("{count} {noun} long")
}

/// A value as a person would type it: text without quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
