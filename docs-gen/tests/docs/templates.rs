//! A user's own templates.

use crate::{ROOT, folder};
use actionline_docs_gen::{Docs, Format, Page, Templates};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn own(test: &str, name: &str, text: &str) -> PathBuf {
    let dir = folder(test);
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    dir
}

fn print(dir: &Path, format: Format) -> Result<String, String> {
    let docs = Docs::default()
        .in_format(format)
        .in_dir(ROOT)
        .templates(dir);
    docs.print().map_err(|error| error.to_string())
}

#[test]
fn a_template_of_one_s_own_takes_the_place_of_the_built_in_one() {
    let dir = own(
        "templates-own",
        "limits.hbs",
        "## Limits\n\nAsk {{plain title}}.\n",
    );
    for format in [Format::Markdown, Format::Llms, Format::Html] {
        let text = print(&dir, format).unwrap();
        assert!(text.contains("Ask actionHero."), "{text}");
    }
    let dir = own("templates-css", "site/style.css", "body { color: red }");
    assert!(
        print(&dir, Format::Html)
            .unwrap()
            .contains("body { color: red }")
    );
}

#[test]
fn what_is_wrong_in_a_template_is_told_with_its_file_and_line() {
    let cases = [
        (
            "limits.hbs",
            "## Limits\n\n{{plain titel}}\n",
            "limits.hbs:3:1: ",
        ),
        ("limits.hbs", "## Limits\n{{#if x}}\n", "limits.hbs:"),
        ("site/index.hbs", "<p>\n{{titel}}", "site/index.hbs:2:"),
        (
            "limts.hbs",
            "x",
            "limts.hbs: no template has this name (did you mean limits.hbs?)",
        ),
    ];
    for (index, (name, text, wanted)) in cases.into_iter().enumerate() {
        let dir = own(&format!("templates-wrong-{index}"), name, text);
        let told = print(&dir, Format::Html).unwrap_err();
        assert!(
            told.contains(&format!("templates-wrong-{index}/{wanted}")),
            "{told}"
        );
        assert_eq!(told.lines().count(), 1, "{told}");
    }
    let told = print(Path::new("/nowhere"), Format::Markdown).unwrap_err();
    assert!(told.starts_with("cannot read /nowhere: "), "{told}");
}

/// docs/templates.md names every template and every word at the top of the view, and no other.
#[test]
fn the_templates_and_the_view_are_documented() {
    let text = fs::read_to_string(Path::new(ROOT).join("docs/templates.md")).unwrap();
    let rows = |section: &str| -> BTreeSet<String> {
        let after = text
            .split(&format!("\n## {section}\n"))
            .nth(1)
            .expect("the section");
        let body = after.split("\n## ").next().unwrap_or_default();
        let cells = body.lines().filter_map(|line| line.strip_prefix("| `"));
        cells
            .filter_map(|cell| Some(cell.split_once('`')?.0.to_owned()))
            .collect()
    };
    let names: BTreeSet<String> = Templates::names().map(str::to_owned).collect();
    assert_eq!(rows("The files"), names);
    let spec = Docs::default().in_dir(ROOT).spec().unwrap();
    let Value::Object(view) = serde_json::to_value(Page::new(&spec)).unwrap() else {
        panic!("a view is an object");
    };
    let words: BTreeSet<String> = view.into_iter().map(|(word, _)| word).collect();
    assert_eq!(rows("The words of Markdown"), words);
    let Value::Array(entries) = serde_json::to_value(Page::new(&spec)).unwrap()["actions"].clone()
    else {
        panic!("a list");
    };
    let words: BTreeSet<String> = entries[0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(rows("The words of an entry"), words);
}
