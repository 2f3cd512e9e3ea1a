//! What was run against a server is marked, and what was not too.

use crate::folder;
use actionline_docs_gen::{Docs, Error};
use actionline_specs::{Record, Source, load};
use std::fs;
use std::path::PathBuf;

const SPEC: &str = "actionline: 1\ninfo: { title: Small, version: 1.0.0 }\nactions:\n  ping:\n    params:\n      \
                    count: { type: integer, minimum: 1 }\n    examples:\n      - { send: ping, reply: { status: OK } }\n";

/// All that the page shows of `ping`.
const ALL: [&str; 4] = [
    "ping.example.1.words",
    "ping.example.1.json",
    "ping.count.type",
    "ping.count.minimum",
];

fn project(name: &str, spec_of_record: &str, passed: &[&str]) -> (PathBuf, Docs) {
    let dir = folder(name);
    fs::write(dir.join("actions.yaml"), SPEC).unwrap();
    let spec = load(Source::new("actions.yaml", spec_of_record)).unwrap();
    let passed = passed.iter().map(|name| (*name).to_owned()).collect();
    let record = Record::new(&spec, passed).text();
    fs::write(dir.join("verified.json"), record).unwrap();
    let docs = Docs::default().in_dir(&dir);
    (dir, docs)
}

/// How often the page marks something, and its words about all.
fn marks(docs: &Docs) -> (usize, String) {
    let page = docs.print().unwrap();
    let told = page
        .lines()
        .find(|line| line.contains("marked *not verified*"));
    let told = told.expect("the words about all").to_owned();
    (
        page.matches("*not verified*").count() + page.matches("*(not verified)*").count() - 1,
        told,
    )
}

#[test]
fn what_passed_has_no_mark() {
    let (dir, docs) = project("verified-all", SPEC, &ALL);
    let (count, told) = marks(&docs);
    assert_eq!(count, 0, "{told}");
    let verbs = Record::verbs();
    assert!(told.contains(" examples and ") && told.contains(" were run against the server"));
    assert!(!verbs.passed().is_empty());
    // The command names what is not where it is looked for.
    fs::rename(dir.join("verified.json"), dir.join("elsewhere.json")).unwrap();
    assert_eq!(marks(&docs).0, 3);
    let docs = docs.verified("elsewhere.json");
    assert_eq!(marks(&docs).0, 0);
    assert!(docs.command().ends_with(" --verified elsewhere.json"));
}

#[test]
fn what_did_not_pass_is_marked() {
    for (index, missing) in ALL.iter().enumerate() {
        let passed: Vec<&str> = ALL.iter().copied().filter(|name| name != missing).collect();
        let (_, docs) = project(&format!("verified-but-{index}"), SPEC, &passed);
        let (count, told) = marks(&docs);
        assert_eq!(count, 1, "{missing}: {told}");
    }
}

#[test]
fn the_record_of_another_spec_counts_for_nothing() {
    // A text, a rule: the record is of what was run, not of what stands there now.
    for (index, (what, other)) in [
        ("title: Small", "title: Large"),
        ("minimum: 1", "minimum: 2"),
    ]
    .into_iter()
    .enumerate()
    {
        let spec = SPEC.replace(what, other);
        let (_, docs) = project(&format!("verified-stale-{index}"), &spec, &ALL);
        let (count, told) = marks(&docs);
        assert_eq!(count, 3);
        assert!(told.contains(" The record of what was run is of another spec"));
    }
}

#[test]
fn without_a_record_all_actions_are_marked() {
    let (dir, docs) = project("verified-none", SPEC, &ALL);
    fs::remove_file(dir.join("verified.json")).unwrap();
    let (count, told) = marks(&docs);
    assert_eq!(count, 3);
    assert!(told.contains(" There is no record of what was run of this spec"));
    let error = docs.clone().verified("verified.json").print().unwrap_err();
    assert!(matches!(error, Error::Io { .. }) && error.to_string().contains("verified.json"));
    fs::create_dir(dir.join("docs")).unwrap();
    fs::write(dir.join("docs/verified.json"), "{}").unwrap();
    let told = docs.print().unwrap_err().to_string();
    assert!(
        told.starts_with("docs/verified.json is no record: missing field `actionline`"),
        "{told}"
    );
}
