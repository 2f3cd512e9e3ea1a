//! What `diff` says of two specs against what the binder does with values: where nothing breaks clients, each value that
//! the older spec took is taken by the newer one, and each that the newer one answers was answered by the older one.

use crate::dice::Dice;
use crate::make::{SHARED, schema, value};
use crate::remove;
use actionline_specs::diff::{ChangeKind, Class, diff};
use actionline_specs::{Source, Spec, bind_object, load};
use serde_json::{Map, Value, json};

/// Values that are tried with two specs.
const VALUES: usize = 30;

/// One value on both ways.
#[derive(Clone)]
struct Side {
    value: Value,
    shared: Value,
}

impl Side {
    fn new(dice: &mut Dice) -> Self {
        let shared = SHARED.iter().enumerate().map(|(index, name)| {
            let schema = schema(dice, 1, index);
            ((*name).to_owned(), Value::Object(schema))
        });
        let shared = Value::Object(shared.collect());
        let value = Value::Object(schema(dice, 2, SHARED.len()));
        Self { value, shared }
    }

    fn load(&self) -> Option<Spec> {
        let object = |required| json!({ "type": "object", "required": required, "properties": { "v": self.value } });
        let spec = json!({
            "actionline": 1,
            "info": { "title": "T", "version": "1.0.0" },
            "schemas": self.shared,
            "actions": {
                "send": { "params": { "p": object(true) } },
                "answer": { "returns": { "p": object(true) } },
            },
        });
        load(Source::new("x", spec.to_string())).ok()
    }

    /// Beyond 2^53 a number is no longer the integer that was sent: those are left out.
    fn takes(spec: &Spec, value: &str) -> bool {
        if is_large(&actionline_specs::read_json(value).unwrap_or_default()) {
            return false;
        }
        let sent = spec.actions.iter().find(|action| action.name == "send");
        let object = format!("{{\"p\":{{\"v\":{value}}}}}");
        sent.is_some_and(|action| bind_object(&action.params, &object).is_ok())
    }
}

fn is_large(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|number| number.abs() > 9e15),
        Value::Array(items) => items.iter().any(is_large),
        Value::Object(members) => members.values().any(is_large),
        _ => false,
    }
}

/// Changes one word or more, somewhere.
fn changed(dice: &mut Dice, schema: &mut Map<String, Value>, depth: usize) {
    let inner = ["items", "properties"];
    let within = inner.iter().find(|word| schema.contains_key(**word));
    if let Some(word) = within.filter(|_| dice.percent(60)) {
        match schema.get_mut(*word) {
            Some(Value::Object(items)) if *word == "items" => {
                return changed(dice, items, depth.saturating_sub(1));
            }
            Some(Value::Object(members)) if !members.is_empty() => {
                let at = dice.below(members.len());
                if let Some(Value::Object(member)) = members.values_mut().nth(at) {
                    match dice.below(3) {
                        0 => drop(member.shift_remove("required")),
                        1 => drop(member.insert("required".to_owned(), json!(true))),
                        _ => changed(dice, member, depth.saturating_sub(1)),
                    }
                }
                return;
            }
            _ => {}
        }
    }
    let other = crate::make::schema(dice, depth, SHARED.len());
    match dice.below(5) {
        0 => *schema = other,
        1 => {
            let words: Vec<String> = schema.keys().cloned().collect();
            if !words.is_empty() {
                schema.shift_remove(dice.pick(&words));
            }
        }
        2 => {
            let swapped = match schema.get("type").and_then(Value::as_str) {
                Some("integer") => "number",
                Some("number") => "integer",
                _ => return,
            };
            schema.insert("type".to_owned(), json!(swapped));
        }
        3 if schema.get("type") == other.get("type") => schema.extend(other),
        _ => {
            let mut limits = schema.values_mut().filter(|word| word.is_i64());
            if let Some(limit) = limits.next() {
                let by = dice.between(-2, 2);
                *limit = json!(limit.as_i64().unwrap_or_default().saturating_add(by));
            } else if let Some(Value::Array(choices)) = schema.get_mut("enum") {
                match dice.below(3) {
                    0 => drop(choices.pop()),
                    1 => choices.reverse(),
                    _ => choices.push(json!(6)),
                }
            }
        }
    }
}

#[test]
fn what_breaks_no_client_refuses_nothing_new() {
    let wanted = std::env::var("PAIRS")
        .ok()
        .and_then(|pairs| pairs.parse().ok());
    let wanted = wanted.unwrap_or(20_000);
    let mut dice = Dice::new();
    let (mut sent, mut answered, mut all) = (0, 0, 0);
    while all < wanted {
        let old = Side::new(&mut dice);
        let mut new = old.clone();
        for _ in 0..=dice.below(2) {
            let part = match dice.percent(80) {
                true => &mut new.value,
                false => &mut new.shared[*dice.pick(&SHARED)],
            };
            if let Value::Object(schema) = part {
                changed(&mut dice, schema, 2);
            }
        }
        let Some([(old, before), (new, after)]) = loaded([old, new]) else {
            continue;
        };
        compare(
            &mut dice,
            (&old, &before),
            (&new, &after),
            (&mut sent, &mut answered),
        );
        all += VALUES;
    }
    for (count, what) in [(sent, "sent"), (answered, "answered")] {
        assert!(count * 100 >= all * 5, "{count} of {all} {what}");
    }
}

/// Both specs; without `enum`, which the rules beside it are the likeliest to refuse, where they cannot be read with it.
fn loaded(mut sides: [Side; 2]) -> Option<[(Side, Spec); 2]> {
    if sides.iter().any(|side| side.load().is_none()) {
        for side in &mut sides {
            remove(&mut side.value, "enum");
            remove(&mut side.shared, "enum");
        }
    }
    let [old, new] = sides;
    let (before, after) = (old.load()?, new.load()?);
    Some([(old, before), (new, after)])
}

fn compare(
    dice: &mut Dice,
    (old, before): (&Side, &Spec),
    (new, after): (&Side, &Spec),
    (sent, answered): (&mut usize, &mut usize),
) {
    let found = diff(before, after);
    let breaks = |action: &str| {
        let subject = format!("actions.{action}.");
        let mut changes = found.changes.iter();
        changes.any(|change| {
            let own = change.subject.starts_with(&subject);
            // Clients ignore members that they do not know; the binder does not.
            own && (change.kind.class() == Class::Breaking || change.kind == ChangeKind::FieldAdded)
        })
    };
    let told = || {
        let all = found.changes.iter();
        let all: Vec<String> = all
            .map(|change| {
                format!(
                    "{} {}: {}",
                    change.kind.word(),
                    change.subject,
                    change.message
                )
            })
            .collect();
        format!("{}\n{}\n{all:#?}", old.value, new.value)
    };
    if !breaks("send") {
        for _ in 0..VALUES {
            let value = value(dice, &old.value, &old.shared);
            if Side::takes(before, &value) {
                assert!(Side::takes(after, &value), "sent {value}\n{}", told());
                *sent += 1;
            }
        }
    }
    if !breaks("answer") {
        for _ in 0..VALUES {
            let value = value(dice, &new.value, &new.shared);
            if Side::takes(after, &value) {
                assert!(Side::takes(before, &value), "answered {value}\n{}", told());
                *answered += 1;
            }
        }
    }
}
