//! The first value that a rule lets through and the first that it refuses. Nothing here knows what a rule means: values are
//! tried, and the validator's verdict is taken.

use super::sample;
use actionline_specs::{Format, Given, Kind, Param, ParamFault, Raw, Rule, Schema};
use serde_json::{Number, Value, json};

/// A value on each side of what a fault is about, as JSON; empty where none was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) accepted: String,
    pub(super) refused: String,
}

/// The bounds of a param's fault with this text.
pub(super) fn bounds(param: &Param, text: &str) -> Bounds {
    let rule = param.rules().find(|rule| {
        let fault = ParamFault::new(&param.name, rule.code(), &rule.phrase(), false);
        fault.message == text
    });
    let mut near = rule.map(|rule| near(param, rule)).unwrap_or_default();
    near.extend(param.examples.iter().cloned());
    near.extend(param.default.iter().map(|default| default.value.clone()));
    near.push(sample::of(&param.schema));
    near.extend(common());
    let mut bounds = Bounds::default();
    for value in near {
        let faults = judge(param, &value);
        if faults.is_empty() && bounds.accepted.is_empty() {
            bounds.accepted = shown(&value);
        }
        if let [only] = faults.as_slice()
            && only.message == text
            && bounds.refused.is_empty()
        {
            bounds.refused = shown(&value);
        }
    }
    bounds
}

fn judge(param: &Param, value: &Value) -> Vec<ParamFault> {
    let text = value.to_string();
    let mut faults = Vec::new();
    let raw = Raw::Json(&text);
    param.bind(Some(Given { raw, saved: false }), &mut faults);
    faults
}

/// Values at the edge of a rule.
fn near(param: &Param, rule: &Rule) -> Vec<Value> {
    let texts = |length: u64| -> Vec<Value> {
        let length = usize::try_from(length).unwrap_or(usize::MAX).min(LONGEST);
        ["a", "A", "1", "_"]
            .map(|c| json!(c.repeat(length)))
            .to_vec()
    };
    let lists = |length: u64| -> Vec<Value> {
        let length = usize::try_from(length).unwrap_or(usize::MAX).min(LONGEST);
        lists(&param.schema, length)
    };
    match rule {
        Rule::Enum(values) => values.clone(),
        Rule::Minimum(edge) | Rule::Maximum(edge) => around(edge, param.kind()),
        Rule::MultipleOf(step) => multiples(step),
        Rule::MinLength(length) => [texts(*length), texts(length.saturating_sub(1))].concat(),
        Rule::MaxLength(length) => [texts(*length), texts(length + 1)].concat(),
        Rule::MinItems(length) => [lists(*length), lists(length.saturating_sub(1))].concat(),
        Rule::MaxItems(length) => [lists(*length), lists(length + 1)].concat(),
        Rule::UniqueItems => [lists(1), lists(2)].concat(),
        Rule::Format(format) => vec![json!(format.sample())],
        Rule::Pattern(_) => Vec::new(),
    }
}

/// Longer values are not tried: a rule beyond it has its text alone.
const LONGEST: usize = 10_000;

fn around(edge: &Number, kind: Kind) -> Vec<Value> {
    let value = json!(edge);
    let steps = match (kind, value.as_i64(), value.as_f64()) {
        (Kind::Integer, Some(edge), _) => {
            vec![json!(edge.saturating_sub(1)), json!(edge.saturating_add(1))]
        }
        (_, _, Some(edge)) => vec![json!(edge - 0.5), json!(edge + 0.5)],
        _ => Vec::new(),
    };
    [vec![value], steps].concat()
}

fn multiples(step: &Number) -> Vec<Value> {
    let value = json!(step);
    let between = value.as_f64().map(|step| json!(step * 1.5));
    let whole = value.as_i64().map(|step| json!(step + 1));
    [Some(value), whole, between]
        .into_iter()
        .flatten()
        .collect()
}

/// Arrays of this length: of different items, and of one item again and again.
fn lists(schema: &Schema, length: usize) -> Vec<Value> {
    let item = schema.items.as_deref().map_or_else(|| json!(1), sample::of);
    let counted: Vec<Value> = (1..=length).map(|n| json!(n)).collect();
    let texts: Vec<Value> = (1..=length).map(|n| json!(n.to_string())).collect();
    vec![json!(counted), json!(texts), json!(vec![item; length])]
}

/// Values of every kind and of every look that a pattern may ask for.
fn common() -> Vec<Value> {
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
    texts
        .into_iter()
        .map(|text| json!(text))
        .chain(formats)
        .chain(plain)
        .collect()
}

/// A value as JSON; one too long to read is cut and counted.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 40 {
        return text;
    }
    let (count, unit, close) = match value {
        Value::String(text) => (text.chars().count(), "characters", "…\""),
        Value::Array(items) => (items.len(), "items", "…]"),
        _ => return text,
    };
    let head: String = text.chars().take(8).collect();
    format!("{head}{close} ({count} {unit})")
}
