//! Rows of the page's tables, each read from the table in `actionline_specs` that the server uses.

use super::sample;
use actionline_specs::limits::{self, Limit, Unit};
use actionline_specs::refusal::refusals;
use actionline_specs::transcript::Book;
use actionline_specs::wire::{self, Gap, Message, Reason};
use actionline_specs::{Code, Effect, Format, ParamCode, Source, bind_object};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One limit.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LimitRow {
    name: &'static str,
    value: String,
    meaning: &'static str,
    beyond: String,
    reason: &'static str,
    /// When a change holds; nothing for what cannot be changed.
    holds: &'static str,
}

/// One kind of line that the server sends.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MessageRow {
    name: &'static str,
    context: &'static str,
    when: &'static str,
    line: String,
}

/// Why the server closes a connection, or tells of a gap.
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

/// What a text can be asked to stand for.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FormatRow {
    word: &'static str,
    phrase: &'static str,
    meaning: &'static str,
}

/// Every format.
pub(super) fn formats() -> Vec<FormatRow> {
    let row = |format: Format| FormatRow {
        word: format.word(),
        phrase: format.phrase(),
        meaning: format.meaning(),
    };
    Format::ALL.into_iter().map(row).collect()
}

/// What an action can do to the server.
#[derive(Debug, Clone, Serialize)]
pub(super) struct EffectRow {
    word: &'static str,
    meaning: &'static str,
}

/// Every effect.
pub(super) fn effects() -> Vec<EffectRow> {
    let row = |effect: Effect| EffectRow {
        word: effect.word(),
        meaning: effect.meaning(),
    };
    Effect::ALL.into_iter().map(row).collect()
}

/// Every limit.
pub(super) fn limits() -> Vec<LimitRow> {
    let row = |limit: &Limit| LimitRow {
        name: limit.name,
        value: exact(limit),
        meaning: limit.meaning,
        beyond: limit.told(),
        reason: limit.reason,
        holds: if limit.is_fixed() {
            ""
        } else {
            limit.holds.phrase()
        },
    };
    limits::ALL.iter().map(row).collect()
}

/// Each limit's default as a sentence says it, by name.
pub(super) fn limit_words() -> BTreeMap<&'static str, String> {
    limits::ALL
        .iter()
        .map(|limit| (limit.name, words(limit)))
        .collect()
}

fn words(limit: &Limit) -> String {
    let value = limit.default;
    match limit.unit {
        Unit::Bytes if value >= MIB && value.is_multiple_of(MIB) => format!("{} MiB", value / MIB),
        Unit::Bytes if value >= KIB && value.is_multiple_of(KIB) => format!("{} KiB", value / KIB),
        Unit::Count => grouped(value),
        unit => format!("{} {}", grouped(value), unit.word()),
    }
}

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// As [`words`], with the bytes counted out.
fn exact(limit: &Limit) -> String {
    let words = words(limit);
    let plain = format!("{} bytes", grouped(limit.default));
    let fixed = if limit.is_fixed() { ", fixed" } else { "" };
    match limit.unit {
        Unit::Bytes if words != plain => format!("{words} ({plain}){fixed}"),
        _ => format!("{words}{fixed}"),
    }
}

/// `65536` → `65,536`.
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Every kind of line that the server sends, each with a line that shows it.
pub(super) fn messages(book: &Book<'_>) -> Vec<MessageRow> {
    let row = |(count, message): (usize, &Message)| MessageRow {
        name: message.name,
        context: message.context,
        when: message.when,
        line: message_line(book, message, count as u64),
    };
    wire::MESSAGES.iter().enumerate().map(row).collect()
}

/// The line that shows the kind of this name, with the number that it has in the table.
pub(super) fn line_of(book: &Book<'_>, name: &str) -> String {
    let mut all = wire::MESSAGES.iter().enumerate();
    let found = all.find(|(_, message)| message.name == name);
    found.map_or_else(String::new, |(count, message)| {
        message_line(book, message, count as u64)
    })
}

