//! Values to try: those at the edge of a rule, and some of every kind and look.

use super::pattern;
use super::sample::{LONGEST, least, one, several};
use crate::{Format, Kind, Pattern, Rule, Schema};
use serde_json::{Number, Value, json};

/// What to try in a place: at the edge of a rule first.
pub(super) fn values(schema: &Schema, rule: Option<&Rule>) -> Vec<Value> {
    let mut values = rule.map(|rule| at(schema, rule)).unwrap_or_default();
    values.extend(one(schema));
    values.extend(common());
    if let Some(Rule::Pattern(pattern)) = rule {
        let taken = all_texts(schema, None);
        values.extend(
            pattern::spoilt(pattern, &taken)
                .into_iter()
                .map(Value::from),
        );
    }
    values
}

/// Values at the edge of a rule.
pub(super) fn at(schema: &Schema, rule: &Rule) -> Vec<Value> {
    let size = |length: u64| usize::try_from(length).unwrap_or(usize::MAX);
    let texts = |length: u64| match size(length) {
        length if length > LONGEST => Vec::new(),
        length => all_texts(schema, Some(length))
            .into_iter()
            .map(Value::from)
            .collect(),
    };
    let lists = |length: u64| match size(length) {
        length if length > LONGEST => Vec::new(),
        length => lists(schema, length),
    };
    match rule {
        Rule::Enum(values) => values.clone(),
        Rule::Minimum(edge) | Rule::Maximum(edge) => around(edge, schema),
        Rule::MultipleOf(step) => multiples(step, schema),
        Rule::MinLength(length) => [texts(*length), texts(length.saturating_sub(1))].concat(),
        Rule::MaxLength(length) => [texts(*length), texts(length.saturating_add(1))].concat(),
        Rule::MinItems(length) => [lists(*length), lists(length.saturating_sub(1))].concat(),
        Rule::MaxItems(length) => [lists(*length), lists(length.saturating_add(1))].concat(),
        Rule::UniqueItems => {
            let twice = one_of(schema).map(|item| vec![item; least(schema).max(2)]);
            let different = lists((least(schema) as u64).max(1));
            different
                .into_iter()
                .chain(twice.map(Value::from))
                .collect()
        }
        Rule::Format(format) => vec![json!(format.sample())],
        Rule::Pattern(pattern) => pattern::texts(pattern, None)
            .into_iter()
            .chain(all_texts(schema, None))
            .map(Value::from)
            .collect(),
    }
}

/// Texts of a length, or of none in particular: plain ones, and those that the pattern and the format want.
fn all_texts(schema: &Schema, length: Option<usize>) -> Vec<String> {
    let mut texts: Vec<String> = match length {
        Some(length) => ["a", "A", "1", "_"].map(|c| c.repeat(length)).to_vec(),
        None => Vec::new(),
    };
    for rule in schema.rules() {
        match rule {
            Rule::Pattern(pattern) => texts.extend(pattern_texts(pattern, length, schema)),
            Rule::Format(format) => texts.extend(stretched(*format, length)),
            _ => {}
        }
    }
    texts
}

/// Texts that a pattern takes: of this length, or of those that the other rules ask for.
fn pattern_texts(pattern: &Pattern, length: Option<usize>, schema: &Schema) -> Vec<String> {
    if length.is_some() {
        return pattern::texts(pattern, length);
    }
    let asked = schema.rules().filter_map(|rule| match rule {
        Rule::MinLength(length) | Rule::MaxLength(length) => usize::try_from(*length).ok(),
        _ => None,
    });
    let mut texts = pattern::texts(pattern, None);
    for length in asked.filter(|length| *length <= LONGEST) {
        texts.extend(pattern::texts(pattern, Some(length)));
    }
    texts
}

