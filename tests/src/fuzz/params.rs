//! Saved params: any mix of adding, showing and forgetting, beneath small limits, against a plain model.

use super::host::Host;
use arbitrary::Arbitrary;
use serde_json::{Map, Value, json};

const MOST: usize = 4;
const KEY: usize = 8;
const VALUE: usize = 16;
const TOTAL: usize = 40;

thread_local! {
    static HOST: Host = Host::new(|limits| {
        (limits.sticky, limits.sticky_total) = (MOST as u64, TOTAL as u64);
        (limits.sticky_key, limits.sticky_value) = (KEY as u64, VALUE as u64);
    });
}

#[derive(Debug, Arbitrary)]
pub(super) enum Step<'a> {
    Add(&'a str, &'a str),
    View(&'a str),
    Delete(&'a str),
    ViewAll,
    DeleteAll,
}

pub(super) fn run(steps: Vec<Step<'_>>) {
    let mut sent = Vec::new();
    let mut saved = Map::new();
    let mut expected = Vec::new();
    for step in steps.iter().chain([&Step::ViewAll]) {
        let (action, params) = match step {
            Step::Add(key, value) => ("paramAdd", json!({ "key": key, "value": value })),
            Step::View(key) => ("paramView", json!({ "key": key })),
            Step::Delete(key) => ("paramDelete", json!({ "key": key })),
            Step::ViewAll => ("paramsView", json!({})),
            Step::DeleteAll => ("paramsDelete", json!({})),
        };
        let line = json!({ "action": action, "params": params }).to_string();
        if line.len() > 60_000 {
            return;
        }
        sent.extend_from_slice(line.as_bytes());
        sent.push(b'\n');
        expected.push(model(step, &mut saved));
    }
    let lines = HOST.with(|host| host.talk(&sent, 4096));
    assert_eq!(lines.len(), expected.len() + 1);
    for (line, expected) in lines[1..].iter().zip(expected) {
        match expected {
            Ok(fields) => {
                for (name, value) in &fields {
                    // As text: the order of the params is part of it.
                    assert_eq!(line[name].to_string(), value.to_string());
                }
            }
            Err(code) => assert_eq!(line["code"], code, "{line}"),
        }
    }
}

/// Fields of the reply, or the code of its error.
fn model(
    step: &Step<'_>,
    saved: &mut Map<String, Value>,
) -> Result<Map<String, Value>, &'static str> {
    if let Step::Add(key, _) | Step::View(key) | Step::Delete(key) = step {
        if key.is_empty() {
            return Err("invalidParams");
        }
        if key.contains(char::is_control) {
            return Err("invalidName");
        }
    }
    let shown = match step {
        Step::Add(key, value) => return add(saved, key, value),
        Step::View(key) => saved
            .get_key_value(*key)
            .into_iter()
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect(),
        Step::ViewAll => saved.clone(),
        Step::Delete(key) => {
            saved.shift_remove(*key);
            return Ok(ok());
        }
        Step::DeleteAll => {
            saved.clear();
            return Ok(ok());
        }
    };
    Ok(Map::from_iter([(
        "params".to_owned(),
        Value::Object(shown),
    )]))
}

fn add(
    saved: &mut Map<String, Value>,
    key: &str,
    value: &str,
) -> Result<Map<String, Value>, &'static str> {
    let mut after = saved.clone();
    after.insert(key.to_owned(), value.into());
    let total: usize = after
        .iter()
        .map(|(k, v)| k.len() + v.as_str().map_or(0, str::len))
        .sum();
    if key.len() > KEY || value.len() > VALUE || after.len() > MOST || total > TOTAL {
        return Err("limitReached");
    }
    *saved = after;
    Ok(ok())
}

fn ok() -> Map<String, Value> {
    Map::from_iter([("status".to_owned(), "OK".into())])
}
