//! Whether an example gets the answer that it shows, as far as the spec alone can tell: its request goes the way that a
//! client's goes.

use super::{Fields, Problems};
use crate::grammar::REPLIES;
use crate::model::fits;
use crate::param_fault::SAVED;
use crate::request::{self, Request, pairs};
use crate::{
    Action, Code, Example, ExampleReply, Fault, Mistake, ParamCode, bind_object, bind_words,
    excerpt,
};

/// What comes of a request before any handler sees it.
enum Outcome {
    Refused(Fault),
    /// The handler gets it.
    Runs,
    /// That depends on what the lines before it have saved.
    Unknown,
}

pub(super) fn verdict(
    example: &Example,
    fields: &Fields<'_>,
    action: &Action,
    problems: &mut Problems<'_>,
) {
    let shown = fields.entries.iter();
    let mut shown = shown.filter(|entry| REPLIES.contains(&entry.key.as_str()));
    // A verb has a syntax of its own.
    let (None, Some(send), Some(shown)) = (&action.usage, fields.get("send"), shown.next()) else {
        return;
    };
    let (at, message, help) = match (outcome(example, action), &example.reply) {
        (Outcome::Refused(fault), ExampleReply::Error(text)) if fault.message != *text => (
            shown.value.at,
            format!("the request gets another error: `{}`", fault.message),
            "write that one, or send what gets the error shown".to_owned(),
        ),
        (Outcome::Refused(fault), ExampleReply::Fields(_) | ExampleReply::Bytes(_)) => (
            send.value.at,
            format!("the request is refused: `{}`", cause(&fault)),
            format!(
                "send what the rules take, or show `error` and not `{}`",
                shown.key
            ),
        ),
        (Outcome::Runs, ExampleReply::Error(text)) if !can_say(action, text) => (
            shown.value.at,
            format!(
                "`{}` is no error that `{}` declares, and its rules take the request",
                excerpt(text),
                action.name
            ),
            "declare it under `errors`, or send what breaks a rule".to_owned(),
        ),
        _ => return,
    };
    problems.report(Mistake::WrongReply.at(at, message).help(help));
}

fn outcome(example: &Example, action: &Action) -> Outcome {
    let (bound, words) = match request::parse(&example.send) {
        Ok(Some(Request::Json { params, .. })) => {
            (bind_object(&action.params, params.text).map(drop), false)
        }
        Ok(Some(Request::Words { rest, .. })) => {
            let bound = pairs(action, rest)
                .and_then(|pairs| bind_words(&action.params, &pairs, |_| None).map(drop));
            (bound, true)
        }
        // Told already.
        Ok(None) | Err(_) => return Outcome::Unknown,
    };
    // Only the word form takes what is saved.
    let saved = words && !example.before.is_empty();
    let told = matches!(&example.reply, ExampleReply::Error(text) if text.contains(SAVED));
    match bound {
        _ if saved && told => Outcome::Unknown,
        Ok(()) => Outcome::Runs,
        Err(fault) if saved && lacks(&fault) => Outcome::Unknown,
        Err(fault) => Outcome::Refused(fault),
    }
}

/// Of all that is wrong with a request, what explains most: a misspelt param is also a missing one.
fn cause(fault: &Fault) -> &str {
    let mut params = fault.params.iter();
    let misspelt = params.find(|param| param.code == ParamCode::Unknown.word());
    misspelt.map_or(&fault.message, |param| &param.message)
}

/// Whether a param is missing that may have been saved.
fn lacks(fault: &Fault) -> bool {
    let mut params = fault.params.iter();
    params.any(|param| param.code == ParamCode::Required.word())
}

/// Whether an error can come from the action once its rules have taken the request.
fn can_say(action: &Action, text: &str) -> bool {
    let declared = action.errors.iter().map(|error| error.message.as_str());
    let own = [
        Code::InternalError,
        Code::LimitReached,
        Code::Timeout,
        Code::Overloaded,
        Code::Forbidden,
    ]
    .map(Code::template);
    declared.chain(own).any(|template| fits(template, text))
}
