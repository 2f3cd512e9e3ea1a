//! No word of the view goes unused, and none may be missing.

use crate::{ROOT, spec, specs};
use actionline_docs_gen::{Page, render};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn view() -> Value {
    let full = specs()
        .into_iter()
        .find(|spec| spec.info.title == "Full")
        .unwrap();
    serde_json::to_value(Page::new(&full)).unwrap()
}

/// Every key of the view, as a path in which `*` stands for any element of a list.
fn paths(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = format!("{at}/{name}");
                paths(value, &path, found);
                found.insert(path);
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| paths(item, &format!("{at}/*"), found)),
        _ => {}
    }
}

/// Takes a key out of the view, wherever the path leads.
fn remove(value: &mut Value, path: &[&str]) {
    match (value, path) {
        (Value::Object(fields), [name]) => {
            fields.shift_remove(*name);
        }
        (Value::Object(fields), [name, rest @ ..]) => {
            if let Some(value) = fields.get_mut(*name) {
                remove(value, rest);
            }
        }
        (Value::Array(items), ["*", rest @ ..]) => {
            items.iter_mut().for_each(|item| remove(item, rest))
        }
        _ => {}
    }
}

#[test]
fn a_word_that_is_missing_fails() {
    let view = view();
    assert!(render(&view).is_ok());
    let mut all = BTreeSet::new();
    paths(&view, "", &mut all);
    assert!(all.len() > 80, "{all:?}");
    for path in all {
        // Not every limit is named in a sentence; the table has them all.
        if path.starts_with("/limit/") {
            continue;
        }
        let mut less = view.clone();
        remove(&mut less, &path.split('/').skip(1).collect::<Vec<_>>());
        assert!(render(&less).is_err(), "the page renders without {path}");
    }
}

#[test]
fn a_limit_that_a_sentence_names_is_missed() {
    let mut less = view();
    remove(&mut less, &["limit", "keep-alive"]);
    let error = render(&less).unwrap_err().to_string();
    assert!(error.contains("keep-alive"), "{error}");
}

/// A page is the same however often it is made.
#[test]
fn the_page_is_deterministic() {
    let spec = spec(&Path::new(ROOT).join("actions.yaml"));
    assert_eq!(
        render(&Page::new(&spec)).unwrap(),
        render(&Page::new(&spec)).unwrap()
    );
}