/// The goodbye of a server that stops.
pub(super) fn goodbye_stopping(book: &Book<'_>) -> String {
    let usual = serde_json::from_str(&line_of(book, "goodbye"));
    let mut line: Map<String, Value> = usual.unwrap_or_default();
    let count = line.shift_remove("messageCount");
    line.insert("reason".to_owned(), json!(Reason::ShuttingDown.word()));
    line.insert("retryAfterMs".to_owned(), json!(1400));
    line.extend(count.map(|count| ("messageCount".to_owned(), count)));
    Value::Object(line).to_string()
}

/// A line of this kind with sample values. Where the table fixes no field of its own, one shows where they stand.
pub(super) fn message_line(book: &Book<'_>, message: &Message, count: u64) -> String {
    let shape: Map<String, Value> = serde_json::from_str(message.line).unwrap_or_default();
    let mut line = Map::new();
    for (name, value) in &shape {
        let value = match name.as_str() {
            "welcome" => json!(book.welcome()),
            "room" => json!(wire::DEFAULT_ROOM),
            "reason" if message.name == wire::GAP => json!(Gap::Down.word()),
            "reason" => json!(Reason::Closed.word()),
            "message" => json!("hooray!"),
            "messageCount" => continue,
            _ => sample::fill_value(name, value),
        };
        line.insert(name.clone(), value);
    }
    if line.len() == 1 {
        let (name, value) = match message.context {
            wire::RESPONSE => ("status", wire::OK),
            _ => ("greeting", "hello from the application"),
        };
        line.insert(name.to_owned(), json!(value));
    }
    line.insert("messageCount".to_owned(), json!(count));
    Value::Object(line).to_string()
}

/// Every reason of a goodbye.
pub(super) fn reasons() -> Vec<ReasonRow> {
    let all = Reason::ALL.iter();
    all.map(|reason| ReasonRow::new(reason.word(), reason.meaning()))
        .collect()
}

/// Every reason of a gap.
pub(super) fn gaps() -> Vec<ReasonRow> {
    let all = Gap::ALL.iter();
    all.map(|gap| ReasonRow::new(gap.word(), gap.meaning()))
        .collect()
}

/// Every code of a refused request.
pub(super) fn codes() -> Vec<CodeRow> {
    let row = |code: Code| CodeRow {
        word: code.word(),
        text: code.template(),
        meaning: code.meaning(),
    };
    Code::ALL.iter().copied().map(row).collect()
}

/// Every code of a refused param, with a text that it gives in the sample spec.
pub(super) fn param_codes() -> Vec<ParamCodeRow> {
    let source = Source::new("param-codes.yaml", include_str!("param-codes.yaml"));
    let samples = actionline_specs::load(source).unwrap_or_else(|problems| panic!("{problems}"));
    let params = samples.actions[0].own_params();
    let rows = params.iter().flat_map(refusals).collect::<Vec<_>>();
    let unknown = bind_object(params, r#"{"tlt":1}"#).err();
    let unknown = unknown.map(|fault| fault.params).unwrap_or_default();
    let own = rows.iter().map(|row| (row.code, &row.text));
    let texts: Vec<_> = own
        .chain(unknown.iter().map(|fault| (fault.code, &fault.message)))
        .collect();
    let row = |code: ParamCode| ParamCodeRow {
        word: code.word(),
        text: texts
            .iter()
            .find(|(word, _)| *word == code.word())
            .map(|(_, text)| (*text).clone())
            .unwrap_or_default(),
        meaning: code.meaning(),
    };
    ParamCode::ALL.iter().copied().map(row).collect()
}

impl CodeRow {
    /// Its name and what it means.
    pub(super) fn told(&self) -> (&str, &str) {
        (self.word, self.meaning)
    }
}

impl ParamCodeRow {
    /// Its name and what it means.
    pub(super) fn told(&self) -> (&str, &str) {
        (self.word, self.meaning)
    }
}

impl LimitRow {
    /// Its name and what it means.
    pub(super) fn told(&self) -> (&str, &str) {
        (self.name, self.meaning)
    }
}

impl ReasonRow {
    fn new(word: &'static str, meaning: &'static str) -> Self {
        Self { word, meaning }
    }

    /// Its name and what it means.
    pub(super) fn told(&self) -> (&str, &str) {
        (self.word, self.meaning)
    }
}
