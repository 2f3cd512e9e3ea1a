//! What several clients in one room see, put together from the verb's example and the table of messages.

use super::tables::message_line;
use super::{line, sample};
use actionline_specs::transcript::Book;
use actionline_specs::{ExampleReply, wire};

/// One speaks, the others hear it. `name> line` is sent by a client, `name< line` is what it gets.
pub(super) fn talk(book: &Book<'_>) -> String {
    let said = book.verb("say").and_then(|verb| {
        let mut examples = verb.examples.iter();
        examples.find_map(|example| match &example.reply {
            ExampleReply::Fields(fields) => Some((verb, example, sample::fill(fields))),
            _ => None,
        })
    });
    let message = wire::MESSAGES
        .iter()
        .find(|message| message.context == wire::USER);
    let (Some((verb, example, own)), Some(message)) = (said, message) else {
        return String::new();
    };
    let heard = message_line(book, message, 1);
    let reply = line::reply(&verb.name, &own, None, 1);
    [
        format!("ann> {}", example.send),
        format!("bob< {heard}"),
        format!("cid< {heard}"),
        format!("ann< {reply}"),
    ]
    .join("\n")
}
