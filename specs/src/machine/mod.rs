#![doc = include_str!("README.md")]

mod form;

pub(crate) use form::example;
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
