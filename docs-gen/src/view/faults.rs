//! Every error text a param can give, as rows. What they are and which values provoke them is found in `specs`.

use super::verified::Passed;
use actionline_specs::refusal::{Refusal, When, refusals};
use actionline_specs::{Action, Code, Param};
use serde::Serialize;
use serde_json::Value;

/// One way in which a param is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FaultRow {
    /// What it is called: `cacheTest.key.required`.
    #[serde(skip)]
    pub(crate) id: String,
    /// The param that is refused; empty when it is the whole request.
    #[serde(skip)]
    pub(crate) param: String,
    pub(crate) code: &'static str,
    pub(crate) text: String,
    /// A value that is taken, as JSON; empty where none was found.
    accepted: String,
    /// A value that is refused for this alone, as JSON; empty where none was found.
    refused: String,
    /// When it happens; empty when the text says it.
    pub(crate) when: &'static str,
    /// It was sent to the server in each of its forms, and refused so.
    pub(crate) verified: bool,
}

/// Every way in which a verb is refused for its arguments: as words by its usage, in JSON form by its params.
pub(super) fn verb_faults(verb: &Action, passed: &Passed<'_>) -> Vec<FaultRow> {
    let usage = verb.misuse().map(|_| FaultRow {
        id: format!("{}.usage", verb.name),
        param: String::new(),
        accepted: String::new(),
        refused: String::new(),
        verified: passed.has(true, &format!("{}.usage", verb.name)),
        code: Code::Usage.word(),
        text: verb.usage_fault().message,
        when: match verb.params.is_empty() {
            true => "Word form: something follows the verb.",
            false => "Word form: an argument is missing.",
        },
    });
    let params = verb.params.iter().flat_map(refusals);
    let in_json = params.map(|refusal| FaultRow {
        when: match refusal.when() {
            When::Missing => "JSON form: it is missing, empty or `null`.",
            _ => "JSON form.",
        },
        ..FaultRow::new(&verb.name, refusal, |id| passed.has(true, id))
    });
    usage.into_iter().chain(in_json).collect()
}

/// Every way in which params are refused, in the order in which they are found. `owner` is what their ids begin with.
pub(super) fn faults(owner: &str, params: &[Param], passed: &Passed<'_>) -> Vec<FaultRow> {
    let all = params.iter().flat_map(refusals);
    all.map(|refusal| FaultRow::new(owner, refusal, |id| passed.has(false, id)))
        .collect()
}

impl FaultRow {
    fn new(owner: &str, refusal: Refusal, passed: impl Fn(&str) -> bool) -> Self {
        let id = format!("{owner}.{}", refusal.key);
        let when = match refusal.when() {
            When::Missing => "It is missing, empty or JSON `null`.",
            When::Sent => "",
            When::Json => "JSON form only; the word form takes any text.",
            When::Words => "Word form only; the reason in brackets differs from case to case.",
        };
        Self {
            verified: passed(&id),
            id,
            accepted: refusal.accepted.as_ref().map(shown).unwrap_or_default(),
            refused: refusal.refused().map(shown_text).unwrap_or_default(),
            param: refusal.param,
            code: refusal.code,
            text: refusal.text,
            when,
        }
    }
}

/// What was sent, as it was sent; what is too long to read is cut.
fn shown_text(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        // Not what is read from it: a key may be there twice.
        Ok(_) if text.chars().count() <= LONG => text.to_owned(),
        Ok(value) => shown(&value),
        Err(_) => cut(text, text.chars().count(), "characters", ""),
    }
}

/// A value as JSON; one too long to read is cut and counted.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match value {
        Value::String(inner) => cut(&text, inner.chars().count(), "characters", "\""),
        _ if levels(value) > DEEP => cut(&text, levels(value), "levels", ""),
        Value::Array(items) if items.len() > 1 => cut(&text, items.len(), "items", "]"),
        _ => text,
    }
}

const LONG: usize = 40;
const DEEP: usize = 16;

/// How deep a value is nested, as far as it matters.
fn levels(value: &Value) -> usize {
    let inner = match value {
        Value::Array(items) => items.iter().map(levels).max(),
        Value::Object(members) => members.values().map(levels).max(),
        _ => return 0,
    };
    1 + inner.unwrap_or(0)
}

fn cut(text: &str, count: usize, unit: &str, close: &str) -> String {
    if text.chars().count() <= LONG {
        return text.to_owned();
    }
    let head: String = text.chars().take(8).collect();
    format!("{head}…{close} ({count} {unit})")
}
