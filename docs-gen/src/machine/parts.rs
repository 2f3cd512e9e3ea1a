//! Every schema of an API under a name. What a spec calls shared keeps its name; the others have a dot in theirs, which a
//! spec's names cannot have: `scoreAdd.request`, `scoreChanged.push`, `protocol.welcome`.

use super::{line, protocol};
use actionline_specs::{
    Action, Returns, Spec, fields_schema, params_schema, returns_schema, shared_schema, verbs,
};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The schema of any failure.
pub(super) const FAILURE: &str = "protocol.failure";

/// What a verb or an action has schemas of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The params of the JSON form.
    Params,
    /// The whole line of the JSON form.
    Request,
    /// A success: a line. An action that answers a file has it only if it can announce the file.
    Reply,
    /// A failure: a line.
    Failure,
}

impl Part {
    pub(super) fn key(self, action: &Action) -> String {
        let part = match self {
            Part::Params => "params",
            Part::Request => "request",
            Part::Reply => "reply",
            Part::Failure => "failure",
        };
        format!("{}.{part}", action.name)
    }
}

/// The name of a push's schema.
pub(super) fn push_key(name: &str) -> String {
    format!("{name}.push")
}

/// Every verb and action.
pub(super) fn actions(spec: &Spec) -> impl Iterator<Item = &Action> {
    verbs().actions.iter().chain(&spec.actions)
}

/// Named schemas that refer to each other.
#[derive(Debug)]
pub(super) struct Parts {
    /// Where they stand in the document: `#/$defs/`.
    at: &'static str,
    pub(super) named: Map<String, Value>,
}

impl Parts {
    /// All schemas of a spec, in the order in which people read of them.
    pub(super) fn new(spec: &Spec, at: &'static str) -> Self {
        let mut parts = Self {
            at,
            named: Map::new(),
        };
        for message in protocol::messages() {
            parts.add(protocol::key(message), protocol::schema(message));
        }
        parts.add(FAILURE.to_owned(), line::failure());
        for action in actions(spec) {
            parts.action(action);
        }
        for push in &spec.pushes {
            let mut schema = line::push(fields_schema(&push.fields));
            if !push.description.is_empty() {
                schema["description"] = push.description.as_str().into();
            }
            parts.add(push_key(&push.name), schema);
        }
        for shared in &spec.schemas {
            parts.add(shared.name.clone(), shared_schema(shared));
        }
        parts
    }

    fn action(&mut self, action: &Action) {
        let params = Part::Params.key(action);
        let request = line::request(action, &self.place(&params));
        self.add(params, params_schema(&action.params));
        // What it refers to is in its place already.
        self.named.insert(Part::Request.key(action), request);
        let reply = match &action.returns {
            Returns::File => line::is_announced(action).then(line::announcement),
            fields => returns_schema(fields).map(line::reply),
        };
        if let Some(reply) = reply {
            self.add(Part::Reply.key(action), reply);
        }
        let failure = line::failure_of(action, &self.place(FAILURE));
        self.named.insert(Part::Failure.key(action), failure);
    }

    /// What refers to the schema of this name.
    pub(super) fn place(&self, name: &str) -> String {
        format!("{}{name}", self.at)
    }

    /// Adds a schema; what it has in its own `$defs` gets a name here.
    fn add(&mut self, name: String, mut schema: Value) {
        let at = self.at;
        let mut lift = |reference: &mut String| {
            if let Some(name) = reference.strip_prefix("#/$defs/") {
                *reference = format!("{at}{name}");
            }
        };
        let own = schema.as_object_mut().and_then(|own| own.remove("$defs"));
        references(&mut schema, &mut lift);
        self.named.insert(name, schema);
        if let Some(Value::Object(own)) = own {
            for (name, mut schema) in own {
                references(&mut schema, &mut lift);
                self.named.entry(name).or_insert(schema);
            }
        }
    }

    /// Those of these names, and all that they refer to, in the order of all.
    pub(super) fn only(&self, names: Vec<String>) -> Map<String, Value> {
        let mut kept = BTreeSet::new();
        let mut open = names;
        while let Some(name) = open.pop() {
            let Some(schema) = self.named.get(&name).filter(|_| kept.insert(name)) else {
                continue;
            };
            references(&mut schema.clone(), &mut |reference| {
                open.extend(reference.strip_prefix(self.at).map(str::to_owned));
            });
        }
        let all = self.named.iter().filter(|(name, _)| kept.contains(*name));
        all.map(|(name, schema)| (name.clone(), schema.clone()))
            .collect()
    }
}

/// Visits every `$ref` of a schema, and nothing that only looks like one in a default or an example.
fn references(schema: &mut Value, visit: &mut impl FnMut(&mut String)) {
    let Value::Object(words) = schema else {
        return;
    };
    for (word, value) in words {
        match (word.as_str(), value) {
            ("$ref", Value::String(reference)) => visit(reference),
            ("properties", Value::Object(members)) => {
                members
                    .values_mut()
                    .for_each(|member| references(member, visit));
            }
            ("allOf" | "anyOf", Value::Array(list)) => {
                list.iter_mut().for_each(|one| references(one, visit));
            }
            ("items", items) => references(items, visit),
            _ => {}
        }
    }
}
