//! An example of the spec, shown in word form and in JSON form.

use super::sample;
use super::verified::Passed;
use actionline_specs::transcript::{self, Answer, Book, Forms, Onlooker, with_samples};
use actionline_specs::{Action, Example};
use serde::Serialize;
use serde_json::Value;

/// An example with everything that is sent and comes back.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ExampleView {
    /// Its title; empty when it has none.
    pub(crate) title: String,
    /// It was run against the server in each of its forms, and passed.
    pub(crate) verified: bool,
    /// Typed as words.
    #[serde(skip)]
    pub(crate) words: Option<Exchange>,
    /// Sent as JSON.
    #[serde(skip)]
    pub(crate) json: Option<Exchange>,
    /// Typed as words and sent as JSON, where it can be; together when they happen under the same conditions.
    forms: Vec<Exchange>,
    /// Who else is there, and what they get.
    pub(crate) others: Vec<OtherView>,
}

/// Another client.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OtherView {
    pub(crate) name: String,
    /// Lines it has sent, whose replies are not shown.
    pub(crate) before: Vec<String>,
    /// `< line` for each line that it gets; empty for none.
    pub(crate) text: String,
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
    pub(super) fn new(
        book: &Book<'_>,
        action: &Action,
        index: usize,
        example: &Example,
        passed: &Passed<'_>,
    ) -> Self {
        let forms = Forms::new(book, &with_samples(example));
        let sent = [false, true]
            .into_iter()
            .filter(|json| forms.form(*json).is_some());
        let verified = passed.has_example(book.is_verb(action), &action.name, index, sent);
        let others = forms.words.as_ref().or(forms.json.as_ref());
        let others = others.map_or(&[][..], |exchange| &exchange.others);
        let others = others.iter().map(OtherView::new).collect();
        let word = forms.words.map(Exchange::new);
        let json = forms.json.map(Exchange::new);
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
            verified,
            words,
            json: typed,
            forms,
            others,
        }
    }
}

impl OtherView {
    fn new(other: &Onlooker) -> Self {
        Self {
            name: other.name.clone(),
            before: other.before.clone(),
            text: heard(&other.hears).join("\n"),
        }
    }
}

/// Lines as a client gets them.
fn heard(lines: &[Value]) -> Vec<String> {
    let shown = |line| format!("< {}", sample::cut(&sample::fill_value("", line)));
    lines.iter().map(shown).collect()
}

impl Exchange {
    fn new(exchange: transcript::Exchange) -> Self {
        let (text, bytes) = match &exchange.answer {
            Answer::Line(line) => {
                let reply = sample::cut(&sample::fill_value("", line));
                let mut lines = vec![self::exchange(&exchange.send, &reply)];
                lines.extend(heard(&exchange.hears));
                (lines.join("\n"), None)
            }
            Answer::Bytes(bytes) => (
                format!("> {}", exchange.send),
                Some(BytesView::new(bytes.clone())),
            ),
        };
        Self {
            before: exchange.before,
            text,
            bytes,
        }
    }
}

impl BytesView {
    fn new(text: String) -> Self {
        let size = match text.len() {
            1 => "1 byte".to_owned(),
            size => format!("{size} bytes"),
        };
        Self { size, text }
    }
}

/// What goes to and fro, as the page shows it.
pub(super) fn exchange(send: &str, reply: &str) -> String {
    format!("> {send}\n< {reply}")
}
