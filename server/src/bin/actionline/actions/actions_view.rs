use actionline::specs::{Action, Param};
use actionline::{Connection, Reply, action};
use serde_json::{Map, Value, json};

/// Every verb and action.
#[derive(Debug, Reply)]
pub struct ActionsView {
    actions: Vec<Value>,
}

#[action]
pub fn actions_view(conn: &Connection) -> ActionsView {
    let server = conn.server();
    let mut kinds = ["verb"].into_iter().chain(std::iter::repeat("action"));
    let actions = server
        .specs()
        .zip(&mut kinds)
        .flat_map(|(spec, kind)| spec.actions.iter().map(move |action| entry(action, kind)))
        .collect();
    ActionsView { actions }
}

fn entry(action: &Action, kind: &str) -> Value {
    json!({
        "name": action.name,
        "kind": kind,
        "description": action.description,
        "params": action.params.iter().map(describe).collect::<Vec<_>>(),
    })
}

/// A param in the spec's own words.
fn describe(param: &Param) -> Value {
    let mut words = Map::new();
    words.insert("name".to_owned(), json!(param.name));
    words.insert("type".to_owned(), json!(param.kind().word()));
    words.insert("required".to_owned(), json!(param.required));
    if let Some(default) = &param.default {
        words.insert("default".to_owned(), default.value.clone());
    }
    for rule in param.rules() {
        rule.write_schema(&mut words);
    }
    words.insert("description".to_owned(), json!(param.description()));
    Value::Object(words)
}
