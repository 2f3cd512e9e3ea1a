//! View model → Markdown.

use crate::{Page, helpers};
use actionline_specs::Spec;
use handlebars::Handlebars;
use std::sync::LazyLock;

/// A template and the view do not fit each other.
#[derive(Debug, thiserror::Error)]
#[error("the docs templates do not fit the view: {0}")]
pub struct RenderError(String);

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        /// Every template with its name; each is a partial that the others can use.
        const TEMPLATES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../templates/", $name, ".hbs")))),*];
    };
}

templates!(
    "page", "llms", "guide", "welcome", "rooms", "files", "shutdown", "connect", "framing",
    "order", "messages", "requests", "replies", "common", "entry", "params", "fields", "pushes",
    "faults", "values", "example", "exchange", "errors", "limits",
);

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
    template("page", view)
}

/// The same words for language models.
pub(crate) fn llms(spec: &Spec) -> Result<String, RenderError> {
    template("llms", &Page::new(spec))
}

fn template(name: &str, view: &impl serde::Serialize) -> Result<String, RenderError> {
    let registry = REGISTRY
        .as_ref()
        .map_err(|error| RenderError(error.clone()))?;
    registry
        .render(name, view)
        .map_err(|error| RenderError(error.to_string()))
}

/// The templates, parsed once; the error names the one that is broken.
static REGISTRY: LazyLock<Result<Handlebars<'_>, String>> = LazyLock::new(|| {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    // The page is Markdown; `helpers` makes each text safe for the place where it stands.
    registry.register_escape_fn(handlebars::no_escape);
    helpers::register(&mut registry);
    for (name, text) in TEMPLATES {
        registry
            .register_template_string(name, text)
            .map_err(|error| error.to_string())?;
    }
    Ok(registry)
});
