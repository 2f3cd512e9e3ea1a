//! What the search knows: one row for everything with an anchor.

use super::entry::error_id;
use super::html::words;
use super::view::Site;
use serde_json::{Value, json};

/// The index as a script: a page on a disk cannot fetch a file.
pub(super) fn script(site: &Site<'_>) -> String {
    let rows: Vec<String> = rows(site).iter().map(Value::to_string).collect();
    format!(
        "/* Written {}. */\nwindow.searchRows = [\n{}\n];\n",
        crate::stale::MARK,
        rows.join(",\n")
    )
}

/// Each row: what it is called, what it is, where it stands, what is said of it.
fn rows(site: &Site<'_>) -> Vec<Value> {
    let mut rows = Vec::new();
    for (entry, url) in site.entries() {
        let name = &entry.name;
        let mut add = |title: &str, kind: &str, id: &str, text: &str| {
            rows.push(json!([title, kind, format!("{url}#{id}"), words(text)]));
        };
        add(name, &entry.what.to_lowercase(), name, &entry.description);
        for param in &entry.params {
            let id = format!("{name}.{}", param.name);
            add(
                &param.name,
                &format!("param of {name}"),
                &id,
                &param.description,
            );
        }
        for field in &entry.fields {
            let id = format!("{name}.reply.{}", field.name);
            add(
                &field.name,
                &format!("reply of {name}"),
                &id,
                &field.description,
            );
        }
        for error in &entry.errors {
            let text = format!("{} {}", error.message, error.description);
            add(
                &error.code,
                &format!("error of {name}"),
                &error_id(entry, &error.code),
                &text,
            );
        }
    }
    for param in &site.page.common.params {
        let url = format!("actions.html#common.{}", param.name);
        rows.push(json!([
            param.name,
            "common param",
            url,
            words(&param.description)
        ]));
    }
    for chapter in &site.chapters {
        rows.push(json!([
            chapter.title,
            "guide",
            format!("guide.html#{}", chapter.anchor),
            ""
        ]));
    }
    for (chapter, kind, row) in site.page.table_rows() {
        let id = format!("{chapter}.{}", row.0.replace(' ', "-"));
        rows.push(json!([
            row.0,
            kind,
            format!("guide.html#{id}"),
            words(row.1)
        ]));
    }
    rows
}
