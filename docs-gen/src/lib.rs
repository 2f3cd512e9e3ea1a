//! Protocol docs from a spec: pages from which a person can write a client.
//!
//! Data flow: `actions.yaml` → [`Spec`](actionline_specs::Spec) → [`Page`] (every word of the page) → [`render`] (templates)
//! → [`Output`]s of a [`Format`] → [`Docs`] (write, check or print). This crate reads specs only; it does not know the server.
//!
//! A project keeps its page true with one line in a test; `cargo test` then fails when the spec and the page differ:
//!
//! ```no_run
//! actionline_docs_gen::Docs::new("actions.yaml", "docs/protocol.md").check().unwrap();
//! ```

mod error;
mod format;
mod helpers;
pub mod machine;
mod markdown;
mod output;
mod record;
mod render;
mod site;
mod stale;
mod templates;
mod view;

pub use error::Error;
pub use format::{Format, Output};
pub use output::{Docs, Written};
pub use render::{RenderError, page, render};
pub use templates::Templates;
pub use view::Page;
