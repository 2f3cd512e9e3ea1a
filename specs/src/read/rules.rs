//! The rules of a param: read, fitted to its kind, and held against each other.

use super::{Fields, Problems, list, param, pattern};
use crate::node::{Data, Entry, Node};
use crate::{Kind, Mistake, Param, Placed, Rule, Slot};
use serde_json::{Number, Value};
use std::cmp::Ordering;

/// From 2^53 on, doubles leave whole numbers out, and a limit would not mean what it says.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads the rules in the order the spec gives them.
pub(super) fn rules(param: &mut Param, fields: &Fields<'_>, problems: &mut Problems<'_>) {
    for entry in &fields.entries {
        let Some(word) = Rule::WORDS.iter().find(|rule| rule.word == entry.key) else {
            continue;
        };
        if !word.kinds.contains(&param.kind()) {
            misfit(entry, param.kind(), word.kinds, problems);
        } else if let Some(value) = rule(param.kind(), entry, problems) {
            let at = entry.at;
            param.schema.rules.push(Placed { at, value });
        }
    }
    crossed(param, fields, ("minimum", "maximum"), problems);
    crossed(param, fields, ("minLength", "maxLength"), problems);
    emptied(param, fields, problems);
    enum_fits(param, fields, problems);
}

fn misfit(entry: &Entry, kind: Kind, kinds: &[Kind], problems: &mut Problems<'_>) {
    let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
    let message = match kind {
        Kind::Any => format!("`{}` does not fit a param without a type", entry.key),
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
        "minLength" => Rule::MinLength(length(entry, problems)?),
        "maxLength" => Rule::MaxLength(length(entry, problems)?),
        _ => Rule::Pattern(pattern::read(&entry.value, problems)?),
    })
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
        Kind::Integer => "of an integer param must be a whole number that fits 64 bits",
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
fn crossed(
    param: &Param,
    fields: &Fields<'_>,
    (low, high): (&str, &str),
    problems: &mut Problems<'_>,
) {
    let limit = |word: &str| {
        let rule = param.rules().find(|rule| rule.word() == word)?;
        match rule {
            Rule::Minimum(limit) | Rule::Maximum(limit) => Some(limit.clone()),
            Rule::MinLength(limit) | Rule::MaxLength(limit) => Some(Number::from(*limit)),
            _ => None,
        }
    };
    let (Some(least), Some(most)) = (limit(low), limit(high)) else {
        return;
    };
    let (Some(low_at), Some(high_at)) = (fields.get(low), fields.get(high)) else {
        return;
    };
    if compare(&least, &most) == Some(Ordering::Greater) {
        let message = format!("no value has `{low}: {least}` and `{high}: {most}`");
        let problem = Mistake::ImpossibleRule.at(low_at.at, message);
        problems.report(problem.note(high_at.at, format!("`{high}` is here")));
    }
}

/// A required string that may only be empty.
fn emptied(param: &Param, fields: &Fields<'_>, problems: &mut Problems<'_>) {
    let zero = |rule: &Rule| matches!(rule, Rule::MaxLength(0));
    if let (true, Some(entry)) = (param.rules().any(zero), fields.get("maxLength"))
        && param.required
    {
        let problem =
            Mistake::ImpossibleRule.at(entry.at, "no value of a required param has `maxLength: 0`");
        problems.report(problem.help(param::EMPTY));
    }
}

/// Every choice has to be one that a client can make.
fn enum_fits(param: &Param, fields: &Fields<'_>, problems: &mut Problems<'_>) {
    let choices = param.rules().find_map(|rule| match rule {
        Rule::Enum(values) => Some(values),
        _ => None,
    });
    let items = fields.get("enum").map(|entry| &entry.value.data);
    if let (Some(values), Some(Data::List(items))) = (choices, items) {
        for (value, item) in values.iter().zip(items) {
            param::accepted(param, "choice", item.at, value, problems);
        }
    }
}
