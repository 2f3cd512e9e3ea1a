//! An example of the spec, shown in word form and in JSON form.

use super::book::Book;
use super::request::{Request, Saved, save};
use super::{line, sample};
use actionline_specs::request::{self, parse};
use actionline_specs::{Code, Example, ExampleReply, Fault};
use serde::Serialize;
use serde_json::json;

/// An example with everything that is sent and comes back.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ExampleView {
    /// Its title; empty when it has none.
    pub(crate) title: String,
    /// Typed as words.
    #[serde(skip)]
    pub(crate) words: Option<Exchange>,
    /// Sent as JSON.
    #[serde(skip)]
    pub(crate) json: Option<Exchange>,
    /// Typed as words and sent as JSON, where it can be; together when they happen under the same conditions.
    forms: Vec<Exchange>,
}

/// One request and its answer, on a connection that has sent nothing but `before`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Exchange {
    /// Lines sent first, whose replies are not shown.
    pub(crate) before: Vec<String>,
    /// `> request`, and `< reply` if the reply is a line.
    pub(crate) text: String,
    /// The answer's bytes, if it is a file.
    pub(crate) bytes: Option<BytesView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct BytesView {
    /// How many, in words.
    pub(crate) size: String,
    pub(crate) text: String,
}

impl ExampleView {
    pub(super) fn new(book: &Book<'_>, example: &Example) -> Self {
        let is_json = example.send.trim_start().starts_with('{');
        let word = (!is_json).then(|| word_form(book, example));
        let json = json_form(book, example, is_json);
        let (words, typed) = (word.clone(), json.clone());
        let forms = match (word, json) {
            (Some(word), Some(json)) if word.before == json.before && word.bytes == json.bytes => {
                let text = format!("{}\n\n{}", word.text, json.text);
                vec![Exchange { text, ..word }]
            }
            (word, json) => word.into_iter().chain(json).collect(),
        };
        Self {
            title: example.title.clone(),
            words,
            json: typed,
            forms,
        }
    }
}

fn word_form(book: &Book<'_>, example: &Example) -> Exchange {
    let typed = parse(example.send.as_bytes()).ok().flatten();
    let typed = typed
        .as_ref()
        .map_or(example.send.as_str(), request::Request::name);
    // By an alias or not, the answer is the same.
    let name = book
        .find(typed)
        .map_or(typed, |target| target.name.as_str());
    let own = match &example.reply {
        ExampleReply::Fields(fields) => sample::fill(fields),
        ExampleReply::Error(text) => line::failure(&Fault::declared("", text.clone()), false),
        ExampleReply::Bytes(bytes) => return file(example.before.clone(), &example.send, bytes),
    };
    let count = 1 + example.before.len() as u64;
    let reply = line::reply(name, &own, None, count);
    answered(example.before.clone(), &example.send, &reply)
}

fn json_form(book: &Book<'_>, example: &Example, is_json: bool) -> Option<Exchange> {
    let mut saved = Saved::new();
    let mut before = example.before.clone();
    let first = Request::read(book, &example.send, &saved)?;
    if !is_json && !book.is_verb(first.target) {
        // Nothing sticks to a JSON request: what the lines before it saved has to stand in the request itself.
        before.retain(|text| !save(book, text, &mut saved));
    }
    let request = Request::read(book, &example.send, &saved)?;
    let label = match &request.label {
        None if !is_json => Some(json!("1")),
        label => label.clone(),
    };
    let send = match (is_json, &label) {
        (false, Some(label)) => request.json(label),
        _ => example.send.clone(),
    };
    let own = match &example.reply {
        ExampleReply::Fields(fields) => sample::fill(fields),
        ExampleReply::Error(text) => line::failure(&fault(&request, text)?, true),
        ExampleReply::Bytes(bytes) => return Some(file(before, &send, bytes)),
    };
    let count = 1 + before.len() as u64;
    let reply = line::reply(&request.target.name, &own, label.as_ref(), count);
    Some(answered(before, &send, &reply))
}

/// The fault behind an example's error text; nothing when it cannot happen in JSON form.
fn fault(request: &Request<'_>, text: &str) -> Option<Fault> {
    if let Some(fault) = request.fault() {
        return Some(fault);
    }
    let declared = request.target.errors.iter().find(|error| error.fits(text));
    let code = match declared {
        Some(error) => error.code.clone(),
        None => (text == Code::InternalError.template())
            .then(|| Code::InternalError.word().to_owned())?,
    };
    Some(Fault::declared(code, text.to_owned()))
}

/// What goes to and fro, as the page shows it.
pub(super) fn exchange(send: &str, reply: &str) -> String {
    format!("> {send}\n< {reply}")
}

fn answered(before: Vec<String>, send: &str, reply: &str) -> Exchange {
    Exchange {
        before,
        text: exchange(send, reply),
        bytes: None,
    }
}

fn file(before: Vec<String>, send: &str, bytes: &str) -> Exchange {
    let size = match bytes.len() {
        1 => "1 byte".to_owned(),
        size => format!("{size} bytes"),
    };
    Exchange {
        before,
        text: format!("> {send}"),
        bytes: Some(BytesView {
            size,
            text: bytes.to_owned(),
        }),
    }
}
