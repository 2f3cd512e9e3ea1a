//! Spec → machine form.

use crate::{
    Action, Deprecated, Example, ExampleReply, Heard, Param, Placed, Push, Returns, Spec,
    fields_schema, params_schema, returns_schema, shared_schema, verbs,
};
use serde_json::{Map, Value, json};

/// The word of an action that answers a file, here as in a spec.
const FILE: &str = "file";

/// What a server serves that has these specs mounted, in this order; see the module.
pub fn form<'s>(specs: impl IntoIterator<Item = &'s Spec>) -> Value {
    let verbs = verbs();
    json!({
        "protocol": verbs.info.version,
        "verbs": all(&verbs.actions, entry),
        "specs": specs.into_iter().map(spec).collect::<Value>(),
    })
}

fn spec(spec: &Spec) -> Value {
    let info = &spec.info;
    let mut about = Words::default();
    about.put("title", json!(info.title));
    about.put("version", json!(info.version));
    about.text("description", &info.description);
    let mut words = Words::default();
    words.put("info", about.value());
    words.list("requires", rights(&spec.requires));
    words.put("actions", all(&spec.actions, entry));
    words.put("pushes", all(&spec.pushes, push));
    let shared = spec.schemas.iter();
    words.map(
        "schemas",
        shared.map(|shared| (shared.name.as_str(), shared_schema(shared))),
    );
    words.value()
}

fn rights(rights: &[Placed<String>]) -> Vec<Value> {
    rights.iter().map(|right| json!(right.value)).collect()
}

/// One verb or action; see the module.
pub fn entry(action: &Action) -> Value {
    let is_verb = action.usage.is_some();
    let mut words = Words::default();
    words.put("kind", json!(if is_verb { "verb" } else { "action" }));
    words.put("name", json!(action.name));
    if !action.aliases.is_empty() {
        words.put("aliases", json!(action.aliases));
    }
    words.text("usage", action.usage.as_deref().unwrap_or_default());
    words.text("description", &action.description);
    if !is_verb {
        words.put("effect", json!(action.effect.word()));
    }
    if let Some(seconds) = action.timeout {
        words.put("timeout", json!(seconds));
    }
    if action.needs_connection {
        words.put("connection", json!(Action::REQUIRED));
    }
    if !action.requires.is_empty() {
        words.put("requires", json!(action.requires));
    }
    words.text("feature", action.feature.as_deref().unwrap_or_default());
    words.text("since", action.since.as_deref().unwrap_or_default());
    if let Some(it) = &action.deprecated {
        words.put("deprecated", deprecated(it));
    }
    words.put("params", params(action));
    let returns = match &action.returns {
        Returns::File => json!(FILE),
        fields => returns_schema(fields).unwrap_or_default(),
    };
    words.put("returns", returns);
    words.put(
        "errors",
        all(&action.errors, |error| {
            let mut words = Words::default();
            words.put("code", json!(error.code));
            words.put("message", json!(error.message));
            words.text("description", &error.description);
            words.value()
        }),
    );
    words.put("examples", all(&action.examples, example));
    words.value()
}

fn params(action: &Action) -> Value {
    let names = |params: &mut dyn Iterator<Item = &Param>| -> Vec<Value> {
        params.map(|param| json!(param.name)).collect()
    };
    let mut words = Words::default();
    words.put("schema", params_schema(&action.params));
    words.list("common", names(&mut action.common_params().iter()));
    let mut secret = action.params.iter().filter(|param| param.secret);
    words.list("secret", names(&mut secret));
    let all = || action.params.iter();
    words.map(
        "since",
        all().filter_map(|param| Some((param.name.as_str(), json!(param.since.as_ref()?)))),
    );
    words.map(
        "deprecated",
        all().filter_map(|param| {
            Some((param.name.as_str(), deprecated(param.deprecated.as_ref()?)))
        }),
    );
    words.value()
}

pub(crate) fn example(example: &Example) -> Value {
    let mut words = Words::default();
    words.text("title", &example.title);
    words.list("before", lines(&example.before));
    words.put("send", json!(example.send));
    match &example.reply {
        ExampleReply::Fields(fields) => words.put("reply", json!(fields)),
        ExampleReply::Error(text) => words.put("error", json!(text)),
        ExampleReply::Bytes(text) => words.put("bytes", json!(text)),
    }
    words.list("hears", heard(&example.hears));
    words.map(
        "others",
        example.others.iter().map(|other| {
            let mut words = Words::default();
            words.list("before", lines(&other.before));
            words.list("hears", heard(&other.hears));
            (other.name.as_str(), words.value())
        }),
    );
    words.value()
}

fn lines(lines: &[String]) -> Vec<Value> {
    lines.iter().map(|line| json!(line)).collect()
}

fn heard(heard: &[Heard]) -> Vec<Value> {
    heard.iter().map(|heard| json!(heard.line)).collect()
}

fn push(push: &Push) -> Value {
    let mut words = Words::default();
    words.put("name", json!(push.name));
    words.text("description", &push.description);
    words.put("fields", fields_schema(&push.fields));
    if let Some(example) = &push.example {
        words.put("example", json!(example));
    }
    words.value()
}

/// `true`, or what to use instead.
fn deprecated(it: &Deprecated) -> Value {
    match it.text.as_str() {
        "" => json!(true),
        text => json!(text),
    }
}

fn all<T>(things: &[T], each: impl Fn(&T) -> Value) -> Value {
    things.iter().map(each).collect()
}

/// An object being written: what is empty is left out where a spec can be silent.
#[derive(Default)]
struct Words(Map<String, Value>);

impl Words {
    fn put(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.put(key, json!(text));
        }
    }

    fn list(&mut self, key: &str, list: Vec<Value>) {
        if !list.is_empty() {
            self.put(key, Value::Array(list));
        }
    }

    fn map<'k>(&mut self, key: &str, pairs: impl Iterator<Item = (&'k str, Value)>) {
        let map: Map<_, _> = pairs
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        if !map.is_empty() {
            self.put(key, Value::Object(map));
        }
    }

    fn value(self) -> Value {
        Value::Object(self.0)
    }
}
