//! The templates: built in, and each replaceable by a file of the user's.

use crate::RenderError;
use crate::helpers;
use handlebars::{Handlebars, no_escape};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        /// Every template with its file's name.
        const BUILT_IN: &[(&str, &str)] = &[$(($name, include_str!(concat!("../templates/", $name)))),*];
    };
}

built_in!(
    "page.hbs",
    "llms.hbs",
    "verified.hbs",
    "guide.hbs",
    "connect.hbs",
    "welcome.hbs",
    "framing.hbs",
    "order.hbs",
    "messages.hbs",
    "pushes.hbs",
    "requests.hbs",
    "values.hbs",
    "rooms.hbs",
    "servers.hbs",
    "files.hbs",
    "replies.hbs",
    "errors.hbs",
    "limits.hbs",
    "shutdown.hbs",
    "client.hbs",
    "verbs.hbs",
    "effects.hbs",
    "common.hbs",
    "entry.hbs",
    "params.hbs",
    "fields.hbs",
    "faults.hbs",
    "example.hbs",
    "exchange.hbs",
    "snippets/nc.hbs",
    "snippets/rust.hbs",
    "snippets/node.hbs",
    "snippets/python.hbs",
    "site/layout.hbs",
    "site/index.hbs",
    "site/guide.hbs",
    "site/list.hbs",
    "site/entry.hbs",
    "site/console.hbs",
    "site/forms.hbs",
    "site/params.hbs",
    "site/style.css",
    "site/site.js",
);

/// What these folders hold is HTML: words are escaped for it.
const HTML: &str = "site/";

/// The built-in templates, parsed once.
static PARSED: LazyLock<Result<Templates, String>> =
    LazyLock::new(|| Templates::with(&BTreeMap::new()).map_err(|error| error.to_string()));

/// A set of templates, each the built-in one or a user's.
#[derive(Debug, Clone)]
pub struct Templates {
    markdown: Handlebars<'static>,
    html: Handlebars<'static>,
    /// Files that are taken as they are.
    assets: BTreeMap<&'static str, String>,
    /// Where each template was read, for messages.
    paths: BTreeMap<&'static str, String>,
}

impl Templates {
    /// The names of the files that a folder of templates can have.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The built-in templates.
    ///
    /// # Errors
    /// When one is no template: a mistake in this crate.
    pub fn built_in() -> Result<Self, RenderError> {
        PARSED.clone().map_err(RenderError::new)
    }

    /// The built-in templates with those of this folder in their place.
    ///
    /// # Errors
    /// When the folder or a file cannot be read, a file is no template, or has a name that no template has.
    pub fn in_dir(dir: &Path) -> Result<Self, RenderError> {
        let mut own = BTreeMap::new();
        for name in find(dir, "")? {
            if !Self::names().any(|known| known == name) {
                let near = actionline_specs::suggest::nearest(&name, Self::names());
                let near = near.map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
                let path = dir.join(&name);
                return Err(RenderError::new(format!(
                    "{}: no template has this name{near}",
                    path.display()
                )));
            }
            let path = dir.join(&name);
            let text = fs::read_to_string(&path).map_err(|error| {
                RenderError::new(format!("cannot read {}: {error}", path.display()))
            })?;
            own.insert(name, (path.display().to_string(), text));
        }
        Self::with(&own)
    }

    /// `own` are the user's: the text and where it was read, by name.
    fn with(own: &BTreeMap<String, (String, String)>) -> Result<Self, RenderError> {
        let mut markdown = Handlebars::new();
        // `helpers` makes each text safe for the place where it stands.
        markdown.register_escape_fn(no_escape);
        let mut html = Handlebars::new();
        let (mut assets, mut paths) = (BTreeMap::new(), BTreeMap::new());
        for registry in [&mut markdown, &mut html] {
            registry.set_strict_mode(true);
            helpers::register(registry);
        }
        for (file, built_in) in BUILT_IN {
            let (path, text) = match own.get(*file) {
                Some((path, text)) => (path.as_str(), text.as_str()),
                None => (*file, *built_in),
            };
            let Some(name) = file.strip_suffix(".hbs") else {
                assets.insert(*file, text.to_owned());
                continue;
            };
            let registry = if name.starts_with(HTML) {
                &mut html
            } else {
                &mut markdown
            };
            paths.insert(name, path.to_owned());
            registry
                .register_template_string(name, text)
                .map_err(|error| RenderError::template(path, &error))?;
        }
        Ok(Self {
            markdown,
            html,
            assets,
            paths,
        })
    }

    /// Renders a template whose text is Markdown, or a program.
    pub(crate) fn markdown(
        &self,
        name: &str,
        view: &impl Serialize,
    ) -> Result<String, RenderError> {
        self.render(&self.markdown, name, view)
    }

    /// Renders a template whose text is HTML.
    pub(crate) fn html(&self, name: &str, view: &impl Serialize) -> Result<String, RenderError> {
        self.render(&self.html, name, view)
    }

    fn render(
        &self,
        from: &Handlebars<'_>,
        name: &str,
        view: &impl Serialize,
    ) -> Result<String, RenderError> {
        let path = |name: &'_ str| {
            self.paths
                .get(name)
                .map_or_else(|| name.to_owned(), Clone::clone)
        };
        from.render(name, view)
            .map_err(|error| RenderError::render(&error, path))
    }

    /// A file that is taken as it is.
    pub(crate) fn asset(&self, name: &str) -> &str {
        self.assets.get(name).map_or("", String::as_str)
    }
}

/// The files below a folder, named with `/`, sorted. Hidden ones are passed over.
fn find(dir: &Path, below: &str) -> Result<Vec<String>, RenderError> {
    let failed = |error| RenderError::new(format!("cannot read {}: {error}", dir.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{below}{name}");
        match entry.path().is_dir() {
            true => found.extend(find(&entry.path(), &format!("{name}/"))?),
            false => found.push(name),
        }
    }
    found.sort();
    Ok(found)
}
