//! Protocol docs from a spec: one Markdown page from which a person can write a client.
//!
//! Data flow: `actions.yaml` → [`Spec`](actionline_specs::Spec) → [`Page`] (every word of the page) → [`render`] (templates)
//! → [`Docs`] (write, check or print). This crate reads specs only; it does not know the server.
//!
//! A project keeps its page true with one line in a test; `cargo test` then fails when the spec and the page differ:
//!
//! ```no_run
//! actionline_docs_gen::Docs::new("actions.yaml", "docs/protocol.md").check().unwrap();
//! ```

mod error;
mod helpers;
pub mod machine;
mod markdown;
mod output;
mod render;
mod view;

pub use error::Error;
pub use output::{Docs, Written};
pub use render::{RenderError, page, render};
pub use view::Page;
