//! The spec as plain data: what every reader (server, macros, docs) works from.

mod error;
mod shape;

pub use error::ErrorSpec;
pub(crate) use error::fits;
pub use shape::{Field, Placed, Properties, Reference, Schema, SharedSchema};

use crate::{Kind, Lint, Rule, Slot, Source, Span};
use serde_json::{Map, Value};

/// A whole, checked spec.
#[derive(Debug, Clone)]
pub struct Spec {
    /// The file it was read from, with the files it includes.
    pub source: Source,
    /// `info`: what the API is called.
    pub info: Info,
    /// `requires`: the rights that a client needs for whatever does not say otherwise, and to be in a room.
    pub requires: Vec<Placed<String>>,
    /// `common`: params that every action accepts and the word form keeps.
    pub common: Vec<Param>,
    /// `actions` (or `verbs`, in the built-in spec), in declared order.
    pub actions: Vec<Action>,
    /// `pushes`: the direct messages that the application sends, in declared order.
    pub pushes: Vec<Push>,
    /// `schemas`: what is described once and used in several places, in declared order.
    pub schemas: Vec<SharedSchema>,
    /// `lints: { allow: […] }`: what is not told of this spec.
    pub allow: Vec<Placed<Lint>>,
}

impl Spec {
    /// Every example, each with the action it shows.
    pub fn examples(&self) -> impl Iterator<Item = (&Action, &Example)> {
        let actions = self.actions.iter();
        actions.flat_map(|action| action.examples.iter().map(move |example| (action, example)))
    }
}

impl Spec {
    /// The rights that a client needs for one of the spec's actions, or for a verb on its server.
    pub fn rights<'s>(&'s self, action: &'s Action) -> impl Iterator<Item = &'s str> {
        let rights = action.own_rights.as_ref().unwrap_or(&self.requires);
        rights.iter().map(|right| right.value.as_str())
    }
}

/// `info` of a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// `title`: the name in the welcome line.
    pub title: String,
    /// `version` of the API, free text.
    pub version: String,
    /// `description`, Markdown; empty when the spec gives none.
    pub description: String,
}

/// One action, or one built-in verb.
#[derive(Debug, Clone)]
pub struct Action {
    /// The name on the wire.
    pub name: String,
    /// Where the name stands.
    pub at: Span,
    /// Other words that mean the same (verbs only).
    pub aliases: Vec<String>,
    /// How the word form is typed, for example `paramAdd key=value` (verbs only).
    pub usage: Option<String>,
    /// `description`, Markdown; empty when the spec gives none.
    pub description: String,
    /// The action's own params, then the spec's common ones: the order of the handler's slots.
    pub params: Vec<Param>,
    /// How many of `params` are the action's own.
    pub own: usize,
    /// What a success carries.
    pub returns: Returns,
    /// `errors` the action itself can answer with.
    pub errors: Vec<ErrorSpec>,
    /// `examples`: what is sent, what comes back.
    pub examples: Vec<Example>,
    /// `effect`: what a client may do when it does not know whether a request has run.
    pub effect: Effect,
    /// `timeout`: how many seconds it may take; none: as many as the server allows.
    pub timeout: Option<u64>,
    /// `connection: required`: it can only be called on a connection, which a one-shot transport does not have.
    pub needs_connection: bool,
    /// `requires`: the rights that a client needs for it; none: those of the spec that it stands in.
    pub own_rights: Option<Vec<Placed<String>>>,
    /// The rights that a client needs for it, wherever that is said. A verb's are those of the specs it is served with.
    pub requires: Vec<String>,
    /// `feature`: the cargo feature of its crate without which the action is not there.
    pub feature: Option<String>,
    /// `deprecated`.
    pub deprecated: Option<Deprecated>,
    /// `since`: the version of the API that brought it, free text.
    pub since: Option<String>,
    /// `lints: { allow: […] }`: what is not told of this action.
    pub allow: Vec<Placed<Lint>>,
}

/// `effect` of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, std::default::Default)]
pub enum Effect {
    /// `read`: changes nothing; it may be sent again.
    Read,
    /// `idempotent`: doing it twice comes to the same as once; it may be sent again.
    Idempotent,
    /// `write`, and what a spec means when it says nothing: doing it twice is not the same as once.
    #[default]
    Write,
}

impl Effect {
    /// Every effect, in the order docs list them.
    pub const ALL: [Effect; 3] = [Effect::Read, Effect::Idempotent, Effect::Write];

    /// The word in the spec.
    pub const fn word(self) -> &'static str {
        match self {
            Effect::Read => "read",
            Effect::Idempotent => "idempotent",
            Effect::Write => "write",
        }
    }

    /// What it means for a client, for the docs.
    pub const fn meaning(self) -> &'static str {
        match self {
            Effect::Read => "It changes nothing. It may be sent again when no answer came.",
            Effect::Idempotent => {
                "Doing it twice comes to the same as doing it once. It may be sent again when no answer came."
            }
            Effect::Write => {
                "Doing it twice is not the same as doing it once. A client that got no answer does not know whether it was done."
            }
        }
    }
}

