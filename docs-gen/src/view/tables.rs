//! Rows of the page's tables, each read from the table in `actionline_specs` that the server uses.

use super::book::Book;
use super::sample;
use actionline_specs::limits::{self, Limit, Unit};
use actionline_specs::wire::{self, Message, Reason};
use actionline_specs::{Code, Kind, ParamCode, ParamFault, Pattern, REQUIRED, Rule, UNKNOWN};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One limit.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LimitRow {
    name: &'static str,
    value: String,
    meaning: &'static str,
}

/// One kind of line that the server sends.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MessageRow {
    name: &'static str,
    context: &'static str,
    when: &'static str,
    line: String,
}

/// Why the server closes a connection.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ReasonRow {
    word: &'static str,
    meaning: &'static str,
}

/// One code of a refused request.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CodeRow {
    word: &'static str,
    text: &'static str,
    meaning: &'static str,
}

/// One code of a refused param.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ParamCodeRow {
    word: &'static str,
    text: String,
    meaning: &'static str,
}

/// Every limit.
pub(super) fn limits() -> Vec<LimitRow> {
    let row = |limit: &Limit| LimitRow {
        name: limit.name,
        value: exact(limit),
        meaning: limit.meaning,
    };
    limits::ALL.iter().map(row).collect()
}

/// Each limit's default as a sentence says it, by name.
pub(super) fn limit_words() -> BTreeMap<&'static str, String> {
    limits::ALL.iter().map(|limit| (limit.name, words(limit))).collect()
}

fn words(limit: &Limit) -> String {
    let value = limit.default;
    match limit.unit {
        Unit::Bytes if value >= MIB && value % MIB == 0 => format!("{} MiB", value / MIB),
        Unit::Bytes if value >= KIB && value % KIB == 0 => format!("{} KiB", value / KIB),
        Unit::Bytes => format!("{} bytes", grouped(value)),
        Unit::Characters => format!("{} characters", grouped(value)),
        Unit::Seconds => format!("{} seconds", grouped(value)),
        Unit::Count => grouped(value),
    }
}

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// As [`words`], with the bytes counted out.
fn exact(limit: &Limit) -> String {
    let words = words(limit);
    let plain = format!("{} bytes", grouped(limit.default));
    match limit.unit {
        Unit::Bytes if words != plain => format!("{words} ({plain})"),
        _ => words,
    }
}

/// `65536` → `65,536`.
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Every kind of line that the server sends, each with a line that shows it.
pub(super) fn messages(book: &Book<'_>) -> Vec<MessageRow> {
    let row = |message: &Message| MessageRow {
        name: message.name,
        context: message.context,
        when: message.when,
        line: message_line(book, message),
    };
    wire::MESSAGES.iter().map(row).collect()
}

/// A line of this kind with sample values; where only some fields are fixed, one more shows where the others stand.
pub(super) fn message_line(book: &Book<'_>, message: &Message) -> String {
    let mut line: Map<String, Value> = serde_json::from_str(message.line).unwrap_or_default();
    for (name, value) in &mut line {
        *value = match name.as_str() {
            "welcome" => json!(book.welcome()),
            "room" => json!(wire::DEFAULT_ROOM),
            "reason" => json!(Reason::Closed.word()),
            "message" => json!("hooray!"),
            _ => sample::fill_value(name, value),
        };
    }
    let bare = line.keys().all(|name| name == "context" || name == "messageCount");
    if let Some(count) = line.shift_remove("messageCount") {
        let field = if message.context == wire::RESPONSE {
            ("status", json!(wire::OK))
        } else {
            ("greeting", json!("any fields of the application's"))
        };
        if bare {
            line.insert(field.0.to_owned(), field.1);
        }
        line.insert("messageCount".to_owned(), count);
    }
    Value::Object(line).to_string()
}

/// Every reason of a goodbye.
pub(super) fn reasons() -> Vec<ReasonRow> {
    let row = |reason: Reason| ReasonRow {
        word: reason.word(),
        meaning: reason.meaning(),
    };
    Reason::ALL.into_iter().map(row).collect()
}

/// Every code of a refused request.
pub(super) fn codes() -> Vec<CodeRow> {
    let row = |code: Code| CodeRow {
        word: code.word(),
        text: code.template(),
        meaning: code.meaning(),
    };
    Code::ALL.into_iter().map(row).collect()
}

/// Every code of a refused param, with the text it gives for one rule or another.
pub(super) fn param_codes() -> Vec<ParamCodeRow> {
    let row = |code: ParamCode| {
        let (what, meaning) = param_code(code);
        ParamCodeRow {
            word: code.word(),
            text: ParamFault::new("{param}", code, &what, false).message,
            meaning,
        }
    };
    ParamCode::ALL.into_iter().map(row).collect()
}

/// A code's text after the param's name, and when it happens.
fn param_code(code: ParamCode) -> (String, &'static str) {
    let rule = |rule: Rule, meaning| (rule.phrase(), meaning);
    match code {
        ParamCode::Required => (REQUIRED.to_owned(), "The param is required, and is missing, empty or `null`."),
        ParamCode::Type => (
            sample::type_text(Kind::Integer),
            "The value is not of the declared type. For arrays, objects and any JSON it also means: nested too deep, a key given twice, or a number that does not fit.",
        ),
        ParamCode::Enum => rule(
            Rule::Enum(vec![json!("low"), json!("high")]),
            "The value is not one of those listed.",
        ),
        ParamCode::Minimum => rule(Rule::Minimum(1.into()), "The number is smaller than the rule allows."),
        ParamCode::Maximum => rule(Rule::Maximum(1000.into()), "The number is larger than the rule allows."),
        ParamCode::MinLength => rule(Rule::MinLength(1), "The text is shorter than the rule allows, in Unicode code points."),
        ParamCode::MaxLength => rule(Rule::MaxLength(64), "The text is longer than the rule allows, in Unicode code points."),
        ParamCode::Pattern => ("must match ^[a-z]+$".to_owned(), "The text does not match the pattern."),
        ParamCode::Unknown => (UNKNOWN.to_owned(), "The action has no param of this name. The text ends with the nearest name, if any is near."),
    }
}
