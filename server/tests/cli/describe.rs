//! `describe` of the command line.

use crate::program::Folder;
use actionline_specs::{Source, Spec, load, machine};
use serde_json::{Value, json};

const SCORES: &str =
    "actionline: 1\ninfo: { title: Scores, version: 1.0.0 }\nactions: { scoreAdd: {} }\n";
const CHAT: &str =
    "actionline: 1\ninfo: { title: Chat, version: 1.0.0 }\nactions: { whisper: {} }\n";

fn spec(text: &str) -> Spec {
    load(Source::new("actions.yaml", text)).expect("a good spec")
}

#[test]
fn it_prints_the_machine_form_and_the_hash() {
    let folder = Folder::with("actions.yaml", SCORES).and("chat.yaml", CHAT);
    let (scores, chat) = (spec(SCORES), spec(CHAT));
    for (words, specs) in [
        (vec!["describe"], vec![&scores]),
        (
            vec!["describe", "chat.yaml", "actions.yaml"],
            vec![&chat, &scores],
        ),
    ] {
        let ran = folder.run(&words);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        let printed: Value = serde_json::from_str(&ran.out).expect("JSON");
        let hash = machine::hash(specs.clone());
        let wanted = json!({ "hash": hash, "describes": machine::form(specs) });
        assert_eq!(printed, wanted);
        let ran = folder.run(&[words, vec!["--format", "hash"]].concat());
        assert_eq!((ran.code, ran.out), (Some(0), hash + "\n"));
    }
}

#[test]
fn what_cannot_be_described_exits_2_and_says_why() {
    let folder = Folder::with("actions.yaml", SCORES).and("faulty.yaml", "actionline: 2\n");
    let ran = folder.run(&["describe", "actions.yaml", "faulty.yaml", "nope.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    for part in [
        "cannot describe faulty.yaml, which has faults",
        "error[unknown-version]",
        "cannot read nope.yaml: ",
    ] {
        assert!(ran.err.contains(part), "{part} is not in:\n{}", ran.err);
    }
}
