//! The request that the page's general chapters use to show both forms: one of the spec's own where it has one.

use super::example::exchange;
use super::{line, sample};
use actionline_specs::transcript::{Book, Request, Saved};
use actionline_specs::{Action, Example, ExampleReply, Fault};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// One action, asked rightly and wrongly in both forms.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Guide {
    good_words: String,
    good_json: String,
    bad_words: String,
    bad_json: String,
    unknown_words: String,
    unknown_json: String,
    /// A verb in JSON form.
    verb_json: String,
}

impl Guide {
    pub(super) fn new(book: &Book<'_>) -> Self {
        let (action, example) = choose(book);
        let Chosen { params, own, send } = Chosen::new(book, action, example);
        let bad = request_without_params(action);
        let unknown = unknown(book, &action.name);
        let (verb, verb_example) = chatty(book);
        let said = Chosen::new(book, verb, verb_example);
        let none = Map::new();
        Self {
            good_words: in_words(&send, &action.name, &own),
            good_json: in_json(&action.name, &params, &own),
            bad_words: in_words(&action.name, &action.name, &line::failure(&bad.0, false)),
            bad_json: in_json(&action.name, &none, &line::failure(&bad.1, true)),
            unknown_words: in_words(&unknown.0, &unknown.0, &line::failure(&unknown.1, false)),
            unknown_json: in_json(&unknown.0, &none, &line::failure(&unknown.1, true)),
            verb_json: in_json(&verb.name, &said.params, &said.own),
        }
    }
}

/// An example's request and reply, in parts.
pub(super) struct Chosen {
    pub(super) params: Map<String, Value>,
    pub(super) own: Map<String, Value>,
    send: String,
}

impl Chosen {
    pub(super) fn new(book: &Book<'_>, action: &Action, example: Option<&Example>) -> Self {
        let request = example.and_then(|example| Request::read(book, &example.send, &Saved::new()));
        Self {
            params: request.map(|request| request.params).unwrap_or_default(),
            own: match example.map(|example| &example.reply) {
                Some(ExampleReply::Fields(fields)) => sample::fill(fields),
                _ => Map::new(),
            },
            send: example
                .map_or(&action.name, |example| &example.send)
                .clone(),
        }
    }
}

/// The action that shows most: a required param, and a success in word form. A verb when the spec has none.
fn choose<'s>(book: &Book<'s>) -> (&'s Action, Option<&'s Example>) {
    let own = book.spec.actions.iter();
    let shown = own
        .chain(&book.verbs.actions)
        .find_map(|action| Some((action, Some(typed_success(action)?))));
    shown.unwrap_or((&book.verbs.actions[0], None))
}

/// A verb with an argument, and its example.
fn chatty<'s>(book: &Book<'s>) -> (&'s Action, Option<&'s Example>) {
    let verbs = book.verbs.actions.iter().rev();
    let shown = verbs
        .filter_map(|verb| Some((verb, Some(typed_success(verb)?))))
        .next();
    shown.unwrap_or((&book.verbs.actions[0], None))
}

/// The first example that types its required params and succeeds at once.
pub(super) fn typed_success(action: &Action) -> Option<&Example> {
    action.own_params().iter().find(|param| param.required)?;
    action.examples.iter().find(|example| {
        let typed =
            !example.send.trim_start().starts_with('{') && example.send.contains([' ', '\t']);
        typed && example.before.is_empty() && matches!(example.reply, ExampleReply::Fields(_))
    })
}

/// What the request without any param is told in word form and in JSON form.
pub(super) fn request_without_params(action: &Action) -> (Fault, Fault) {
    let bound = actionline_specs::bind_object(&action.params, "{}");
    let json = bound.err().unwrap_or_else(|| Fault::params(Vec::new()));
    match action.usage {
        Some(_) => (action.usage_fault(), json),
        None => (json.clone(), json),
    }
}

/// A slip of the fingers, and what it is told.
fn unknown(book: &Book<'_>, name: &str) -> (String, Fault) {
    let slip = format!("{name}s");
    let fault = book.unknown(&slip);
    (slip, fault)
}

/// The request in word form, answered on a fresh connection.
fn in_words(send: &str, name: &str, own: &Map<String, Value>) -> String {
    exchange(send, &line::reply(name, own, None, 1))
}

/// The request in JSON form with a `messageId`, answered on a fresh connection.
fn in_json(name: &str, params: &Map<String, Value>, own: &Map<String, Value>) -> String {
    let label = json!("1");
    let send = line::request(name, params, Some(&label));
    exchange(&send.to_string(), &line::reply(name, own, Some(&label), 1))
}
