//! Refusals as whole lines: what a client sends, and what it is answered. No handler is called for any of them.

use super::{Case, Refusal, refusals};
use crate::request::{Request as Wire, pairs, parse};
use crate::transcript::{Book, Forms, line, with_samples};
use crate::{Action, ExampleReply, Fault, Span, bind_object, bind_words};
use serde_json::{Map, Value, json};

/// A request that is refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// What it shows: `cacheTest.key.required`. The requests that show one thing have one name.
    pub id: String,
    /// Where the rule stands.
    pub at: Span,
    /// The line.
    pub send: String,
    /// The whole line that answers it, but for its number.
    pub answer: Map<String, Value>,
}

/// Every request that shows how a verb or an action is refused for its params, one for each case and form. All else in it
/// is right. There is none for a refusal that cannot be sent alone, such as one that no value was found for.
pub fn attempts(book: &Book<'_>, action: &Action) -> Vec<Attempt> {
    let mut attempts = Vec::new();
    let is_verb = book.is_verb(action);
    if is_verb && let Some(words) = action.misuse() {
        let fault = action.usage_fault();
        attempts.push(attempt(
            format!("{}.usage", action.name),
            action.at,
            words,
            &fault,
            None,
        ));
    }
    let Some(base) = base(book, action) else {
        return attempts;
    };
    for (index, param) in action.params.iter().enumerate() {
        let owner = match index < action.own {
            true => action.name.as_str(),
            false => COMMON,
        };
        for refusal in refusals(param) {
            let id = format!("{owner}.{}", refusal.key);
            for case in &refusal.cases {
                let json = in_json(action, &base, &refusal, case);
                let words = match is_verb {
                    true => None,
                    false => in_words(action, &base, &refusal, case),
                };
                let fault = Fault::params(vec![refusal.fault()]);
                let label = json!(LABEL);
                attempts.extend(
                    json.map(|send| attempt(id.clone(), refusal.at, send, &fault, Some(&label))),
                );
                attempts
                    .extend(words.map(|send| attempt(id.clone(), refusal.at, send, &fault, None)));
            }
        }
    }
    attempts
}

/// What the ids of common params begin with.
pub const COMMON: &str = "common";

const LABEL: &str = "1";

fn attempt(id: String, at: Span, send: String, fault: &Fault, label: Option<&Value>) -> Attempt {
    let own = line::failure(fault, label.is_some());
    let mut answer = Map::new();
    if let Value::Object(line) = line::reply("", &own, label, 0) {
        answer = line;
        answer.shift_remove("messageCount");
    }
    Attempt {
        id,
        at,
        send,
        answer,
    }
}

impl Action {
    /// A line in word form that is refused for the whole of a verb's arguments; none where nothing can be wrong.
    pub fn misuse(&self) -> Option<String> {
        if self.params.is_empty() {
            return Some(format!("{} now", self.name));
        }
        // What can be left out cannot be missing.
        let required = self.params.iter().any(|param| param.required);
        required.then(|| self.name.clone())
    }
}

/// Params that an action takes: those of its first example that succeeds, or the plainest.
fn base(book: &Book<'_>, action: &Action) -> Option<Map<String, Value>> {
    let shown = action.examples.iter().filter_map(|example| {
        if matches!(example.reply, ExampleReply::Error(_)) {
            return None;
        }
        let exchange = Forms::new(book, &with_samples(example)).json?;
        match parse(&exchange.send) {
            Ok(Some(Wire::Json { params, .. })) => serde_json::from_str(params.text).ok(),
            _ => None,
        }
    });
    let required = action.params.iter().filter(|param| param.required);
    let plain: Map<String, Value> = required
        .filter_map(|param| Some((param.name.clone(), super::sample::one(&param.schema)?)))
        .collect();
    let mut bases = shown.chain([plain]);
    bases.find(|base| bind_object(&action.params, &json!(base).to_string()).is_ok())
}

/// A request in JSON form; nothing where it is not refused so.
fn in_json(
    action: &Action,
    base: &Map<String, Value>,
    refusal: &Refusal,
    case: &Case,
) -> Option<String> {
    let own = match case {
        Case::Missing => None,
        Case::Json(text) => Some(text.clone()),
        Case::Words(_) => return None,
    };
    let others = base.iter().filter(|(name, _)| **name != refusal.param);
    let others = others.map(|(name, value)| (name.as_str(), value.to_string()));
    let all = others.chain(own.map(|text| (refusal.param.as_str(), text)));
    let params: Vec<String> = all
        .map(|(name, value)| format!("{}:{value}", json!(name)))
        .collect();
    let (name, label) = (json!(action.name), json!(LABEL));
    let params = params.join(",");
    let send = format!(r#"{{"action":{name},"params":{{{params}}},"messageId":{label}}}"#);
    let refused = match parse(&send) {
        Ok(Some(Wire::Json { params, .. })) => bind_object(&action.params, params.text).err(),
        _ => None,
    };
    (refused? == Fault::params(vec![refusal.fault()])).then_some(send)
}

/// A request in word form; nothing where it cannot be typed or is not refused so.
fn in_words(
    action: &Action,
    base: &Map<String, Value>,
    refusal: &Refusal,
    case: &Case,
) -> Option<String> {
    let own = match case {
        Case::Missing => None,
        Case::Words(text) => Some((refusal.param.clone(), text.clone())),
        Case::Json(_) => return None,
    };
    let others = base.iter().filter(|(name, _)| **name != refusal.param);
    let others = others.map(|(name, value)| match value {
        Value::String(text) => (name.clone(), text.clone()),
        value => (name.clone(), value.to_string()),
    });
    let mut send = action.name.clone();
    for (name, text) in others.chain(own) {
        send.push_str(&format!(" {name}={}", typed(&text)?));
    }
    let fault = refused_words(action, &send)?;
    (fault == Fault::params(vec![refusal.fault()])).then_some(send)
}

/// What a line in word form is refused with.
fn refused_words(action: &Action, line: &str) -> Option<Fault> {
    let Ok(Some(Wire::Words { rest, .. })) = parse(line) else {
        return None;
    };
    let read = pairs(action, rest).ok()?;
    bind_words(&action.params, &read, |_| None).err()
}

/// A value as it is typed, in quotes where it needs them; nothing for one that fits into no line.
fn typed(text: &str) -> Option<String> {
    if text.chars().any(char::is_control) {
        return None;
    }
    if !text.contains([' ', '\t']) && !text.starts_with('"') {
        return Some(text.to_owned());
    }
    let escaped = text.replace('\\', r"\\").replace('"', "\\\"");
    Some(format!("\"{escaped}\""))
}
