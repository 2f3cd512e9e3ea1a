//! Spec → machine formats: AsyncAPI and JSON Schema, from the same named schemas.

mod asyncapi;
mod files;
mod line;
mod parts;
mod protocol;

pub use asyncapi::asyncapi;
pub use files::{SchemaFile, schemas};

/// Where the hash of the machine form stands in every output.
const HASH: &str = "x-actionline-hash";
