//! The checks of a return type against the spec, run by the compiler. Each answers the first mistake it finds.

use super::declared::{Declared, DeclaredError, Refusal, Success};
use super::fit::{Whose, field, find, misfit, missing, names, rename};
use super::shape::{Expected, Member, Shape, Way};
use super::text::{Text, alike, same};

/// Says whether a success is what the spec declares, but for the fields that [`declares_field`] and [`fits_field`]
/// are asked about.
///
/// # Panics
/// If not; the text says why. In a `const` this is a compile error.
#[track_caller]
pub const fn answers(success: Success, declared: &'static Declared) {
    if let Some(why) = unanswered(success, declared) {
        panic!("{}", why.as_str());
    }
}

const fn unanswered(success: Success, declared: &'static Declared) -> Option<Text> {
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
        (Success::Fields(have), false) => {
            missing(have.members, declared.fields, Way::Reply, have.name)
        }
    }
}

/// Says whether the spec declares a reply's field.
///
/// # Panics
/// If not. In a `const` this is a compile error.
#[track_caller]
pub const fn declares_field(declared: &'static Declared, member: &Member) {
    // That a file is wanted is the mistake then.
    if declared.file || find(declared.fields, member.name).is_some() {
        return;
    }
    let why = Text::of(&[
        declared.at,
        ": `",
        declared.name,
        "` returns no field `",
        member.name,
        "`; its `returns` declares: ",
    ]);
    let why = names(why, declared.fields);
    panic!(
        "{}",
        rename(why, member, declared.fields, Way::Reply).as_str()
    );
}

/// Says whether the type of a reply's field is what the spec declares.
///
/// # Panics
/// If not. In a `const` this is a compile error.
#[track_caller]
pub const fn fits_field(declared: &'static Declared, member: &Member) {
    if let Some(want) = find(declared.fields, member.name) {
        fits_sent(want, member);
    }
}

/// Says whether the type of a field is what the spec declares of a value that goes to the client.
///
/// # Panics
/// If not. In a `const` this is a compile error.
#[track_caller]
pub const fn fits_sent(want: &Expected, member: &Member) {
    if let Some(why) = field(member, want, Way::Reply) {
        panic!("{}", why.as_str());
    }
}

/// Says whether the type of an argument holds what the spec declares. `text` is what to say if it does not, but for what
/// is within it.
///
/// # Panics
/// If not. In a `const` this is a compile error.
#[track_caller]
pub const fn fits_argument(want: &Expected, shape: Shape, text: &str) {
    if let Some(why) = misfit(&shape, want, Whose::Argument(text), Way::Param) {
        panic!("{}", why.as_str());
    }
}

/// Says whether an argument can be made without a connection. `text` is what to say if it cannot.
///
/// # Panics
/// If not. In a `const` this is a compile error.
#[track_caller]
pub const fn needs_none(connection: bool, text: &str) {
    if connection {
        panic!("{}", text);
    }
}

/// Says whether the spec declares an error with this code, whose text needs no more than these values.
///
/// # Panics
/// If not. In a `const` this is a compile error.
#[track_caller]
pub const fn declares_error(declared: &'static Declared, code: &str, fields: &[&str]) {
    if let Some(why) = refusal(code, fields, declared) {
        panic!("{}", why.as_str());
    }
}

/// Says whether each declared error can be answered. Where [`answers`] has found the wrong kind of reply, that is all.
///
/// # Panics
/// If not. In a `const` this is a compile error.
#[track_caller]
pub const fn refuses(success: Success, refuses: &[Refusal], declared: &Declared) {
    if matches!(success, Success::File) != declared.file {
        return;
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
    let mut i = 0;
    while i < declared.errors.len() {
        let meant = declared.errors[i].code;
        if alike(meant, code) {
            text = text
                .push("; write `#[error(code = \"")
                .push(meant)
                .push("\")]` at the variant");
        }
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
            Refusal::Any => true,
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
