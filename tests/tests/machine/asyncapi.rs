//! The AsyncAPI document before the parser of the AsyncAPI initiative.

use super::{SPECS, spec, specs};
use actionline::specs::{machine, verbs};
use actionline_docs_gen::machine::asyncapi;
use actionline_tests::npm;
use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};

/// What the parser says: the operations that it finds, and its diagnostics.
fn parsed(document: &Value) -> (Vec<String>, Vec<Value>) {
    npm::package("asyncapi", "@asyncapi/parser");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/asyncapi/validate.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node can be run: install Node.js 18 or later");
    let mut input = node.stdin.take().expect("its input");
    input
        .write_all(document.to_string().as_bytes())
        .expect("it listens");
    drop(input);
    let ran = node.wait_with_output().expect("it ends");
    assert!(ran.status.success(), "the parser failed");
    let said: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let operations = said["operations"].as_array().into_iter().flatten();
    let operations = operations
        .map(|id| id.as_str().expect("a text").to_owned())
        .collect();
    (
        operations,
        said["diagnostics"].as_array().expect("a list").clone(),
    )
}

/// Errors and warnings; it has hints besides, such as that there are newer versions.
fn faults(diagnostics: &[Value]) -> Vec<&Value> {
    let serious = |one: &&Value| one["severity"].as_u64() <= Some(1);
    diagnostics.iter().filter(serious).collect()
}

#[test]
fn the_parser_finds_nothing_wrong_and_every_operation() {
    for spec in specs() {
        let document = asyncapi(&spec);
        assert_eq!(document["x-actionline-hash"], machine::hash([&spec]));
        let (operations, diagnostics) = parsed(&document);
        assert_eq!(
            faults(&diagnostics),
            Vec::<&Value>::new(),
            "{}",
            spec.source.name
        );
        let actions = verbs().actions.iter().chain(&spec.actions);
        let mut wanted: Vec<String> = actions.map(|action| action.name.clone()).collect();
        wanted.extend(spec.pushes.iter().map(|push| format!("{}.push", push.name)));
        let own = ["welcome", "keep-alive", "gap", "goodbye", "room-message"];
        wanted.extend(own.map(|name| format!("protocol.{name}")));
        wanted.sort();
        let mut found = operations;
        found.sort();
        assert_eq!(found, wanted);
    }
}

#[test]
fn the_parser_finds_what_is_wrong() {
    let good = asyncapi(&spec(SPECS[0]));
    for (place, value) in [
        ("/operations/cacheTest/action", "answer"),
        ("/components/schemas/cacheTest.params/type", "objekt"),
        (
            "/components/messages/cacheTest.request/payload/$ref",
            "#/components/schemas/nothing",
        ),
    ] {
        let mut document = good.clone();
        *document.pointer_mut(place).expect(place) = value.into();
        let (_, diagnostics) = parsed(&document);
        assert!(!faults(&diagnostics).is_empty(), "{place}");
    }
}