/// A text of a format; of this length where the format has such texts.
fn stretched(format: Format, length: Option<usize>) -> Vec<String> {
    let Some(length) = length else {
        return vec![format.sample().to_owned()];
    };
    let padded = |head: &str, tail: &str| {
        let room = length.saturating_sub(head.len() + tail.len());
        format!("{head}{}{tail}", "a".repeat(room))
    };
    match format {
        Format::Email => vec![padded("", "@b.co"), padded("a@", ".example.org")],
        Format::Uri => vec![padded("a:", ""), padded("https://example.org/", "")],
        Format::Hostname => {
            let labels = (0..length).map(|at| {
                if at % 60 == 59 && at + 1 < length {
                    '.'
                } else {
                    'a'
                }
            });
            vec![labels.collect()]
        }
        // Four characters at a time.
        Format::Byte => vec![
            "A".repeat(length / 4 * 4),
            "A".repeat(length.div_ceil(4) * 4),
        ],
        Format::DateTime => {
            let digits = length.saturating_sub("2012-01-03T19:48:40.Z".len());
            vec![
                "2012-01-03T19:48:40Z".to_owned(),
                format!("2012-01-03T19:48:40.{}Z", "1".repeat(digits)),
            ]
        }
        format => vec![format.sample().to_owned()],
    }
}

fn around(edge: &Number, schema: &Schema) -> Vec<Value> {
    let value = json!(edge);
    let mut values = vec![value.clone()];
    match (schema.kind, value.as_i64(), value.as_f64()) {
        (Kind::Integer, Some(edge), _) => {
            values.extend([json!(edge.saturating_sub(1)), json!(edge.saturating_add(1))]);
            if let Some(step) = step(schema)
                .and_then(|step| step.as_i64())
                .filter(|step| *step > 0)
            {
                let low = edge.div_euclid(step).saturating_mul(step);
                let near = [-1, 0, 1].map(|n: i64| low.saturating_add(n.saturating_mul(step)));
                values.extend(near.map(Value::from));
            }
        }
        (_, _, Some(edge)) => {
            values.extend([json!(edge - 0.5), json!(edge + 0.5)]);
            if let Some(step) = step(schema).and_then(|step| step.as_f64()) {
                let low = (edge / step).floor();
                values.extend([-1.0, 0.0, 1.0, 2.0].map(|n| json!((low + n) * step)));
            }
        }
        _ => {}
    }
    values
}

fn step(schema: &Schema) -> Option<&Number> {
    schema.rules().find_map(|rule| match rule {
        Rule::MultipleOf(step) => Some(step),
        _ => None,
    })
}

fn multiples(step: &Number, schema: &Schema) -> Vec<Value> {
    let value = json!(step);
    let between = value.as_f64().map(|step| json!(step * 1.5));
    let whole = value.as_i64().map(|step| json!(step.saturating_add(1)));
    let mut values: Vec<Value> = [Some(value), whole, between]
        .into_iter()
        .flatten()
        .collect();
    // Other rules may admit none of these.
    for rule in schema.rules() {
        if let Rule::Minimum(edge) | Rule::Maximum(edge) = rule {
            values.extend(around(edge, schema));
        }
    }
    values
}

fn one_of(schema: &Schema) -> Option<Value> {
    match schema.items.as_deref() {
        Some(items) => one(items),
        None => Some(json!(1)),
    }
}

/// Arrays of this length: of different items, and of one item again and again.
fn lists(schema: &Schema, length: usize) -> Vec<Value> {
    let unique = schema.rules().any(|rule| matches!(rule, Rule::UniqueItems));
    let different = match schema.items.as_deref() {
        // Different ones are dear to find.
        Some(items) if unique => several(items, length),
        Some(_) => Vec::new(),
        None => (1..=length).map(|n| json!(n)).collect(),
    };
    let same = one_of(schema).map(|item| json!(vec![item; length]));
    let different = (different.len() == length).then(|| json!(different));
    different.into_iter().chain(same).collect()
}

/// Values of every kind and of every look that a pattern may ask for.
pub(super) fn common() -> Vec<Value> {
    let texts = [
        "a",
        "A",
        "1",
        "_",
        "-",
        "a b",
        "é",
        "aa",
        "ab",
        "abc",
        "aB",
        "AA",
        "ABC",
        "a1",
        "A1",
        "11",
        "123",
        "a-b",
        "a_b",
        "a.b",
        "a@b",
        "#",
        "/",
        "a/b",
        "1.0.0",
        "2026-01-31",
        "12:00",
        "",
    ];
    let formats = Format::ALL.into_iter().map(|format| json!(format.sample()));
    let plain = [
        json!(1),
        json!(0),
        json!(-1),
        json!(true),
        json!(0.5),
        json!([]),
        json!({}),
        json!([{}]),
    ];
    let texts = texts.into_iter().map(Value::from);
    texts.chain(formats).chain(plain).collect()
}
