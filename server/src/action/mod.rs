//! Between dispatch and a user's function: what a handler is, how its arguments and its reply are made.

mod agree;
mod context;
mod declared;
mod error;
mod fit;
mod handler;
mod json;
mod object;
mod param;
mod param_value;
mod registry;
mod reply;
mod reply_value;
mod shape;
#[cfg(test)]
mod tests;
mod text;
mod waiting;

pub use crate::state::{State, States};
pub use agree::{
    answers, declares_error, declares_field, fits_argument, fits_field, fits_sent, needs_none,
    refuses,
};
pub use context::FromContext;
pub use declared::{Checks, Declared, DeclaredError, Declares, Refusal, Success};
pub use error::{ActionError, Failure, refuse, value};
pub use handler::{ActionSet, Call, Cx, Handler, Outcome, SyncCall, needs_nothing};
pub use json::Json;
pub use object::{Fields, Name, append_struct, serialize_struct};
pub use param::{Bound, FromParam, kind, take};
pub use param_value::{Members, ParamValue, TakeAnything, TakeValue, Taken};
pub use registry::{Found, Lists, Registered, Thing, Wanted, pick, settle};
pub use reply::{AnswerAnything, AnswerReply, IntoReply, Returned, append_fields, write_untyped};
pub use reply_value::{ReplyStruct, ReplyValue, WriteAnything, WriteValue, Written};
pub use shape::{Choice, Expected, Member, Shape, Struct, Way, expected, member};
pub use waiting::{Answered, Answering, AsyncCall, Memory, OwnedCx, place};
pub(crate) use waiting::{begin, give_back};
