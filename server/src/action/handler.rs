//! What `#[action]` and `actions!` generate, as plain data.

use crate::action::{AsyncCall, States};
use crate::connection::Connection;
use crate::files::FileReply;
use actionline_specs::{Action, Diagnostics, Fault, Slot, Source, Spec, load_from};
use std::sync::Arc;

/// A spec together with the functions that handle its actions. `actions!` makes one.
#[derive(Debug)]
pub struct ActionSet {
    /// The crate it is part of.
    pub package: &'static str,
    /// The spec's path as shown in messages.
    pub file: &'static str,
    /// The spec's text, as it was at compile time.
    pub text: &'static str,
    /// The files it includes: their paths from its folder, and their texts.
    pub included: &'static [(&'static str, &'static str)],
    /// One handler for each declared action whose `feature` is on.
    pub handlers: &'static [Handler],
}

impl ActionSet {
    /// Reads the spec, without the actions whose `feature` is off.
    ///
    /// # Errors
    /// Everything that is wrong with it; `actions!` refuses such a spec at compile time.
    pub fn spec(&self) -> Result<Spec, Diagnostics> {
        let mut spec = load_from(Source::new(self.file, self.text), |path| {
            let file = self.included.iter().find(|(name, _)| *name == path);
            let text = file.map(|(_, text)| (*text).to_owned());
            text.ok_or_else(|| "it is not part of the program".to_owned())
        })?;
        spec.actions
            .retain(|action| action.feature.is_none() || self.handler(&action.name).is_some());
        Ok(spec)
    }

    /// Where an action is declared, and in which crate, for these may have a file of the same name.
    pub(crate) fn place(&self, spec: &Spec, action: &Action) -> String {
        format!("{} of {}", spec.source.locate(action.at), self.package)
    }

    /// The handler of an action.
    pub(crate) fn handler(&self, name: &str) -> Option<&Handler> {
        self.handlers.iter().find(|handler| handler.name == name)
    }
}

/// One action's handler.
#[derive(Debug, Clone, Copy)]
pub struct Handler {
    /// The action's name on the wire.
    pub name: &'static str,
    /// The function.
    pub call: Call,
    /// Says whether the application state that the function takes has been given to the server; the error is the
    /// type's name.
    pub needs: fn(&States) -> Result<(), &'static str>,
}

/// How a handler is called.
#[derive(Debug, Clone, Copy)]
pub enum Call {
    /// In place, straight into the connection's output.
    Sync(SyncCall),
    /// As a future that the connection's task polls.
    Async(AsyncCall),
}

/// A handler called in place. Appends exactly one JSON object when it answers [`Outcome::Fields`].
pub type SyncCall = for<'a> fn(Cx<'a>, &'a [Slot<'a>], &mut Vec<u8>) -> Outcome;

/// Who calls, for a handler called in place.
#[derive(Debug, Clone, Copy)]
pub struct Cx<'a> {
    /// The connection the request came from.
    pub conn: &'a Arc<Connection>,
}

/// What a handler did.
#[derive(Debug)]
pub enum Outcome {
    /// It appended its reply's fields as one JSON object; `{}` is answered as `status: "OK"`.
    Fields,
    /// It answers a file.
    File(FileReply),
    /// It refused.
    Fault(Fault),
}

/// What a handler without application state needs.
///
/// # Errors
/// None.
pub fn needs_nothing(_: &States) -> Result<(), &'static str> {
    Ok(())
}
