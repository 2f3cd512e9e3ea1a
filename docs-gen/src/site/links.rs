//! Where a link of Markdown leads on the site.

use std::collections::HashMap;

/// Every place of the site by the anchors that Markdown names it with.
#[derive(Debug, Default)]
pub(super) struct Places {
    by_anchor: HashMap<String, String>,
}

impl Places {
    /// Adds a place; the first of a name stays.
    pub(super) fn add(&mut self, anchor: impl Into<String>, url: impl Into<String>) {
        self.by_anchor
            .entry(anchor.into())
            .or_insert_with(|| url.into());
    }

    /// The places as a page sees them; `root` leads from the page's folder to the site's.
    pub(super) fn from(&self, root: &'static str) -> Links<'_> {
        Links { places: self, root }
    }
}

/// The places, as seen from one page.
#[derive(Debug)]
pub(super) struct Links<'p> {
    places: &'p Places,
    root: &'static str,
}

impl Links<'_> {
    /// Where a link leads; nothing when it leads nowhere that is known to be harmless.
    pub(super) fn resolve(&self, target: &str) -> Option<String> {
        if let Some(anchor) = target.strip_prefix('#') {
            let place = self.places.by_anchor.get(anchor)?;
            return Some(format!("{}{place}", self.root));
        }
        let schemes = ["https://", "http://", "mailto:"];
        let known = schemes.iter().any(|scheme| {
            let start = target.get(..scheme.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        // An address in angle brackets has no scheme.
        let address = target.contains('@') && !target.contains([':', '/']);
        match (known, address) {
            (true, _) => Some(target.to_owned()),
            (_, true) => Some(format!("mailto:{target}")),
            _ => None,
        }
    }
}
