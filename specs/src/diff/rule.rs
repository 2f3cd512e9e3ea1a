//! The rules of a value: which came, which went, and which are tighter or looser.

use super::value::{Trend, Way};
use super::{ChangeKind, Places, Walk};
use crate::{Placed, Rule, Schema, Slot, number};
use serde_json::{Number, Value};
use std::cmp::Ordering;

pub(super) fn rules(
    path: &str,
    way: Way,
    old: &Schema,
    new: &Schema,
    (old_at, new_at): Places,
    walk: &mut Walk,
) {
    let find =
        |rules: &'_ [Placed<Rule>], word: &str| rules.iter().position(|rule| rule.word() == word);
    for rule in &new.rules {
        let Some(before) = find(&old.rules, rule.word()) else {
            let kind = match way {
                Way::Sent => ChangeKind::ParamRuleAdded,
                Way::Answered => ChangeKind::FieldRuleAdded,
            };
            walk.tell(
                kind,
                path,
                (old_at, Some(rule.at)),
                format!("it has {} now", said(rule)),
            );
            continue;
        };
        both(path, way, &old.rules[before], rule, walk);
    }
    for rule in &old.rules {
        if find(&new.rules, rule.word()).is_none() {
            let kind = match way {
                Way::Sent => ChangeKind::ParamRuleRemoved,
                Way::Answered => ChangeKind::FieldRuleRemoved,
            };
            walk.tell(
                kind,
                path,
                (Some(rule.at), new_at),
                format!("it has {} no more", said(rule)),
            );
        }
    }
}

fn both(path: &str, way: Way, old: &Placed<Rule>, new: &Placed<Rule>, walk: &mut Walk) {
    let at = super::both(old.at, new.at);
    if let (Rule::Enum(before), Rule::Enum(after)) = (&old.value, &new.value) {
        choices(path, way, before, after, at, walk);
        return;
    }
    let Some(trend) = trend(old, new) else {
        return;
    };
    let kind = match (way, trend) {
        (Way::Sent, Trend::Wider) => ChangeKind::ParamRuleLoosened,
        (Way::Sent, Trend::Narrower) => ChangeKind::ParamRuleTightened,
        (Way::Sent, Trend::Other) => ChangeKind::ParamRuleChanged,
        (Way::Answered, Trend::Wider) => ChangeKind::FieldRuleLoosened,
        (Way::Answered, Trend::Narrower) => ChangeKind::FieldRuleTightened,
        (Way::Answered, Trend::Other) => ChangeKind::FieldRuleChanged,
    };
    walk.tell(
        kind,
        path,
        at,
        format!("it has {}, had {}", said(new), said(old)),
    );
}

fn choices(path: &str, way: Way, old: &[Value], new: &[Value], at: Places, walk: &mut Walk) {
    let lacks = |list: &[Value], value: &Value| !list.iter().any(|other| same(other, value));
    let (added, removed) = match way {
        Way::Sent => (ChangeKind::ParamChoiceAdded, ChangeKind::ParamChoiceRemoved),
        Way::Answered => (ChangeKind::FieldChoiceAdded, ChangeKind::FieldChoiceRemoved),
    };
    for value in new.iter().filter(|value| lacks(old, value)) {
        walk.tell(added, path, at, format!("its `enum` has {value} now"));
    }
    for value in old.iter().filter(|value| lacks(new, value)) {
        walk.tell(removed, path, at, format!("its `enum` has {value} no more"));
    }
}

/// The rule as the spec writes it.
fn said(rule: &Rule) -> String {
    format!("`{}: {}`", rule.word(), limit(rule))
}

/// What stands behind the rule's word.
fn limit(rule: &Rule) -> Value {
    match rule {
        Rule::Enum(values) => values.clone().into(),
        Rule::Minimum(limit) | Rule::Maximum(limit) | Rule::MultipleOf(limit) => {
            limit.clone().into()
        }
        Rule::MinLength(limit)
        | Rule::MaxLength(limit)
        | Rule::MinItems(limit)
        | Rule::MaxItems(limit) => (*limit).into(),
        Rule::Pattern(pattern) => pattern.source.clone().into(),
        Rule::Format(format) => format.word().into(),
        Rule::UniqueItems => true.into(),
    }
}

/// How what a rule admits has changed, for two rules of one word; nothing when it has not.
fn trend(old: &Rule, new: &Rule) -> Option<Trend> {
    let (before, after) = (limit(old), limit(new));
    if same(&before, &after) {
        return None;
    }
    let rises = order(&before, &after) == Some(Ordering::Less);
    Some(match (old, new) {
        (Rule::Minimum(_) | Rule::MinLength(_) | Rule::MinItems(_), _) if rises => Trend::Narrower,
        (Rule::Minimum(_) | Rule::MinLength(_) | Rule::MinItems(_), _) => Trend::Wider,
        (Rule::Maximum(_) | Rule::MaxLength(_) | Rule::MaxItems(_), _) if rises => Trend::Wider,
        (Rule::Maximum(_) | Rule::MaxLength(_) | Rule::MaxItems(_), _) => Trend::Narrower,
        (Rule::MultipleOf(before), Rule::MultipleOf(after)) => multiples(before, after),
        _ => Trend::Other,
    })
}

/// Multiples of 6 are multiples of 3, too.
fn multiples(before: &Number, after: &Number) -> Trend {
    let divides = |unit: &Number, value: &Number| match (unit.as_f64(), value.as_f64()) {
        (Some(unit), Some(value)) => number::divides(unit, value),
        _ => false,
    };
    match (divides(before, after), divides(after, before)) {
        (true, _) => Trend::Narrower,
        (false, true) => Trend::Wider,
        (false, false) => Trend::Other,
    }
}

/// `1` and `1.0` are one value.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    a == b || order(a, b) == Some(Ordering::Equal)
}

fn order(a: &Value, b: &Value) -> Option<Ordering> {
    let (a, b): (&Number, &Number) = (a.as_number()?, b.as_number()?);
    match a.as_i64() {
        Some(a) => Slot::Integer(a).compare(b),
        None => Slot::Number(a.as_f64()?).compare(b),
    }
}
