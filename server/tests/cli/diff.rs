//! `diff`.

use crate::program::Folder;
use serde_json::{Value, json};

const OLD: &str = "\
actionline: 1
info: { title: Scores, version: 1.0.0 }
actions:
  scoreAdd:
    params:
      player: { type: string, maxLength: 64 }
";

/// One change of each class.
const NEW: &str = "\
actionline: 1
info: { title: Scores, version: 1.1.0 }
actions:
  scoreAdd:
    params:
      player: { type: string, maxLength: 32 }
      note: { type: string }
";

fn folder() -> Folder {
    Folder::with("old.yaml", OLD).and("new.yaml", NEW)
}

#[test]
fn text_names_class_kind_and_both_places() {
    let ran = folder().run(&["diff", "old.yaml", "new.yaml"]);
    let wanted = "\
breaking[param-rule-tightened]: actions.scoreAdd.params.player: it has `maxLength: 32`, had `maxLength: 64`
  old: old.yaml:6:31
  new: new.yaml:6:31

additive[optional-param-added]: actions.scoreAdd.params.note: it is new
  old: old.yaml:4:3
  new: new.yaml:7:7

harmless[version-changed]: info.version: it is \"1.1.0\", was \"1.0.0\"

1 breaking, 1 additive, 1 harmless
";
    assert_eq!((ran.out.as_str(), ran.err.as_str()), (wanted, ""));
    assert_eq!(ran.code, Some(1));
}

#[test]
fn json_is_one_document() {
    let ran = folder().run(&["diff", "old.yaml", "new.yaml", "--format", "json"]);
    assert_eq!(ran.code, Some(1));
    let mut told: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(
        told["changes"][0],
        json!({
            "class": "breaking", "kind": "param-rule-tightened",
            "subject": "actions.scoreAdd.params.player",
            "message": "it has `maxLength: 32`, had `maxLength: 64`",
            "old": { "file": "old.yaml", "line": 6, "column": 31 },
            "new": { "file": "new.yaml", "line": 6, "column": 31 },
        })
    );
    assert_eq!(told["changes"][2]["old"], Value::Null);
    assert_eq!(told["changes"].as_array().map(Vec::len), Some(3));
    told["changes"].take();
    assert_eq!(
        told,
        json!({
            "version": 1, "old": "old.yaml", "new": "new.yaml",
            "breaking": 1, "additive": 1, "harmless": 1, "changes": null,
        })
    );
}

#[test]
fn markdown_has_a_section_for_each_class_that_occurs() {
    let folder = folder().and(
        "odd.yaml",
        NEW.replace("note", "\"no_te\"").replace("1.1.0", "\"*1*\""),
    );
    let ran = folder.run(&["diff", "old.yaml", "odd.yaml", "--format", "markdown"]);
    let wanted = "\
# Changes from `old.yaml` to `odd.yaml`

1 breaking, 1 additive, 1 harmless.

## Breaking

- **param-rule-tightened** `actions.scoreAdd.params.player`: it has `maxLength: 32`, had `maxLength: 64` (`old.yaml:6:31` → `odd.yaml:6:31`)

## Additive

- **optional-param-added** `actions.scoreAdd.params.no_te`: it is new (`old.yaml:4:3` → `odd.yaml:7:7`)

## Harmless

- **version-changed** `info.version`: it is \"\\*1\\*\", was \"1.0.0\"
";
    assert_eq!((ran.out.as_str(), ran.code), (wanted, Some(1)));
}

#[test]
fn without_a_breaking_change_it_exits_0() {
    let folder = folder();
    let same = folder.run(&["diff", "old.yaml", "old.yaml"]);
    assert_eq!(
        (same.out.as_str(), same.code),
        ("0 breaking, 0 additive, 0 harmless\n", Some(0))
    );
    let only_more = OLD.replace("  scoreAdd:", "  scoreList: {}\n  scoreAdd:");
    let folder = folder.and("more.yaml", only_more);
    let more = folder.run(&["diff", "old.yaml", "more.yaml"]);
    assert_eq!(more.code, Some(0), "{}", more.out);
    assert!(
        more.out.contains(
            "additive[action-added]: actions.scoreList: it is new\n  new: more.yaml:4:3\n"
        )
    );
    assert_eq!(folder.run(&["diff", "more.yaml", "old.yaml"]).code, Some(1));
}

#[test]
fn what_cannot_be_compared_exits_2_and_says_why() {
    let folder = folder().and("faulty.yaml", "actionline: 2\n");
    let missing = folder.run(&["diff", "old.yaml", "nope.yaml"]);
    assert_eq!((missing.code, missing.out.as_str()), (Some(2), ""));
    assert!(
        missing
            .err
            .starts_with("actionline: cannot read nope.yaml: "),
        "{}",
        missing.err
    );
    let faulty = folder.run(&["diff", "faulty.yaml", "nope.yaml"]);
    assert_eq!((faulty.code, faulty.out.as_str()), (Some(2), ""));
    for part in [
        "cannot compare faulty.yaml",
        "error[unknown-version]",
        "faulty.yaml:1:13",
        "cannot read nope.yaml",
    ] {
        assert!(
            faulty.err.contains(part),
            "{part} is not in:\n{}",
            faulty.err
        );
    }
    let one = folder.run(&["diff", "old.yaml"]);
    assert_eq!(one.code, Some(2));
    assert!(one.err.contains("<NEW>"), "{}", one.err);
}
