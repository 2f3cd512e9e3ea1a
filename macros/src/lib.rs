//! The macros of actionline. Use them through the `actionline` crate, which re-exports them.
//!
//! `#[action]`: attr → signature → resolve (against the spec) → expand. `actions!`: registry. The derives: reply, error.

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
mod registry;
mod reply;
mod resolve;
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
/// modules; a module shows the handlers of others by `pub use self::other::*;`.
#[proc_macro]
pub fn actions(input: TokenStream) -> TokenStream {
    registry::actions(input.into()).into()
}

/// Makes a struct with named fields a reply, and implements `serde::Serialize` for it.
///
/// Field names go to camelCase, `#[reply(rename = "name")]` sets another. A field of type `Option` is left out when it
/// is `None`. The fields are checked against `returns` of each action that returns the type.
#[proc_macro_derive(Reply, attributes(reply))]
pub fn reply(input: TokenStream) -> TokenStream {
    reply::derive(input.into()).into()
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
