use actionline::specs::{Action, Deprecated, Param};
use actionline::{Handle, Reply, action};
use serde_json::{Map, Value, json};

/// What is not a verb.
const ACTION: &str = "action";

/// Every verb and action.
#[derive(Debug, Reply)]
pub struct ActionsView {
    actions: Vec<Value>,
}

#[action]
pub fn actions_view(server: Handle) -> ActionsView {
    let mut kinds = ["verb"].into_iter().chain(std::iter::repeat(ACTION));
    let actions = server
        .specs()
        .zip(&mut kinds)
        .flat_map(|(spec, kind)| spec.actions.iter().map(move |action| entry(action, kind)))
        .collect();
    ActionsView { actions }
}

fn entry(action: &Action, kind: &str) -> Value {
    let mut words = Map::new();
    words.insert("name".to_owned(), json!(action.name));
    words.insert("kind".to_owned(), json!(kind));
    words.insert("description".to_owned(), json!(action.description));
    if kind == ACTION {
        words.insert("effect".to_owned(), json!(action.effect.word()));
    }
    if let Some(seconds) = action.timeout {
        words.insert("timeout".to_owned(), json!(seconds));
    }
    if !action.requires.is_empty() {
        words.insert("requires".to_owned(), json!(action.requires));
    }
    if action.needs_connection {
        words.insert("connection".to_owned(), json!("required"));
    }
    age(
        &mut words,
        action.deprecated.as_ref(),
        action.since.as_ref(),
    );
    let params: Vec<Value> = action.params.iter().map(describe).collect();
    words.insert("params".to_owned(), json!(params));
    Value::Object(words)
}

/// When it came, and whether it is to go.
fn age(words: &mut Map<String, Value>, deprecated: Option<&Deprecated>, since: Option<&String>) {
    if let Some(deprecated) = deprecated {
        let said = match deprecated.text.as_str() {
            "" => json!(true),
            text => json!(text),
        };
        words.insert("deprecated".to_owned(), said);
    }
    if let Some(since) = since {
        words.insert("since".to_owned(), json!(since));
    }
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
    let rest = actionline::specs::whole_schema(&param.schema);
    let said = ["type", "description"];
    words.extend(
        rest.into_iter()
            .filter(|(word, _)| !said.contains(&word.as_str())),
    );
    if param.secret {
        words.insert("secret".to_owned(), json!(true));
    }
    age(&mut words, param.deprecated.as_ref(), param.since.as_ref());
    words.insert("description".to_owned(), json!(param.description()));
    Value::Object(words)
}
