//! View model → text.

use crate::{Page, Templates};
use actionline_specs::Spec;

/// A template and the view do not fit each other, or a template is none.
///
/// The text begins with the template's file and the line, where there is one.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct RenderError(String);

impl RenderError {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    /// A file that is no template.
    pub(crate) fn template(path: &str, error: &handlebars::TemplateError) -> Self {
        let at = error
            .pos()
            .map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
        Self(format!("{path}{at}: {}", error.reason()))
    }

    /// A template that asks for what the view does not have. `path` is where a template of this name was read.
    pub(crate) fn render(
        error: &handlebars::RenderError,
        path: impl FnOnce(&str) -> String,
    ) -> Self {
        let name = error.template_name.as_deref();
        let name = name.map_or_else(|| "a template".to_owned(), path);
        let at = match (error.line_no, error.column_no) {
            (Some(line), Some(column)) => format!(":{line}:{column}"),
            _ => String::new(),
        };
        Self(format!("{name}{at}: {}", error.reason()))
    }
}

/// The page of a spec, as Markdown.
///
/// # Errors
/// When a template names a word that the view does not have: a mistake in this crate, whatever the spec.
pub fn page(spec: &Spec) -> Result<String, RenderError> {
    render(&Page::new(spec))
}

/// Renders a view, or anything that serialises to the same shape.
///
/// # Errors
/// When a template names a word that the view does not have.
pub fn render(view: &impl serde::Serialize) -> Result<String, RenderError> {
    Templates::built_in()?.markdown("page", view)
}
