//! The site: one folder of pages that a browser opens from a disk, with no request to any network.

mod chapters;
mod code;
mod diagram;
mod entry;
mod forms;
mod groups;
mod html;
mod links;
mod nav;
mod paint;
mod search;
pub(crate) mod snippet;
mod transcript;
mod view;

use crate::{Output, RenderError, Templates};
use actionline_specs::{Record, Spec};
use std::path::PathBuf;
use view::{PageView, Site};

/// Every file of the site.
pub(crate) fn outputs(
    spec: &Spec,
    templates: &Templates,
    record: Option<&Record>,
) -> Result<Vec<Output>, RenderError> {
    let site = Site::new(spec, templates, record)?;
    let mut outputs = Vec::new();
    for page in site.pages()? {
        outputs.push(output(&page.path, render(&page, templates)?));
    }
    for asset in ["style.css", "site.js"] {
        let text = templates.asset(&format!("site/{asset}"));
        outputs.push(output(
            asset,
            format!("/* Written {}. */\n{text}", crate::stale::MARK),
        ));
    }
    outputs.push(output("search.js", search::script(&site)));
    Ok(outputs)
}

fn render(page: &PageView<'_>, templates: &Templates) -> Result<String, RenderError> {
    templates.html(&format!("site/{}", page.template), page)
}

fn output(path: &str, text: String) -> Output {
    Output {
        path: PathBuf::from(path),
        text,
    }
}
