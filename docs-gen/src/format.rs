//! The formats that docs can be written in: each turns a spec into a set of files.

use crate::{Page, RenderError, Templates, site};
use actionline_specs::Spec;
use clap::ValueEnum;
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
        }
    }

    /// Every file of a spec's docs, made with the built-in templates.
    ///
    /// # Errors
    /// When a template names a word that the view does not have: a mistake in this crate, whatever the spec.
    pub fn outputs(self, spec: &Spec) -> Result<Vec<Output>, RenderError> {
        self.outputs_with(spec, &Templates::built_in()?)
    }

    /// Every file of a spec's docs, made with these templates.
    ///
    /// # Errors
    /// When a template names a word that the view does not have.
    pub fn outputs_with(
        self,
        spec: &Spec,
        templates: &Templates,
    ) -> Result<Vec<Output>, RenderError> {
        let only = |name| {
            Ok(vec![Output::only(
                templates.markdown(name, &Page::new(spec))?,
            )])
        };
        match self {
            Format::Markdown => only("page"),
            Format::Html => site::outputs(spec, templates),
            Format::Llms => only("llms"),
        }
    }
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
