//! The rules of a value: read, fitted to its kind, and held against each other.

use super::accepted::{Purpose, accepted};
use super::{Fields, Problems, list, pattern};
use crate::grammar::Word;
use crate::node::{Data, Entry, Node};
use crate::number::{DECIMALS, EXACT, decimals};
use crate::{Format, Kind, Mistake, Placed, Rule, Schema, Slot, suggest};
use serde_json::{Number, Value};
use std::cmp::Ordering;

/// What people write for a format that has another name here.
const OTHER_FORMATS: [(&str, Format); 6] = [
    ("timestamp", Format::DateTime),
    ("guid", Format::Uuid),
    ("url", Format::Uri),
    ("ip", Format::Ipv4),
    ("host", Format::Hostname),
    ("base64", Format::Byte),
];

/// Reads the rules in the order the spec gives them.
pub(super) fn rules(
    schema: &mut Schema,
    fields: &Fields<'_>,
    name: &str,
    problems: &mut Problems<'_>,
) {
    for entry in &fields.entries {
        let Some(word) = Rule::WORDS.iter().find(|rule| rule.word == entry.key) else {
            continue;
        };
        if !word.kinds.contains(&schema.kind) {
            misfit(entry, schema.kind, word, fields.shape.what, problems);
        } else if let Some(value) = rule(schema.kind, entry, problems) {
            let at = entry.at;
            schema.rules.push(Placed { at, value });
        }
    }
    for limits in [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
    ] {
        crossed(schema, limits, problems);
    }
    enum_fits(schema, fields, name, problems);
}

/// A key that says nothing about values of this kind. `what` comes with its article.
pub(super) fn misfit(
    entry: &Entry,
    kind: Kind,
    word: &Word,
    what: &str,
    problems: &mut Problems<'_>,
) {
    let words: Vec<&str> = word.kinds.iter().map(|kind| kind.word()).collect();
    let message = match kind {
        Kind::Any => format!("`{}` does not fit {what} without a type", entry.key),
        kind => format!("`{}` does not fit `type: {kind}`", entry.key),
    };
    let help = match words.as_slice() {
        [word] => format!("it fits the type `{word}`"),
        words => format!("it fits the types {}", list(words)),
    };
    problems.report(Mistake::MisplacedRule.at(entry.at, message).help(help));
}

fn rule(kind: Kind, entry: &Entry, problems: &mut Problems<'_>) -> Option<Rule> {
    Some(match entry.key.as_str() {
        "enum" => Rule::Enum(choices(kind, entry, problems)?),
        "minimum" => Rule::Minimum(limit(kind, &entry.key, &entry.value, problems)?),
        "maximum" => Rule::Maximum(limit(kind, &entry.key, &entry.value, problems)?),
        "multipleOf" => Rule::MultipleOf(unit(kind, entry, problems)?),
        "minLength" => Rule::MinLength(length(entry, problems)?),
        "maxLength" => Rule::MaxLength(length(entry, problems)?),
        "minItems" => Rule::MinItems(length(entry, problems)?),
        "maxItems" => Rule::MaxItems(length(entry, problems)?),
        "format" => Rule::Format(format(entry, problems)?),
        "uniqueItems" => unique(entry, problems)?,
        _ => Rule::Pattern(pattern::read(&entry.value, problems)?),
    })
}

fn unique(entry: &Entry, problems: &mut Problems<'_>) -> Option<Rule> {
    match entry.value.data {
        Data::Boolean(unique) => unique.then_some(Rule::UniqueItems),
        ref other => {
            problems.wrong_type(&entry.key, "true or false", entry.value.at, other);
            None
        }
    }
}

fn format(entry: &Entry, problems: &mut Problems<'_>) -> Option<Format> {
    let word = problems.text(&entry.key, &entry.value)?;
    if let Some(format) = Format::from_word(word) {
        return Some(format);
    }
    let known = Format::ALL.map(Format::word);
    let other = OTHER_FORMATS.iter().find(|(other, _)| *other == word);
    let help = match other.map(|(_, format)| format.word()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => match suggest::nearest(word, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}", list(&known)),
        },
    };
    let message = format!("there is no format `{word}`");
    problems.report(Mistake::UnknownWord.at(entry.value.at, message).help(help));
    None
}

/// The number that values are multiples of.
fn unit(kind: Kind, entry: &Entry, problems: &mut Problems<'_>) -> Option<Number> {
    let number = limit(kind, &entry.key, &entry.value, problems)?;
    let value = number.as_f64()?;
    let what = if value <= 0.0 {
        "must be above 0".to_owned()
    } else if value >= EXACT {
        "must be below 2^53 (9007199254740992)".to_owned()
    } else if decimals(value) > DECIMALS {
        format!("can have {DECIMALS} decimals at most")
    } else {
        return Some(number);
    };
    problems.report(Mistake::WrongType.at(entry.value.at, format!("`{}` {what}", entry.key)));
    None
}

