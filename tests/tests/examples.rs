//! Every example that the shipped specs show, sent to the shipped server.

use actionline::{ActionSet, Cache, Files, Server, verify};
use actionline_tests::lab::{Gates, LAB};
use actionline_tests::shipped::SHIPPED;
use std::path::{Path, PathBuf};

fn server() -> Server {
    serving(&SHIPPED)
}

fn serving(actions: &'static ActionSet) -> Server {
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public");
    Server::new(actions)
        .state(Cache::default())
        .state(Files::below(public).expect("the public folder"))
}

#[test]
fn the_actions_examples_hold() {
    verify::recorded(root("docs/verified.json"), server);
}

/// A file of the project.
fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

#[tokio::test]
async fn the_verbs_examples_hold() {
    let report = verify::report_verbs(async || server()).await;
    let report = report.expect("the server starts");
    assert!(report.drifts().is_empty(), "{report}");
    assert!(report.tried() > actionline_specs::verbs().actions.len());
    let record = report.record().expect("a record");
    let path = root("specs/src/verbs.verified.json");
    verify::hold(&path, record, verify::is_blessed()).unwrap_or_else(|stale| panic!("{stale}"));
}

#[test]
fn what_others_are_sent_holds() {
    verify::examples(|| Server::new(&LAB).state(Gates::default()));
}

#[tokio::test]
async fn what_others_are_not_sent_is_a_difference() {
    let told = [
        (
            "bob: { hears: [{ context: api, message: hi, from: <you> }] }",
            "bob: {}",
            "bob: more comes than the spec shows: ",
        ),
        (
            "        hears: [{ context: api, message: hi, from: <you> }]\n",
            "",
            "more comes than the spec shows: ",
        ),
        (
            "bob: { hears: [{ context: api, message: hi, from: <you>",
            "bob: { hears: [{ context: api, message: hi, from: <eve>",
            "bob: from: expected",
        ),
    ];
    for (what, other, told) in told {
        two_drifts(what, other, told).await;
    }
}

/// What a changed spec of the lab is told, once for words and once for JSON.
async fn two_drifts(what: &str, other: &str, told: &str) -> verify::Report {
    let actions = drifted(&LAB, what, other);
    let report = verify::report(async || Server::new(actions).state(Gates::default())).await;
    let report = report.expect("the server starts");
    assert_eq!(report.drifts().len(), 2, "{what}: {report}");
    let mut drifts = report.drifts().iter();
    assert!(drifts.all(|drift| drift.what.starts_with(told)), "{report}");
    report
}

#[tokio::test]
async fn a_line_that_does_not_come_is_a_difference() {
    for (what, other, told) in [
        (
            "eve: {}",
            "eve: { hears: [{ context: api, message: hi, from: <you> }] }",
            "eve: this line does not come: ",
        ),
        (
            "reply: { reach: everywhere }\n        others:",
            "reply: { reach: everywhere }\n        hears: [{ context: api, message: hi, from: <you> }]\n        others:",
            "this line does not come: ",
        ),
    ] {
        let report = two_drifts(what, other, told).await;
        let lines = report.drifts().iter().flat_map(|drift| &drift.log);
        assert!(
            lines.into_iter().all(|line| !line.contains("verify.")),
            "{report}"
        );
    }
}

#[test]
fn a_line_sent_before_can_fetch_a_file() {
    let before = |line: &str| {
        let send = format!("before: [{line}]\n        send: randomNumber");
        let actions = drifted(&SHIPPED, "send: randomNumber", &send);
        verify::examples(|| serving(actions));
    };
    before("file fileName=hello.txt");
    before("file fileName=hello.txt framed=true, paramAdd a=b");
}

/// A set of actions with something else in its spec.
fn drifted(set: &ActionSet, what: &str, other: &str) -> &'static ActionSet {
    let text = set.text.replacen(what, other, 1);
    assert_ne!(text, set.text, "{what} is in the spec");
    Box::leak(Box::new(ActionSet {
        package: set.package,
        file: "actions.yaml",
        text: Box::leak(text.into_boxed_str()),
        included: set.included,
        handlers: set.handlers,
    }))
}

#[tokio::test]
async fn every_difference_is_told_with_its_place() {
    let actions = drifted(&SHIPPED, "loadResp: myValue", "loadResp: yours");
    let report = verify::report(async || serving(actions)).await;
    let report = report.expect("the server starts");
    let [words, json] = report.drifts() else {
        panic!("two forms differ, not: {report}");
    };
    let line = actions
        .text
        .lines()
        .position(|line| line.contains("- send: cacheTest key"));
    let line = line.expect("the example") + 1;
    assert_eq!(words.at, format!("actions.yaml:{line}:9"));
    assert_eq!(
        words.what,
        r#"cacheTestResults.loadResp: expected "yours", found "myValue""#
    );
    assert_eq!(words.log[0], "> cacheTest key=myKey value=myValue");
    assert!(json.log[0].starts_with(r#"> {"action":"cacheTest""#));
    let text = report.to_string();
    assert!(
        text.contains(
            "\n    -     \"loadResp\": \"yours\",\n    +     \"loadResp\": \"myValue\",\n"
        ),
        "{text}"
    );
    assert!(text.contains("mend the example in the YAML"), "{text}");
}

#[tokio::test]
async fn an_answer_of_another_kind_is_a_difference() {
    let wrong = [
        ("Hello from actionline.", "Hello.", "the bytes are others"),
        (
            "file fileName=hello.txt",
            "file fileName=gone.txt",
            "the bytes are others",
        ),
        (
            "error: The file, nope.html, is not found.",
            "error: The file, x, is not found.",
            "error: expected",
        ),
    ];
    for (what, other, told) in wrong {
        let actions = drifted(&SHIPPED, what, other);
        let report = verify::report(async || serving(actions)).await;
        let report = report.expect("the server starts");
        assert_eq!(report.drifts().len(), 2, "{report}");
        assert!(
            report
                .drifts()
                .iter()
                .all(|drift| drift.what.starts_with(told)),
            "{report}"
        );
    }
}

#[test]
#[should_panic(expected = "the server does not start: ")]
fn a_server_that_does_not_start_says_why() {
    verify::examples(|| Server::new(&SHIPPED));
}