/// `deprecated` of an action or a param.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecated {
    /// Where it is said.
    pub at: Span,
    /// What to use instead, Markdown; empty for `deprecated: true`.
    pub text: String,
}

impl Action {
    /// The most that `timeout` can say: a day.
    pub const LONGEST: u64 = 24 * 60 * 60;
    /// The word that `connection` can have.
    pub(crate) const REQUIRED: &str = "required";

    /// The name and its aliases.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// The params declared on the action itself.
    pub fn own_params(&self) -> &[Param] {
        &self.params[..self.own]
    }

    /// The params it shares with every action of its spec.
    pub fn common_params(&self) -> &[Param] {
        &self.params[self.own..]
    }

    /// The declared error with this code.
    pub fn error(&self, code: &str) -> Option<&ErrorSpec> {
        self.errors.iter().find(|error| error.code == code)
    }
}

/// What an action's success carries.
#[derive(Debug, Clone)]
pub enum Returns {
    /// `returns:` with fields; none declared means `status: "OK"` is answered.
    Fields(Vec<Field>),
    /// `returns: file`: the raw bytes of a file (protocol §6).
    File,
}

impl Returns {
    /// The declared fields; none for a file.
    pub fn fields(&self) -> &[Field] {
        match self {
            Returns::Fields(fields) => fields,
            Returns::File => &[],
        }
    }
}

/// One declared param.
#[derive(Debug, Clone)]
pub struct Param {
    /// The name on the wire.
    pub name: String,
    /// Where the name stands.
    pub at: Span,
    /// What its value has to be.
    pub schema: Schema,
    /// `required: true`.
    pub required: bool,
    /// `default`, already bound: what the handler gets when the client gives nothing.
    pub default: Option<Default>,
    /// `examples`: values that the rules accept.
    pub examples: Vec<Value>,
    /// `secret: true`: its value is never logged, shown or repeated.
    pub secret: bool,
    /// `deprecated`.
    pub deprecated: Option<Deprecated>,
    /// `since`: the version of the API that brought it, free text.
    pub since: Option<String>,
}

impl Param {
    /// `type`.
    pub fn kind(&self) -> Kind {
        self.schema.kind
    }

    /// The rules, in the order the spec gives them.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.schema.rules()
    }

    /// `description`, Markdown; empty when the spec gives none.
    pub fn description(&self) -> &str {
        &self.schema.description
    }

    /// Whether a handler always gets a value: it is required or has a default.
    pub fn always_present(&self) -> bool {
        self.required || self.default.is_some()
    }
}

/// One direct message that the application sends: a line with the context `api` and these fields.
#[derive(Debug, Clone)]
pub struct Push {
    /// Its name in code and docs. It is not sent.
    pub name: String,
    /// Where the name stands.
    pub at: Span,
    /// `description`, Markdown; empty when the spec gives none.
    pub description: String,
    /// `fields`: what it carries.
    pub fields: Vec<Field>,
    /// `example`: its own fields once; a string such as `<int>` is a matcher (see [`crate::Matcher`]).
    pub example: Option<Map<String, Value>>,
}

/// A param's default: as the spec wrote it, and as a handler sees it.
#[derive(Debug, Clone)]
pub struct Default {
    /// The value in the spec.
    pub value: Value,
    /// The same value, bound.
    pub slot: Slot<'static>,
}

/// One example: lines sent in order on a fresh connection, and the last one's reply.
#[derive(Debug, Clone)]
pub struct Example {
    /// Where the example starts.
    pub at: Span,
    /// `title`; empty when the spec gives none.
    pub title: String,
    /// `before`: lines sent first, whose replies are not shown.
    pub before: Vec<String>,
    /// `send`: the line that the example is about.
    pub send: String,
    /// What comes back.
    pub reply: ExampleReply,
    /// `hears`: what its client is sent besides, after the answer.
    pub hears: Vec<Heard>,
    /// `others`: who else is there, in the order of connecting; the example's own client comes last.
    pub others: Vec<Other>,
}

/// Another client of an example.
#[derive(Debug, Clone)]
pub struct Other {
    /// What the example calls it; `<name>` stands for its public id.
    pub name: String,
    /// Where the name stands.
    pub at: Span,
    /// `before`: what it sends when it has connected.
    pub before: Vec<String>,
    /// `hears`: every line it is sent from then on.
    pub hears: Vec<Heard>,
}

/// A line that a client is sent unasked.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Where it stands.
    pub at: Span,
    /// The line without its number. A string such as `<id>` is a matcher (see [`crate::Matcher`]).
    pub line: Map<String, Value>,
}

/// What an example says comes back.
#[derive(Debug, Clone, PartialEq)]
pub enum ExampleReply {
    /// `reply`: the success's own fields. A string such as `<float>` is a matcher (see [`crate::Matcher`]).
    Fields(serde_json::Map<String, Value>),
    /// `error`: the text of the failure.
    Error(String),
    /// `bytes`: the file's content, as text.
    Bytes(String),
}
