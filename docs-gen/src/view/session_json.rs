//! The session of `session` once more, as a program has it: in JSON, where every request says all by itself.

use super::guide::{Chosen, request_without_params};
use super::session::{plain, with_params};
use super::tables::line_of;
use super::{example, line};
use actionline_specs::transcript::Book;
use actionline_specs::{Action, Example};
use serde_json::{Map, Value, json};

/// The session: the welcome, then requests and replies, numbered on.
pub(super) fn transcript(book: &Book<'_>) -> String {
    let mut lines = vec![format!("< {}", line_of(book, "welcome"))];
    let verb = |name| {
        let verb = book.verb(name)?;
        let mut examples = verb.examples.iter();
        Some((verb, examples.find(|it| it.before.is_empty())?))
    };
    let mut ask = |action: &Action, params: &Map<String, Value>, own: &Map<String, Value>| {
        let count = lines.len() as u64;
        let label = json!(count.to_string());
        let send = line::request(&action.name, params, Some(&label)).to_string();
        let reply = line::reply(&action.name, own, Some(&label), count);
        lines.push(example::exchange(&send, &reply));
    };
    let mut show = |(action, example): (&Action, &Example), first_without: bool| {
        let Chosen { params, own, .. } = Chosen::new(book, action, Some(example));
        if first_without {
            let fault = request_without_params(action).1;
            ask(action, &Map::new(), &line::failure(&fault, true));
        }
        ask(action, &params, &own);
    };
    if let Some(shown) = verb("detailsView") {
        show(shown, false);
    }
    if let Some(shown) = plain(book) {
        show(shown, false);
    }
    if let Some(shown) = with_params(book) {
        show(shown, true);
    }
    for name in ["say", "quit"] {
        if let Some(shown) = verb(name) {
            show(shown, false);
        }
    }
    lines.join("\n")
}
