//! What the search knows: one row for everything with an anchor.

use super::entry::error_id;
use super::html::words;
use super::view::Site;
use serde::Serialize;

/// The index as a script: a page on a disk cannot fetch a file. A page asks for it when its reader begins to search.
pub(super) fn script(site: &Site<'_>) -> String {
    let rows = rows(site).into_iter().map(|row| {
        let row = serde_json::to_value(row).unwrap_or_default();
        row.to_string()
    });
    format!(
        "/* Written {}. */\nwindow.searchRows = [\n{}\n];\n",
        crate::stale::MARK,
        rows.collect::<Vec<_>>().join(",\n")
    )
}

/// What it is called, what it is, where it stands, what is said of it, and whether it should be used no more.
#[derive(Debug, Serialize)]
struct Row(String, String, String, String, u8);

impl Row {
    fn new(title: &str, kind: &str, url: &str, text: &str) -> Self {
        Self(title.into(), kind.into(), url.into(), words(text), 0)
    }

    /// `instead` says what to use.
    fn deprecated(mut self, instead: Option<&str>) -> Self {
        if let Some(instead) = instead {
            self.4 = 1;
            self.3 = format!("{} {}", words(instead), self.3).trim().to_owned();
        }
        self
    }
}

fn rows(site: &Site<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (entry, action, url) in site.entries() {
        let name = &entry.name;
        let at = |id: &str| format!("{url}#{id}");
        let what = entry.what.to_lowercase();
        let instead = action.deprecated.as_ref().map(|it| it.text.as_str());
        rows.push(Row::new(name, &what, &at(name), &entry.description).deprecated(instead));
        for param in &entry.params {
            let (kind, id) = (format!("param of {name}"), format!("{name}.{}", param.name));
            let row = Row::new(&param.name, &kind, &at(&id), &param.description);
            rows.push(row.deprecated(param.deprecated.then_some(&param.instead)));
        }
        for field in &entry.fields {
            let id = format!("{name}.reply.{}", field.name);
            let kind = format!("reply of {name}");
            rows.push(Row::new(&field.name, &kind, &at(&id), &field.description));
        }
        for error in &entry.errors {
            let text = format!("{} {}", error.message, error.description);
            let (kind, id) = (format!("error of {name}"), error_id(entry, &error.code));
            rows.push(Row::new(&error.code, &kind, &at(&id), &text));
        }
    }
    for push in &site.page.pushes {
        let url = format!("guide.html#{}", push.anchor);
        rows.push(Row::new(
            &push.name,
            "direct message",
            &url,
            &push.description,
        ));
        let kind = format!("field of {}", push.name);
        for field in &push.fields {
            let url = format!("{url}.{}", field.name);
            rows.push(Row::new(&field.name, &kind, &url, &field.description));
        }
    }
    for param in &site.page.common.params {
        let url = format!("actions.html#common.{}", param.name);
        let row = Row::new(&param.name, "common param", &url, &param.description);
        rows.push(row.deprecated(param.deprecated.then_some(&param.instead)));
    }
    for chapter in &site.chapters {
        let url = format!("guide.html#{}", chapter.anchor);
        rows.push(Row::new(&chapter.title, "guide", &url, ""));
    }
    for (chapter, kind, row) in site.page.table_rows() {
        let url = format!("guide.html#{chapter}.{}", row.0.replace(' ', "-"));
        rows.push(Row::new(row.0, kind, &url, row.1));
    }
    rows
}