/// A number that is a limit, or one of the choices, of a param of this kind.
fn limit(kind: Kind, name: &str, node: &Node, problems: &mut Problems<'_>) -> Option<Number> {
    if !matches!(node.data, Data::Integer(_) | Data::Float(_)) {
        problems.wrong_type(name, "a number", node.at, &node.data);
        return None;
    }
    let number = problems.number(node)?;
    let what = match kind {
        Kind::Integer if number.as_i64().is_some() => return Some(number),
        // `1.0` is a whole number to JSON Schema.
        Kind::Integer
            if number
                .as_f64()
                .is_some_and(|v| v.fract() == 0.0 && v.abs() < EXACT) =>
        {
            return number.as_f64().map(|value| Number::from(value as i64));
        }
        Kind::Integer => "of an integer must be a whole number that fits 64 bits",
        _ if number.as_f64().is_some_and(|value| value.abs() < EXACT) => return Some(number),
        _ => "must be below 2^53 (9007199254740992), where doubles stop being exact",
    };
    problems.report(Mistake::WrongType.at(node.at, format!("`{name}` {what}")));
    None
}

fn length(entry: &Entry, problems: &mut Problems<'_>) -> Option<u64> {
    let at = entry.value.at;
    match entry.value.data {
        Data::Integer(value) if value >= 0 && (value as f64) < EXACT => Some(value as u64),
        Data::Integer(_) | Data::Float(_) => {
            let message = format!("`{}` must be a whole number, 0 or more", entry.key);
            problems.report(Mistake::WrongType.at(at, message));
            None
        }
        ref other => {
            problems.wrong_type(&entry.key, "a number", at, other);
            None
        }
    }
}

fn choices(kind: Kind, entry: &Entry, problems: &mut Problems<'_>) -> Option<Vec<Value>> {
    let items = problems.items(entry);
    if items.is_empty() && matches!(entry.value.data, Data::List(_)) {
        let problem = Mistake::ImpossibleRule.at(entry.value.at, "an empty `enum` admits no value");
        problems.report(problem.help("list the values, or remove `enum`"));
    }
    let mut values: Vec<Value> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let name = format!("enum[{index}]");
        let value = match kind {
            Kind::String => problems.text(&name, item).map(Value::from),
            _ => limit(kind, &name, item, problems).map(Value::Number),
        };
        let Some(value) = value else { continue };
        match values.iter().position(|other| same(other, &value)) {
            Some(first) => {
                let problem =
                    Mistake::ImpossibleRule.at(item.at, format!("`enum` lists {value} twice"));
                problems.report(problem.note(items[first].at, "the first one is here"));
            }
            None => values.push(value),
        }
    }
    (values.len() == items.len() && !values.is_empty()).then_some(values)
}

/// `1` and `1.0` are one value.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => compare(a, b) == Some(Ordering::Equal),
        _ => a == b,
    }
}

/// Limits are either 64-bit integers or doubles that are exact.
fn compare(a: &Number, b: &Number) -> Option<Ordering> {
    match a.as_i64() {
        Some(a) => Slot::Integer(a).compare(b),
        None => Slot::Number(a.as_f64()?).compare(b),
    }
}

/// A lower limit above the upper one.
fn crossed(schema: &Schema, (low, high): (&str, &str), problems: &mut Problems<'_>) {
    let limit = |word: &str| {
        let rule = schema.rules.iter().find(|rule| rule.word() == word)?;
        let limit = match &rule.value {
            Rule::Minimum(limit) | Rule::Maximum(limit) => limit.clone(),
            Rule::MinLength(limit)
            | Rule::MaxLength(limit)
            | Rule::MinItems(limit)
            | Rule::MaxItems(limit) => Number::from(*limit),
            _ => return None,
        };
        Some((limit, rule.at))
    };
    let (Some((least, low_at)), Some((most, high_at))) = (limit(low), limit(high)) else {
        return;
    };
    if compare(&least, &most) == Some(Ordering::Greater) {
        let message = format!("no value has `{low}: {least}` and `{high}: {most}`");
        let problem = Mistake::ImpossibleRule.at(low_at, message);
        problems.report(problem.note(high_at, format!("`{high}` is here")));
    }
}

/// Every choice has to be one that a client can make.
fn enum_fits(schema: &Schema, fields: &Fields<'_>, name: &str, problems: &mut Problems<'_>) {
    let choices = schema.rules().find_map(|rule| match rule {
        Rule::Enum(values) => Some(values),
        _ => None,
    });
    let items = fields.get("enum").map(|entry| &entry.value.data);
    if let (Some(values), Some(Data::List(items))) = (choices, items) {
        let purpose = Purpose {
            owner: fields.shape.what,
            name,
            what: "choice",
        };
        for (value, item) in values.iter().zip(items) {
            accepted(schema, purpose, item, value, problems);
        }
    }
}
