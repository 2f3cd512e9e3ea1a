//! The formats that docs can be written in: each turns a spec into a set of files.

use crate::{Page, RenderError, Templates, machine, site};
use actionline_specs::{Record, Spec};
use clap::ValueEnum;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// What docs are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// One page in Markdown, for people.
    #[default]
    Markdown,
    /// A folder of pages for a browser, which works from a disk as well.
    Html,
    /// One page of plain text, for language models.
    Llms,
    /// An AsyncAPI 3.0 document, as JSON.
    #[value(name = "asyncapi")]
    AsyncApi,
    /// A folder of JSON Schemas: one of everything, and one for each verb and action.
    Schemas,
}

/// One file of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Where it is kept, relative to the place of the docs; empty when the docs are this one file.
    pub path: PathBuf,
    /// What it holds.
    pub text: String,
}

impl Format {
    /// The word that `--format` takes.
    pub fn word(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Where docs of this format are kept unless another place is named: a file, or a folder when there are several.
    pub const fn out(self) -> &'static str {
        match self {
            Format::Markdown => "docs/protocol.md",
            Format::Html => "docs/site",
            Format::Llms => "docs/llms.txt",
            Format::AsyncApi => "docs/asyncapi.json",
            Format::Schemas => "docs/schemas",
        }
    }

    /// Every file of a spec's docs, made with the built-in templates.
    ///
    /// # Errors
    /// When a template names a word that the view does not have: a mistake in this crate, whatever the spec.
    pub fn outputs(self, spec: &Spec) -> Result<Vec<Output>, RenderError> {
        self.outputs_with(spec, &Templates::built_in()?, None)
    }

    /// Every file of a spec's docs, made with these templates; what the record holds is marked as verified.
    ///
    /// # Errors
    /// When a template names a word that the view does not have.
    pub fn outputs_with(
        self,
        spec: &Spec,
        templates: &Templates,
        record: Option<&Record>,
    ) -> Result<Vec<Output>, RenderError> {
        let only = |name| {
            Ok(vec![Output::only(
                templates.markdown(name, &Page::with_record(spec, record))?,
            )])
        };
        match self {
            Format::Markdown => only("page"),
            Format::Html => site::outputs(spec, templates, record),
            Format::Llms => only("llms"),
            Format::AsyncApi => Ok(vec![Output::only(text(&machine::asyncapi(spec)))]),
            Format::Schemas => {
                let files = machine::schemas(spec).into_iter();
                let output = |file: machine::SchemaFile| Output {
                    path: file.name.into(),
                    text: text(&file.schema),
                };
                Ok(files.map(output).collect())
            }
        }
    }
}

/// JSON as a file holds it.
fn text(value: &Value) -> String {
    format!("{value:#}\n")
}

impl Output {
    /// The file of a format that has one.
    pub fn only(text: String) -> Self {
        Self {
            path: PathBuf::new(),
            text,
        }
    }

    /// Where the file is when the docs are kept at `out`.
    pub fn below(&self, out: &Path) -> PathBuf {
        match self.path.as_os_str().is_empty() {
            true => out.to_owned(),
            false => out.join(&self.path),
        }
    }
}
