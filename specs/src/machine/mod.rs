//! The machine form: everything that a client can know of what a server serves, as one JSON value, and its hash. The server
//! answers with it, the docs and all that is generated from a spec carry its hash: so a client can tell whether they agree.
//!
//! # The value
//! ```text
//! { "protocol": "1.1.0",
//!   "verbs": [entry…],
//!   "specs": [{ "info": { "title", "version", "description"? }, "actions": [entry…], "pushes": [push…], "schemas"?: { name: schema } }] }
//! entry  { "kind": "verb" | "action", "name", "aliases"?, "usage"?, "description"?, "effect"?, "connection"?, "feature"?, "since"?,
//!          "deprecated"?: true | text, "params": params, "returns": schema | "file", "errors": [{ "code", "message", "description"? }],
//!          "examples": [{ "title"?, "before"?: [line…], "send", "reply" | "error" | "bytes" }] }
//! params { "schema", "common"?: [name…], "secret"?: [name…], "since"?: { name: text }, "deprecated"?: { name: true | text } }
//! push   { "name", "description"?, "fields": schema, "example"? }
//! ```
//! `?` marks what is left out where the spec says nothing. Keys and lists stand in this order, everything declared in declared
//! order. `protocol` is the version of the verbs. There is one entry in `specs` for each mounted spec, in the order of mounting.
//! Schemas are JSON Schema, draft 2020-12; what they refer to stands in their own `$defs`.
//!
//! # The hash
//! SHA-256, as 64 lower-case hex digits, of the value's JSON text in UTF-8: no space between tokens, keys in the order above,
//! integers in decimal digits, other numbers as the shortest text that reads back to the same double, and in strings only
//! what has to be escaped: `\"`, `\\`, `\b`, `\t`, `\n`, `\f`, `\r`, and `\u00xx` for the other control characters below
//! U+0020. The server writes this very text behind `"describes":` in its answer to a bare `describe`: who has that line need
//! not write it anew.
//!
//! Comments, layout, places, includes and lints are not part of the value. Texts, rules and the order of what is declared are.

mod form;

pub use form::{entry, form};

use crate::Spec;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The hash of what a server serves that has these specs mounted, in this order.
///
/// ```
/// use actionline_specs::{Source, load, machine};
///
/// let spec = |text: &str| load(Source::new("actions.yaml", text)).unwrap();
/// let one = spec("actionline: 1\ninfo: { title: T, version: 1.0.0 }\nactions: { ping: {} }\n");
/// let other = spec("# Another layout.\nactionline: 1\ninfo:\n  title: T\n  version: 1.0.0\nactions:\n  ping: {}\n");
/// assert_eq!(machine::hash([&one]), machine::hash([&other]));
/// assert_eq!(machine::hash([&one]), machine::digest(&machine::form([&one])));
/// ```
pub fn hash<'s>(specs: impl IntoIterator<Item = &'s Spec>) -> String {
    digest(&form(specs))
}

/// The hash of a machine form.
pub fn digest(form: &Value) -> String {
    let bytes = Sha256::digest(form.to_string());
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
