//! A whole session as a terminal shows it, put together from examples of the verbs and of the spec's actions.

use super::guide::{request_without_params, typed_success};
use super::tables::message_line;
use super::{line, sample};
use actionline_specs::request::{self, Pairs, Request};
use actionline_specs::transcript::Book;
use actionline_specs::{Action, Example, ExampleReply, Matcher, wire};
use serde_json::{Map, Value, json};

/// The session: connect, look around, call an action wrongly and rightly, talk, and get a sign of life.
pub(super) fn transcript(book: &Book<'_>) -> String {
    let mut session = Session::connect(book);
    session.verb("detailsView");
    if let Some((action, example)) = plain(book) {
        session.example(action, example);
    }
    if let Some((action, example)) = with_params(book) {
        session.step_by_step(action, example);
    }
    session.verb("say");
    session.push("keep-alive");
    session.verb("quit");
    session
        .lines
        .push("Connection closed by foreign host.".to_owned());
    session.lines.join("\n")
}

struct Session<'b, 's> {
    book: &'b Book<'s>,
    lines: Vec<String>,
    /// Lines the server has sent.
    count: u64,
}

impl<'b, 's> Session<'b, 's> {
    fn connect(book: &'b Book<'s>) -> Self {
        let (host, port) = wire::ADDRESS.split_once(':').unwrap_or((wire::ADDRESS, ""));
        let mut session = Self {
            book,
            lines: vec![
                format!("$ telnet {host} {port}"),
                format!("Trying {host}..."),
                format!("Connected to {host}."),
                "Escape character is '^]'.".to_owned(),
            ],
            count: 0,
        };
        session.push("welcome");
        session
    }

    /// The server says something unasked.
    fn push(&mut self, name: &str) {
        if let Some(message) = wire::MESSAGES.iter().find(|message| message.name == name) {
            self.lines
                .push(message_line(self.book, message, self.count));
            self.count += 1;
        }
    }

    /// The client types a line and is answered.
    fn ask(&mut self, send: &str, name: &str, own: &Map<String, Value>) {
        self.lines.push(send.to_owned());
        self.lines.push(line::reply(name, own, None, self.count));
        self.count += 1;
    }

    fn example(&mut self, action: &Action, example: &Example) {
        if let ExampleReply::Fields(fields) = &example.reply {
            self.ask(&example.send, &action.name, &sample::fill(fields));
        }
    }

    fn verb(&mut self, name: &str) {
        let Some(verb) = self.book.verb(name) else {
            return;
        };
        if let Some(example) = verb
            .examples
            .iter()
            .find(|example| example.before.is_empty())
        {
            self.example(verb, example);
        }
    }

    /// An action's example by way of saved params: refused without them, then saved one by one, looked at, and used.
    fn step_by_step(&mut self, action: &Action, example: &Example) {
        let refused = line::failure(&request_without_params(action).0, false);
        self.ask(&action.name, &action.name, &refused);
        let mut saved = Map::new();
        saved.insert("action".to_owned(), json!(action.name));
        for param in action.common_params() {
            if let Some(default) = &param.default {
                saved.insert(param.name.clone(), default.value.clone());
            }
        }
        for (key, value) in typed_pairs(action, &example.send) {
            self.ask(&format!("paramAdd {key}={value}"), "paramAdd", &status_ok());
            saved.insert(key.to_owned(), json!(value));
        }
        let mut view = Map::new();
        view.insert("params".to_owned(), Value::Object(saved));
        self.ask("paramsView", "paramsView", &view);
        if let ExampleReply::Fields(fields) = &example.reply {
            self.ask(&action.name, &action.name, &sample::fill(fields));
        }
    }
}

/// The pairs of a request in word form.
fn typed_pairs<'a>(action: &Action, send: &'a str) -> Pairs<'a> {
    match request::parse(send) {
        Ok(Some(Request::Words { rest, .. })) => request::pairs(action, rest).unwrap_or_default(),
        _ => Pairs::new(),
    }
}

fn status_ok() -> Map<String, Value> {
    Map::from_iter([("status".to_owned(), json!(wire::OK))])
}

/// An action that is called by its bare name, and whose reply is shown in full.
pub(super) fn plain<'s>(book: &Book<'s>) -> Option<(&'s Action, &'s Example)> {
    first(book, |action, example| {
        let bare = example.send == action.name && example.before.is_empty();
        bare && matches!(&example.reply, ExampleReply::Fields(fields) if !fields.values().any(is_open))
    })
}

/// An action with params that must be given, and an example that gives them as words.
pub(super) fn with_params<'s>(book: &Book<'s>) -> Option<(&'s Action, &'s Example)> {
    first(book, |action, example| {
        typed_success(action).is_some_and(|typed| std::ptr::eq(typed, example))
    })
}

fn first<'s>(
    book: &Book<'s>,
    fits: impl Fn(&Action, &Example) -> bool,
) -> Option<(&'s Action, &'s Example)> {
    let actions = book.spec.actions.iter();
    let mut examples =
        actions.flat_map(|action| action.examples.iter().map(move |example| (action, example)));
    examples.find(|(action, example)| fits(action, example))
}

/// Whether an example leaves this value open.
fn is_open(value: &Value) -> bool {
    matches!(
        Matcher::of(value),
        Some(Matcher::Array | Matcher::Object | Matcher::Any)
    )
}
