//! What `check` says to machines, and what it says of poor specs.

use crate::check::{FIVE_FAULTS, GOOD};
use crate::program::Folder;
use serde_json::{Value, json};

const POOR: &str = "\
actionline: 1
info: { title: Scores, version: 1.0.0 }
actions:
  scoreAdd:
    params:
      player: { type: string, description: Who scored. }
    examples: [{ send: scoreAdd, reply: { status: OK } }]
";

/// Two faults, one with a note elsewhere; the name of the file and a message have what has to be escaped.
const AWKWARD: &str = "\
actionline: 1
info: { title: T, version: 1.0.0 }
actions:
  one: {}
  one: {}
  \"a%b\": {}
";

fn document(out: &str) -> Value {
    serde_json::from_str(out).unwrap_or_else(|error| panic!("{error}: {out}"))
}

#[test]
fn warnings_are_told_and_exit_0_unless_denied() {
    let folder = Folder::with("actions.yaml", POOR);
    let ran = folder.run(&["check"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    for part in [
        "warning[no-description]: the action `scoreAdd` has no description\n --> actions.yaml:4:3\n",
        "warning[unbounded-string]: `player` can be a text of any length\n --> actions.yaml:6:7\n",
        "= help: add `maxLength`",
        "\n1 spec, 1 action: no faults, 2 warnings\n",
    ] {
        assert!(ran.out.contains(part), "{part:?} is not in:\n{}", ran.out);
    }
    let denied = folder.run(&["check", "--deny-warnings"]);
    assert_eq!((denied.code, denied.out), (Some(1), ran.out));
}

#[test]
fn a_spec_silences_a_lint_by_its_name() {
    let silent = POOR.replace(
        "actions:",
        "lints: { allow: [no-description, unbounded-string] }\nactions:",
    );
    let ran = Folder::with("actions.yaml", &silent).run(&["check", "--deny-warnings"]);
    assert_eq!(ran.out, "1 spec, 1 action: no faults\n");
    assert_eq!(ran.code, Some(0));
}

#[test]
fn json_is_one_document_with_every_place() {
    let folder = Folder::with("awkward.yaml", AWKWARD).and("poor.yaml", POOR);
    let words = [
        "check",
        "awkward.yaml",
        "poor.yaml",
        "nope.yaml",
        "--format",
        "json",
    ];
    let ran = folder.run(&words);
    assert_eq!(ran.code, Some(2));
    let told = document(&ran.out);
    assert_eq!(
        told["diagnostics"][0],
        json!({
            "file": "awkward.yaml", "line": 5, "column": 3, "end": { "line": 5, "column": 6 },
            "level": "error", "code": "duplicate-key", "message": "the key `one` is given twice",
            "notes": [{
                "message": "the first one is here",
                "file": "awkward.yaml", "line": 4, "column": 3, "end": { "line": 4, "column": 6 },
            }],
            "help": null,
        })
    );
    let list = told["diagnostics"].as_array().expect("a list").iter();
    let codes: Vec<_> = list
        .map(|one| (one["level"].as_str(), one["code"].as_str()))
        .collect();
    let wanted = [
        ("error", "duplicate-key"),
        ("error", "bad-name"),
        ("warning", "no-description"),
        ("warning", "unbounded-string"),
    ];
    assert_eq!(codes, wanted.map(|(level, code)| (Some(level), Some(code))));
    assert_eq!(
        (&told["version"], &told["errors"], &told["warnings"]),
        (&json!(1), &json!(2), &json!(2))
    );
    assert_eq!(told["unreadable"][0]["file"], "nope.yaml");
    assert!(ran.err.contains("cannot read nope.yaml"), "{}", ran.err);
}

#[test]
fn json_says_the_same_as_text() {
    let folder = Folder::with("faulty.yaml", FIVE_FAULTS);
    let text = folder.run(&["check", "faulty.yaml"]);
    let json = folder.run(&["check", "faulty.yaml", "--format=json"]);
    assert_eq!((text.code, json.code), (Some(1), Some(1)));
    let told = document(&json.out);
    let list = told["diagnostics"].as_array().expect("a list");
    assert_eq!(list.len(), 5);
    for one in list {
        let head = format!(
            "error[{}]: {}",
            one["code"].as_str().expect("text"),
            one["message"].as_str().expect("text")
        );
        assert!(text.out.contains(&head), "{head}");
        let place = format!("faulty.yaml:{}:{}", one["line"], one["column"]);
        assert!(text.out.contains(&place), "{place}");
    }
    let clean = Folder::with("actions.yaml", GOOD).run(&["check", "--format=json"]);
    let wanted = json!({
        "version": 1, "errors": 0, "warnings": 0, "diagnostics": [], "more": 0, "unreadable": []
    });
    assert_eq!((document(&clean.out), clean.code), (wanted, Some(0)));
}

#[test]
fn github_gets_one_escaped_line_each() {
    let folder = Folder::with("a,b:c.yaml", AWKWARD).and("poor.yaml", POOR);
    let ran = folder.run(&[
        "check",
        "a,b:c.yaml",
        "poor.yaml",
        "nope.yaml",
        "--format",
        "github",
    ]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 5, "{}", ran.out);
    assert_eq!(
        lines[0],
        "::error file=a%2Cb%3Ac.yaml,line=5,col=3,title=duplicate-key::the key `one` is given twice%0Anote: the first one is here (a,b:c.yaml:4:3)"
    );
    assert!(
        lines[1].contains("title=bad-name::`a%25b` cannot name an action%0Ahelp: "),
        "{}",
        lines[1]
    );
    assert!(lines[2].starts_with("::warning file=poor.yaml,line=4,col=3,title=no-description::"));
    assert!(
        lines[4].starts_with("::error file=nope.yaml::cannot read nope.yaml: "),
        "{}",
        lines[4]
    );
}

#[test]
fn what_stands_in_an_included_file_is_told_of_that_file() {
    let root = "actionline: 1\ninfo: { title: T, version: 1.0.0 }\ninclude: [more.yaml]\n";
    let more = "actionline: 1\nactions:\n  one: {}\n  two: { lints: { allow: [no-example] } }\n";
    let folder = Folder::with("api/actions.yaml", root).and("api/more.yaml", more);
    let ran = folder.run(&["check", "api/actions.yaml", "--format", "github"]);
    let codes: Vec<&str> = ran
        .out
        .lines()
        .filter_map(|line| line.split("::").nth(1))
        .collect();
    let wanted = [
        "warning file=api/more.yaml,line=3,col=3,title=no-description",
        "warning file=api/more.yaml,line=3,col=3,title=no-example",
        "warning file=api/more.yaml,line=4,col=3,title=no-description",
    ];
    assert_eq!((codes.as_slice(), ran.code), (&wanted[..], Some(0)));
    let told = document(
        &folder
            .run(&["check", "api/actions.yaml", "--format", "json"])
            .out,
    );
    assert_eq!(told["diagnostics"][2]["file"], "api/more.yaml");
    assert_eq!(told["diagnostics"][2]["end"]["column"], 6);
    let folder = folder
        .and("new/actions.yaml", root)
        .and("new/more.yaml", "actionline: 1\nactions: { one: {} }\n");
    let ran = folder.run(&["diff", "api/actions.yaml", "new/actions.yaml"]);
    let wanted = "breaking[action-removed]: actions.two: it is gone\n  old: api/more.yaml:4:3\n";
    assert!(ran.out.starts_with(wanted), "{}", ran.out);
}

#[test]
fn an_unknown_format_is_told_the_known_ones() {
    let ran = Folder::new().run(&["check", "--format", "xml"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("text") && ran.err.contains("github"),
        "{}",
        ran.err
    );
}
