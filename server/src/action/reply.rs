//! Replies made from what a handler returns.

use super::declared::{Declared, Refusal, Success};
use super::object::{Fields, Name};
use super::shape::Struct;
use super::{ActionError, Outcome, ReplyValue};
use crate::error::logged;
use crate::files::FileReply;
use actionline_specs::{Code, Fault};
use serde::Serialize;
use serde_json::{Map, Value};

/// What a handler can return: nothing, a struct that derives `Reply`, a [`FileReply`], an untyped JSON object
/// (`serde_json::Map`), or a `Result` of one of these and an error type that derives `ActionError`.
#[diagnostic::on_unimplemented(
    message = "a handler cannot answer with `{Self}`",
    label = "not a reply",
    note = "return `()`, a struct with `#[derive(actionline::Reply)]`, `FileReply`, `serde_json::Map<String, Value>`, or a `Result` of one of them",
    note = "the error of a `Result` derives `actionline::ActionError`, or is `actionline::Failure`, which any error becomes with `?`"
)]
pub trait IntoReply: Sized {
    /// The type whose fields are compared with `returns`; `()` where there is nothing to compare.
    type Fields;
    /// The type whose codes are compared with `errors`; `()` where there is nothing to compare.
    type Errors;
    /// What it answers on success.
    const SUCCESS: Success;
    /// What it refuses with.
    const REFUSALS: &'static [Refusal] = &[];

    /// Appends one JSON object to `out` if the outcome is [`Outcome::Fields`], else nothing.
    fn into_reply(self, declared: &'static Declared, out: &mut Vec<u8>) -> Outcome;
}

#[diagnostic::do_not_recommend]
impl IntoReply for () {
    type Fields = ();
    type Errors = ();
    const SUCCESS: Success = Success::Fields(&NOTHING);
    fn into_reply(self, _: &'static Declared, out: &mut Vec<u8>) -> Outcome {
        out.extend_from_slice(b"{}");
        Outcome::Fields
    }
}

const NOTHING: Struct = Struct {
    name: "()",
    members: &[],
};

#[diagnostic::do_not_recommend]
impl IntoReply for Map<String, Value> {
    type Fields = ();
    type Errors = ();
    const SUCCESS: Success = Success::Untyped;
    fn into_reply(self, declared: &'static Declared, out: &mut Vec<u8>) -> Outcome {
        written(declared, out, |out| serde_json::to_writer(out, &self))
    }
}

#[diagnostic::do_not_recommend]
impl IntoReply for FileReply {
    type Fields = ();
    type Errors = ();
    const SUCCESS: Success = Success::File;
    fn into_reply(self, _: &'static Declared, _: &mut Vec<u8>) -> Outcome {
        Outcome::File(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: IntoReply<Errors = ()>, E: ActionError> IntoReply for Result<T, E> {
    type Fields = T::Fields;
    type Errors = E::Checked;
    const SUCCESS: Success = T::SUCCESS;
    const REFUSALS: &'static [Refusal] = E::REFUSALS;
    fn into_reply(self, declared: &'static Declared, out: &mut Vec<u8>) -> Outcome {
        match self {
            Ok(value) => value.into_reply(declared, out),
            Err(error) => Outcome::Fault(error.into_fault(declared)),
        }
    }
}

/// Appends a value that is one JSON object. When it cannot be serialised, nothing is appended and the client is told of
/// an internal error.
pub fn append_fields<T: ReplyValue>(
    value: &T,
    declared: &'static Declared,
    out: &mut Vec<u8>,
) -> Outcome {
    written(declared, out, |out| value.append(out))
}

fn written(
    declared: &'static Declared,
    out: &mut Vec<u8>,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), serde_json::Error>,
) -> Outcome {
    let mark = out.len();
    match write(out) {
        Ok(()) => Outcome::Fields,
        Err(error) => {
            out.truncate(mark);
            tracing::error!(
                action = declared.name,
                error = logged(&error.to_string()),
                "the reply cannot be written as JSON"
            );
            Outcome::Fault(Fault::new(Code::InternalError, &[]))
        }
    }
}

/// Writes one field of a reply whose type is not compared with the spec.
///
/// # Errors
/// What `to` says.
pub fn write_untyped<F: Fields, T: Serialize + ?Sized>(
    to: &mut F,
    name: Name,
    value: &T,
) -> Result<(), F::Error> {
    to.untyped(name, value)
}

/// What a handler returned, on its way into the output.
#[derive(Debug)]
pub struct Returned<T>(pub T);

/// Answers what was returned.
pub trait AnswerReply {
    /// Appends the reply's fields, if it has any.
    fn answer(self, declared: &'static Declared, out: &mut Vec<u8>) -> Outcome;
}

impl<T: IntoReply> AnswerReply for Returned<T> {
    fn answer(self, declared: &'static Declared, out: &mut Vec<u8>) -> Outcome {
        self.0.into_reply(declared, out)
    }
}

/// What the compiler falls back to for a type that is no [`IntoReply`]: it has said so elsewhere, and once is enough.
pub trait AnswerAnything: Sized {
    /// Is never called.
    fn answer(self, _: &'static Declared, _: &mut Vec<u8>) -> Outcome {
        Outcome::Fault(Fault::new(Code::InternalError, &[]))
    }
}

impl<T> AnswerAnything for &Returned<T> {}
