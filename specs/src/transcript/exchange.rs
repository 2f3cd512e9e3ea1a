//! One request of an example with its answer, in each form.

use super::request::{Request, Saved, save};
use super::{Book, line};
use crate::request::{self, parse};
use crate::{Code, Example, ExampleReply, Fault, Heard, Other};
use serde_json::{Value, json};

/// An example in each form in which it can be said.
#[derive(Debug, Clone, PartialEq)]
pub struct Forms {
    /// Typed as words; nothing when it was written in JSON form.
    pub words: Option<Exchange>,
    /// As JSON; nothing when it shows what cannot happen there, such as a verb's missing argument.
    pub json: Option<Exchange>,
}

/// One request and its answer, on a fresh connection that has read its welcome and sent nothing but `before`.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// Lines sent first. Each is answered by one line, or by the bytes of a file.
    pub before: Vec<String>,
    /// The line it is about.
    pub send: String,
    /// What comes back.
    pub answer: Answer,
    /// The whole lines that come besides, after the answer.
    pub hears: Vec<Value>,
    /// Who else is there.
    pub others: Vec<Onlooker>,
}

/// Another client, who has connected before.
#[derive(Debug, Clone, PartialEq)]
pub struct Onlooker {
    /// What the example calls it.
    pub name: String,
    /// What it sends first. Each line is answered by one line, or by the bytes of a file.
    pub before: Vec<String>,
    /// Every whole line it is sent from then on.
    pub hears: Vec<Value>,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The whole line. A string such as `<int>` is a matcher (see [`crate::Matcher`]).
    Line(Value),
    /// The bytes of a file, as text.
    Bytes(String),
}

impl Forms {
    /// Both forms of an example. What a request in word form takes from lines before it stands in the JSON request itself.
    pub fn new(book: &Book<'_>, example: &Example) -> Self {
        let is_json = example.send.trim_start().starts_with('{');
        Self {
            words: (!is_json).then(|| in_words(book, example)),
            json: in_json(book, example, is_json),
        }
    }

    /// One of the forms, if the example can be said in it.
    pub fn form(&self, json: bool) -> Option<&Exchange> {
        match json {
            true => self.json.as_ref(),
            false => self.words.as_ref(),
        }
    }
}

fn in_words(book: &Book<'_>, example: &Example) -> Exchange {
    let typed = parse(&example.send).ok().flatten();
    let typed = typed
        .as_ref()
        .map_or(example.send.as_str(), request::Request::name);
    // By an alias or not, the answer is the same.
    let name = book
        .find(typed)
        .map_or(typed, |target| target.name.as_str());
    let before = example.before.clone();
    let count = 1 + book.answers(&before);
    let answer = match &example.reply {
        ExampleReply::Fields(fields) => Answer::Line(line::reply(name, fields, None, count)),
        ExampleReply::Error(text) => {
            let own = line::failure(&Fault::declared("", text.clone()), false);
            Answer::Line(line::reply(name, &own, None, count))
        }
        ExampleReply::Bytes(bytes) => Answer::Bytes(bytes.clone()),
    };
    Exchange::new(book, example, before, example.send.clone(), answer)
}

impl Exchange {
    fn new(
        book: &Book<'_>,
        example: &Example,
        before: Vec<String>,
        send: String,
        answer: Answer,
    ) -> Self {
        // File bytes take no number.
        let own = u64::from(matches!(answer, Answer::Line(_)));
        Self {
            hears: numbered(&example.hears, 1 + book.answers(&before) + own),
            before,
            send,
            answer,
            others: example
                .others
                .iter()
                .map(|other| Onlooker::new(book, other))
                .collect(),
        }
    }
}

impl Onlooker {
    fn new(book: &Book<'_>, other: &Other) -> Self {
        Self {
            name: other.name.clone(),
            before: other.before.clone(),
            hears: numbered(&other.hears, 1 + book.answers(&other.before)),
        }
    }
}

/// Lines with their numbers.
fn numbered(heard: &[Heard], first: u64) -> Vec<Value> {
    let lines = heard.iter().zip(first..).map(|(heard, count)| {
        let mut line = heard.line.clone();
        line.insert("messageCount".to_owned(), json!(count));
        Value::Object(line)
    });
    lines.collect()
}

fn in_json(book: &Book<'_>, example: &Example, is_json: bool) -> Option<Exchange> {
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
        ExampleReply::Fields(fields) => fields.clone(),
        ExampleReply::Error(text) => line::failure(&fault(book, &request, text)?, true),
        ExampleReply::Bytes(bytes) => {
            let answer = Answer::Bytes(bytes.clone());
            return Some(Exchange::new(book, example, before, send, answer));
        }
    };
    let count = 1 + book.answers(&before);
    let line = line::reply(&request.target.name, &own, label.as_ref(), count);
    Some(Exchange::new(
        book,
        example,
        before,
        send,
        Answer::Line(line),
    ))
}

/// The fault behind an example's error text; nothing when it cannot happen in JSON form.
fn fault(book: &Book<'_>, request: &Request<'_>, text: &str) -> Option<Fault> {
    if let Some(fault) = request.fault() {
        return Some(fault);
    }
    // A verb can be asked about a name that nothing has.
    let names = request.params.values().filter_map(Value::as_str);
    if let Some(unknown) = names
        .map(|name| book.unknown(name))
        .find(|fault| book.is_verb(request.target) && fault.message == text)
    {
        return Some(unknown);
    }
    let declared = request.target.errors.iter().find(|error| error.fits(text));
    let code = match declared {
        Some(error) => error.code.clone(),
        None => (text == Code::InternalError.template())
            .then(|| Code::InternalError.word().to_owned())?,
    };
    Some(Fault::declared(code, text.to_owned()))
}
