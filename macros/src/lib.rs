//! The macros of actionline. Use them through the `actionline` crate, which re-exports them.
//!
//! `#[action]`: attr → signature → resolve (against the spec) → expand. `actions!`: registry. The derives: reply, push,
//! param, error.

mod attr;
mod body;
mod describe;
mod error;
mod expand;
mod expected;
mod handle;
mod locate;
mod names;
mod obligation;
mod param;
mod push;
mod push_spec;
mod refused;
mod registry;
mod reply;
mod resolve;
mod search;
mod signature;
mod spec;
mod types;

use proc_macro::TokenStream;

/// Makes a function the handler of an action of the spec.
///
/// `actions.yaml` is looked for from the crate's folder upwards, as far as the folder with `Cargo.lock` or `.git`;
/// `#[action(spec = "path")]` names another file. `score_add` handles `scoreAdd`; `#[action("scoreAdd")]` names the
/// action itself. Each argument takes the param of its name (`file_name` takes `fileName`), and each of the action's
/// own params must be taken; `_note` takes `note` and leaves it unused. A required or defaulted param is a plain type,
/// any other an `Option`. Any other argument is a context argument (`FromContext`). The function itself stays as it
/// is.
///
/// A signature that disagrees with the spec does not compile.
#[proc_macro_attribute]
pub fn action(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::action(args.into(), item.into()).into()
}

/// Collects the handlers of a spec: `actions!(pub ACTIONS = "actions.yaml", handlers = [crate::actions]);` makes
/// `pub static ACTIONS: ActionSet`.
///
/// The path is looked for as `#[action]` does. Each declared action must have exactly one handler in the listed
/// modules, and each declared push one type; a module shows those of others by `pub use self::other::*;`.
#[proc_macro]
pub fn actions(input: TokenStream) -> TokenStream {
    registry::actions(input.into()).into()
}

/// Makes a type that a reply, or a part of one, can be; and implements `serde::Serialize` for it.
///
/// - A struct with named fields is a reply, or an object in one. A field of type `Option` is left out when it is `None`.
/// - A struct around one value is that value.
/// - An enum without values is one of its texts.
///
/// Names go to camelCase, `#[reply(rename = "name")]` sets another. The type is compared with `returns` of each action that
/// returns it: a field that is not declared, is missing, or has another type does not compile. `#[reply(untyped)]` at a field
/// leaves its type uncompared; it then needs `serde::Serialize` alone.
#[proc_macro_derive(Reply, attributes(reply))]
pub fn reply(input: TokenStream) -> TokenStream {
    reply::derive(input.into()).into()
}

/// Makes a struct the type of a push: a direct message that the spec declares under `pushes`, for `Handle::send` and
/// `Connection::send`. It implements `serde::Serialize` for it.
///
/// `ScoreChanged` is the push `scoreChanged`; `#[push(name = "scoreChanged")]` names another. The spec is looked for as
/// `#[action]` does, `#[push(spec = "path")]` names another file. The fields are those of a struct that derives `Reply`:
/// `#[push(rename = "name")]` and `#[push(untyped)]` mean what they mean there, and the types of values within derive
/// `Reply`. A handler can answer with a push, too; so a type derives one of the two, not both.
///
/// A push that is not declared does not compile, and neither does a field that is not declared, is missing, or has another
/// type. `actions!` asks for one type for each declared push.
#[proc_macro_derive(Push, attributes(push))]
pub fn push(input: TokenStream) -> TokenStream {
    push::derive(input.into()).into()
}

/// Makes a type that a param, or a part of one, can be taken as.
///
/// - A struct with named fields is a param of `type: object`: its fields are the declared `properties`, an `Option` is one
///   that may be absent.
/// - A struct around one value is a param of that value's type.
/// - An enum without values is a param with an `enum`: its variants are the declared texts.
///
/// Names go to camelCase, `#[param(rename = "name")]` sets another. The type is compared with the spec, both ways, at each
/// action that takes it: it has to hold every value that the spec admits, and to have no field or variant more. Texts within
/// arrays and objects are owned, or `Cow`: JSON may write them with escapes.
#[proc_macro_derive(Param, attributes(param))]
pub fn param(input: TokenStream) -> TokenStream {
    param::derive(input.into()).into()
}

/// Makes an enum the errors of a handler.
///
/// A variant `NotFound { file_name: String }` answers the error `notFound` of the spec, whose text takes `{fileName}`
/// from the field. Values are cut to 64 characters. A variant that wraps one value (`Other(Failure)`) passes on that
/// error type's own errors, and `?` makes it. `#[error(code = "name")]` sets another code.
#[proc_macro_derive(ActionError, attributes(error))]
pub fn action_error(input: TokenStream) -> TokenStream {
    error::derive(input.into()).into()
}
