//! Write, check, print.

use crate::folder;
use actionline_docs_gen::{Docs, Error, Written};
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

const SPEC: &str = "actionline: 1\ninfo: { title: Small, version: 1.0.0 }\nactions:\n  ping: { description: Answers. }\n";

fn project(name: &str) -> (std::path::PathBuf, Docs) {
    let dir = folder(name);
    fs::write(dir.join("actions.yaml"), SPEC).unwrap();
    let docs = Docs::default().in_dir(&dir);
    (dir, docs)
}

fn age(path: &Path) -> SystemTime {
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options()
        .write(true)
        .open(path)
        .unwrap()
        .set_modified(old)
        .unwrap();
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn a_page_that_is_up_to_date_is_not_touched() {
    let (dir, docs) = project("same");
    assert_eq!(docs.write().unwrap(), Written::Changed);
    let page = dir.join("docs/protocol.md");
    let before = age(&page);
    assert_eq!(docs.write().unwrap(), Written::Same);
    docs.check().unwrap();
    assert_eq!(fs::metadata(&page).unwrap().modified().unwrap(), before);
    assert_eq!(docs.print().unwrap(), fs::read_to_string(&page).unwrap());
}

#[test]
fn drift_is_shown_with_the_command_that_mends_it() {
    let (dir, docs) = project("drift");
    docs.write().unwrap();
    let changed = SPEC.replace("Answers.", "Answers at once.");
    fs::write(dir.join("actions.yaml"), changed).unwrap();
    let error = docs.check().unwrap_err();
    assert_eq!(error.exit_code(), 1);
    let text = format!("{error:?}");
    for part in [
        "docs/protocol.md does not match actions.yaml",
        "--- docs/protocol.md\n",
        "\n-Answers.\n+Answers at once.\n",
        "To mend it: cargo run -p actionline-docs-gen -- write",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    docs.write().unwrap();
    docs.check().unwrap();
}

#[test]
fn a_page_that_is_not_there_is_drift() {
    let (_, docs) = project("missing");
    assert!(matches!(docs.check(), Err(Error::Drift { .. })));
}

#[test]
fn a_page_that_is_not_text_is_drift() {
    let (dir, docs) = project("bytes");
    fs::create_dir(dir.join("docs")).unwrap();
    fs::write(dir.join("docs/protocol.md"), b"\xff\r\n").unwrap();
    assert!(matches!(docs.check(), Err(Error::Drift { .. })));
    assert_eq!(docs.write().unwrap(), Written::Changed);
}

#[test]
fn the_command_names_what_is_not_the_default() {
    let command = |docs: Docs| docs.command();
    assert_eq!(
        command(Docs::default()),
        "cargo run -p actionline-docs-gen -- write"
    );
    assert_eq!(
        command(Docs::new("my spec.yaml", "docs/protocol.md")),
        "cargo run -p actionline-docs-gen -- write --spec 'my spec.yaml'"
    );
    assert_eq!(
        command(Docs::new("actions.yaml", "x.md")),
        "cargo run -p actionline-docs-gen -- write --out x.md"
    );
    assert_eq!(command(Docs::default().mended_by("make docs")), "make docs");
}

#[test]
fn a_broken_spec_writes_nothing() {
    let (dir, docs) = project("broken");
    fs::write(
        dir.join("actions.yaml"),
        SPEC.replace("description", "descripton"),
    )
    .unwrap();
    let error = docs.write().unwrap_err();
    assert_eq!(error.exit_code(), 1);
    assert!(
        error.to_string().contains("did you mean `description`"),
        "{error}"
    );
    assert!(error.to_string().contains("actions.yaml:4"), "{error}");
    assert!(!dir.join("docs").exists());
}
