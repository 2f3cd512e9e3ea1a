//! Values that a schema takes, found by trying.

use super::{Way, near};
use crate::judge::{Findings, Step, judge};
use crate::{Kind, Raw, Rule, Schema};
use serde_json::{Map, Value, json};

/// Longer texts and arrays are not tried: a rule beyond it has its text alone.
pub(super) const LONGEST: usize = 10_000;

/// Whether a value is what a schema says.
pub(super) fn is_taken(schema: &Schema, value: &Value) -> bool {
    let mut found = Findings::default();
    judge(schema, Raw::Json(&value.to_string()), &mut found);
    found.list.is_empty()
}

/// A value that a schema takes; nothing where none was found.
pub(crate) fn one(schema: &Schema) -> Option<Value> {
    let plain = plain(schema);
    let mut rules = schema.rules().flat_map(|rule| near::at(schema, rule));
    plain
        .into_iter()
        .find(|value| is_taken(schema, value))
        .or_else(|| rules.find(|value| is_taken(schema, value)))
        .or_else(|| {
            near::common()
                .into_iter()
                .find(|value| is_taken(schema, value))
        })
}

/// A value that a schema takes but for what is at the end of the way: `leaf`, or nothing at all.
pub(super) fn holding(schema: &Schema, way: &Way, leaf: Option<Value>) -> Option<Value> {
    match way.split_first() {
        None => leaf,
        Some((Step::Item(_), rest)) => {
            let items = schema.items.as_deref()?;
            let first = holding(items, rest, leaf)?;
            let more = least(schema).saturating_sub(1);
            let others = match schema.rules().any(|rule| matches!(rule, Rule::UniqueItems)) {
                true => several(items, more + 1),
                false => vec![one(items); more].into_iter().flatten().collect(),
            };
            let others = others
                .into_iter()
                .filter(|other| *other != first || more == 0);
            let others: Vec<Value> = others.take(more).collect();
            (others.len() == more).then(|| std::iter::once(first).chain(others).collect())
        }
        Some((Step::Member(name), rest)) => {
            let mut object = Map::new();
            for member in schema.properties() {
                if member.name == *name {
                    match holding(&member.schema, rest, leaf.clone()) {
                        Some(value) => drop(object.insert(name.clone(), value)),
                        None if rest.is_empty() => {}
                        None => return None,
                    }
                } else if member.required {
                    object.insert(member.name.clone(), one(&member.schema)?);
                }
            }
            Some(Value::Object(object))
        }
    }
}

/// So many values that a schema takes, all different; fewer where no more were found.
pub(super) fn several(schema: &Schema, count: usize) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let numbers = || (1..=count as u64 * 2).map(|n| json!(n));
    let step = schema.rules().find_map(|rule| match rule {
        Rule::MultipleOf(step) => step.as_i64(),
        _ => None,
    });
    let start = one(schema).and_then(|value| value.as_i64()).unwrap_or(0);
    let counted = (0..count as i64 + 1).map(|n| n.saturating_mul(step.unwrap_or(1)));
    let values: Vec<Value> = match schema.kind {
        Kind::Any => numbers().collect(),
        Kind::Boolean => vec![json!(true), json!(false)],
        Kind::Integer | Kind::Number => {
            let up = counted.clone().map(|n| json!(start.saturating_add(n)));
            let down = counted.map(|n| json!(start.saturating_sub(n)));
            up.chain(down).collect()
        }
        Kind::String => {
            let texts = numbers().map(|n| json!(n.to_string()));
            let near = schema.rules().flat_map(|rule| near::at(schema, rule));
            texts.chain(near).collect()
        }
        Kind::Array => match &schema.items {
            Some(items) => {
                let items = several(items, count).into_iter();
                items
                    .map(|item| vec![item; least(schema).max(1)].into())
                    .collect()
            }
            None => numbers().map(|n| json!([n])).collect(),
        },
        Kind::Object => objects(schema, count),
    };
    let own = schema.rules().flat_map(|rule| match rule {
        Rule::Enum(values) => values.clone(),
        _ => Vec::new(),
    });
    for value in own.chain(one(schema)).chain(values) {
        if found.len() == count {
            break;
        }
        if is_taken(schema, &value) && seen.insert(value.to_string()) {
            found.push(value);
        }
    }
    found
}

/// Objects that differ in one member.
fn objects(schema: &Schema, count: usize) -> Vec<Value> {
    let Some(members) = &schema.properties else {
        return (1..=count).map(|n| json!({ "a": n })).collect();
    };
    let lists = members.iter().map(|member| {
        let values = several(&member.schema, count).into_iter();
        let way = [Step::Member(member.name.clone())];
        let values = values.filter_map(|value| holding(schema, &way, Some(value)));
        values.collect::<Vec<_>>()
    });
    lists.max_by_key(Vec::len).unwrap_or_default()
}

/// How many items an array has at least.
pub(super) fn least(schema: &Schema) -> usize {
    let least = schema.rules().find_map(|rule| match rule {
        Rule::MinItems(least) => usize::try_from(*least).ok(),
        _ => None,
    });
    least.unwrap_or(0).min(LONGEST)
}

/// The plainest values of a schema's kind.
fn plain(schema: &Schema) -> Vec<Value> {
    match (schema.kind, &schema.items) {
        (Kind::Any | Kind::String, _) => vec![json!("text"), json!("a")],
        (Kind::Integer, _) => vec![json!(1), json!(0)],
        (Kind::Number, _) => vec![json!(0.5), json!(1), json!(0)],
        (Kind::Boolean, _) => vec![json!(true)],
        (Kind::Array, Some(items)) => {
            let first = one(items);
            let one = first.and_then(|item| holding(schema, &[Step::Item(0)], Some(item)));
            one.into_iter().chain([json!([])]).collect()
        }
        (Kind::Array, None) => vec![json!([1]), json!([])],
        (Kind::Object, _) if schema.properties.is_none() => vec![json!({ "a": 1 })],
        (Kind::Object, _) => {
            let members = schema.properties().iter().filter(|member| member.required);
            let pair = |member: &crate::Field| Some((member.name.clone(), one(&member.schema)?));
            vec![Value::Object(members.filter_map(pair).collect())]
        }
    }
}
