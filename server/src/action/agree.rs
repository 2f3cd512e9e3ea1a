//! The checks of a return type against the spec, run by the compiler. Each answers the first mistake it finds.

use super::declared::{Declared, DeclaredError, DeclaredField, Refusal, ReplyField, Success};
use super::text::{Text, same};

/// Says whether a return type ([`IntoReply`](super::IntoReply)) answers what the spec declares.
///
/// # Panics
/// If not; the text says why. In a `const` this is a compile error.
#[track_caller]
pub const fn agree(answers: Success, refuses: &[Refusal], declared: &Declared) {
    if let Some(why) = success(answers, declared) {
        panic!("{}", why.as_str());
    }
    if let Some(why) = refusals(refuses, declared) {
        panic!("{}", why.as_str());
    }
    let mut i = 0;
    while i < declared.errors.len() {
        let error = &declared.errors[i];
        if !can_answer(refuses, error.code) {
            panic!("{}", unused(declared, error).as_str());
        }
        i += 1;
    }
}

const fn success(success: Success, declared: &Declared) -> Option<Text> {
    let Declared { at, name, .. } = *declared;
    match (success, declared.file) {
        (Success::File, true) => None,
        (Success::File, false) => Some(Text::of(&[
            at,
            ": `",
            name,
            "` does not declare `returns: file`: return its fields instead of a `FileReply`",
        ])),
        (_, true) => Some(Text::of(&[
            at,
            ": `",
            name,
            "` declares `returns: file`: return a `FileReply` or a `Result` of one",
        ])),
        (Success::Untyped, false) => None,
        (Success::Fields(have), false) => fields(have, declared),
    }
}

const fn fields(have: &[ReplyField], declared: &Declared) -> Option<Text> {
    let mut i = 0;
    while i < have.len() {
        if find(declared.fields, have[i].name).is_none() {
            return Some(undeclared_field(have[i].name, declared));
        }
        i += 1;
    }
    let mut i = 0;
    while i < declared.fields.len() {
        let DeclaredField { name, at, required } = declared.fields[i];
        let mut there = false;
        let mut j = 0;
        while j < have.len() {
            if same(have[j].name, name) {
                there = true;
                if required && have[j].optional {
                    return Some(Text::of(&[
                        at,
                        ": `",
                        name,
                        "` is always in the reply: its type may not be an `Option`, or the spec must say `required: false`",
                    ]));
                }
            }
            j += 1;
        }
        if required && !there {
            return Some(Text::of(&[
                at,
                ": `",
                declared.name,
                "` returns `",
                name,
                "`, but this return type has no such field",
            ]));
        }
        i += 1;
    }
    None
}

const fn find(fields: &[DeclaredField], name: &str) -> Option<usize> {
    let mut i = 0;
    while i < fields.len() {
        if same(fields[i].name, name) {
            return Some(i);
        }
        i += 1;
    }
    None
}

const fn undeclared_field(name: &str, declared: &Declared) -> Text {
    let mut text = Text::of(&[
        declared.at,
        ": `",
        declared.name,
        "` returns no field `",
        name,
        "`; its `returns` declares: ",
    ]);
    if declared.fields.is_empty() {
        return text.push("nothing");
    }
    let mut i = 0;
    while i < declared.fields.len() {
        text = text
            .push(if i == 0 { "" } else { ", " })
            .push(declared.fields[i].name);
        i += 1;
    }
    text
}

const fn refusals(refusals: &[Refusal], declared: &Declared) -> Option<Text> {
    let mut i = 0;
    while i < refusals.len() {
        let found = match refusals[i] {
            Refusal::Nested(inner) => self::refusals(inner, declared),
            Refusal::Code { code, fields } => refusal(code, fields, declared),
        };
        if found.is_some() {
            return found;
        }
        i += 1;
    }
    None
}

const fn refusal(code: &str, fields: &[&str], declared: &Declared) -> Option<Text> {
    let mut i = 0;
    while i < declared.errors.len() {
        if same(declared.errors[i].code, code) {
            return placeholders(&declared.errors[i], fields);
        }
        i += 1;
    }
    let mut text = Text::of(&[
        declared.at,
        ": `",
        declared.name,
        "` declares no error `",
        code,
        "`; its `errors` declares: ",
    ]);
    if declared.errors.is_empty() {
        return Some(text.push("nothing"));
    }
    let mut i = 0;
    while i < declared.errors.len() {
        text = text
            .push(if i == 0 { "" } else { ", " })
            .push(declared.errors[i].code);
        i += 1;
    }
    Some(text)
}

/// Every `{name}` of the text must have a value.
const fn placeholders(error: &DeclaredError, fields: &[&str]) -> Option<Text> {
    let mut rest = error.template;
    while let Some(open) = position(rest, b'{') {
        rest = rest.split_at(open + 1).1;
        let Some(close) = position(rest, b'}') else {
            return None;
        };
        let (name, after) = rest.split_at(close);
        rest = after;
        let mut there = false;
        let mut i = 0;
        while i < fields.len() {
            there = there || same(fields[i], name);
            i += 1;
        }
        if !there {
            return Some(Text::of(&[
                error.at,
                ": the message of `",
                error.code,
                "` has {",
                name,
                "}, but the error's variant has no such field to fill it",
            ]));
        }
    }
    None
}

const fn position(text: &str, wanted: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == wanted {
            return Some(i);
        }
        i += 1;
    }
    None
}

const fn can_answer(refusals: &[Refusal], wanted: &str) -> bool {
    let mut i = 0;
    while i < refusals.len() {
        let found = match refusals[i] {
            Refusal::Nested(inner) => can_answer(inner, wanted),
            Refusal::Code { code, .. } => same(code, wanted),
        };
        if found {
            return true;
        }
        i += 1;
    }
    false
}

const fn unused(declared: &Declared, error: &DeclaredError) -> Text {
    Text::of(&[
        error.at,
        ": `",
        declared.name,
        "` declares the error `",
        error.code,
        "`, but this return type never answers it: give its error enum such a variant",
    ])
}
