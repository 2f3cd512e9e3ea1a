//! The spec language of actionline: `actions.yaml` is loaded, checked and turned into plain data that the server, the
//! macros and the docs read. This crate knows nothing of sockets, syntax trees or templates.
//!
//! Data flow: text → [`load`] → [`Spec`] → [`bind_object`] / [`Param::bind`] at run time, or any other reader.

mod bind;
mod catalogue;
mod diagnostic;
pub mod diff;
mod fault;
mod file;
mod format;
pub mod grammar;
mod include;
mod items;
mod judge;
mod key;
mod kind;
pub mod limits;
mod lint;
mod load;
pub mod machine;
mod matcher;
mod meta;
mod mistake;
mod model;
mod names;
mod node;
mod number;
mod owned;
mod param_fault;
mod read;
mod record;
pub mod refusal;
pub mod request;
mod rule;
mod scan;
mod schema;
mod slot;
mod span;
pub mod suggest;
pub mod transcript;
mod tree;
mod usage;
mod value;
pub mod wire;

pub use bind::{
    Given, Raw, bind_object, bind_object_into, bind_params_into, bind_words, bind_words_into,
};
pub use diagnostic::{Diagnostic, Diagnostics, Level, Note, SHOWN};
pub use fault::{Code, Fault, excerpt, fill};
pub use file::text_of;
pub use format::Format;
pub use include::files_beside;
pub use key::Key;
pub use kind::Kind;
pub use lint::{Lint, lint};
pub use load::{load, load_from, verbs};
pub use matcher::{Matcher, Mismatch, matches};
pub use meta::spec_schema;
pub use mistake::Mistake;
pub use model::{
    Action, Default, Deprecated, Effect, ErrorSpec, Example, ExampleReply, Field, Heard, Info,
    Other, Param, Placed, Properties, Push, Reference, Returns, Schema, SharedSchema, Spec,
};
pub use names::snake_case;
pub use owned::OwnedSlots;
pub use param_fault::{ParamCode, ParamFault, REQUIRED, SAVED, UNKNOWN};
pub use record::{Record, example_id};
pub use rule::{Pattern, Rule};
pub use scan::{is_plain, is_plain_value};
pub use schema::{fields_schema, params_schema, returns_schema, shared_schema, whole_schema};
pub use slot::{Slot, Slots};
pub use span::{Source, Span};
pub use tree::read_json;
