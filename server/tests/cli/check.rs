//! `check`.

use crate::program::Folder;

pub(crate) const GOOD: &str = "\
actionline: 1
info: { title: Scores, version: 1.0.0 }
actions:
  scoreAdd:
    description: Adds points to a player.
    params:
      player: { type: string, required: true, maxLength: 64, description: Who scored. }
    returns:
      total: { type: integer, description: Points after this call. }
    examples:
      - send: scoreAdd player=ann
        reply: { total: 5 }
";

pub(crate) const FIVE_FAULTS: &str = "\
actionline: 1
info: { title: Scores, version: 1.0.0 }
actions:
  scoreAdd:
    descripton: Adds points to a player.
    params:
      player: { type: sting, description: Who scored. }
      points: { type: integer, required: true, default: 1, description: How many. }
      level: { type: integer, minimum: 5, maximum: 1, description: How hard. }
    returns:
      messageCount: { type: integer, description: Points after this call. }
";

#[test]
fn a_good_spec_exits_0() {
    let folder = Folder::with("actions.yaml", GOOD);
    for words in [&["check"][..], &["check", "actions.yaml"]] {
        let ran = folder.run(words);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert_eq!(ran.out, "1 spec, 1 action: no faults\n");
    }
}

#[test]
fn the_shipped_specs_are_good_and_clean() {
    for spec in ["actions.yaml", "examples/scores/actions.yaml"] {
        let spec = format!("{}/../{spec}", env!("CARGO_MANIFEST_DIR"));
        let ran = Folder::new().run(&["check", "--deny-warnings", &spec]);
        assert_eq!(ran.code, Some(0), "{}", ran.out);
    }
}

#[test]
fn the_spec_of_the_readme_is_good_and_clean() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let readme = std::fs::read_to_string(readme).expect("it is there");
    let (_, rest) = readme.split_once("```yaml\n").expect("a spec");
    let (spec, _) = rest.split_once("```").expect("its end");
    let ran = Folder::with("actions.yaml", spec).run(&["check", "--deny-warnings"]);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
}

#[test]
fn every_fault_is_shown_with_its_place() {
    let ran = Folder::with("faulty.yaml", FIVE_FAULTS).run(&["check", "faulty.yaml"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""), "{}", ran.out);
    for place in ["5:5", "7:23", "8:", "9:", "11:7"] {
        assert!(
            ran.out.contains(&format!("faulty.yaml:{place}")),
            "{place} is not in:\n{}",
            ran.out
        );
    }
    assert!(ran.out.contains("5 faults in 1 of 1 spec\n"), "{}", ran.out);
    assert!(
        !ran.out.contains('\u{1b}'),
        "no colours in a pipe: {:?}",
        ran.out
    );
}

/// A spec with so many faults, each in a line of its own.
fn faulty(faults: usize) -> String {
    let lines: String = (0..faults).map(|n| format!("fault{n}: 1\n")).collect();
    format!("actionline: 1\ninfo: {{ title: Scores, version: 1.0.0 }}\nactions: {{}}\n{lines}")
}

#[test]
fn a_hundred_faults_are_shown_and_all_are_counted() {
    for (faults, more) in [(100, 0), (101, 1), (250, 150)] {
        let folder = Folder::with("actions.yaml", &faulty(faults));
        let shown = |format: &str, sign: &str| {
            let ran = folder.run(&["check", "--format", format]);
            assert_eq!(ran.code, Some(1), "{}", ran.out);
            (ran.out.matches(sign).count(), ran.out)
        };
        let (count, text) = shown("text", "error[");
        assert_eq!(count, 100);
        assert_eq!(text.contains(&format!("\nand {more} more\n")), more > 0);
        assert!(text.contains(&format!("{faults} faults in 1 of 1 spec")));
        let (count, json) = shown("json", "\"code\":");
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(count, 100);
        assert_eq!(
            (&json["more"], &json["errors"]),
            (&more.into(), &faults.into())
        );
        let (count, github) = shown("github", "::error ");
        assert_eq!(count, 100);
        let told = format!("::notice file=actions.yaml::and {more} more\n");
        assert_eq!(github.ends_with(&told), more > 0);
    }
}

/// Neither ever ends: whoever reads them waits for ever, or until the memory is full.
#[cfg(unix)]
#[test]
fn only_files_are_read() {
    let folder = Folder::new();
    let mut made = std::process::Command::new("mkfifo");
    let made = made.current_dir(folder.path()).arg("pipe").status();
    assert!(made.expect("mkfifo runs").success());
    for name in ["pipe", "/dev/zero", "."] {
        for words in [&["check", name][..], &["describe", name]] {
            let ran = folder.run(words);
            let told = format!("cannot read {name}: it is no file");
            assert_eq!(ran.code, Some(2), "{words:?}");
            assert!(ran.err.contains(&told), "{}", ran.err);
        }
    }
}

#[test]
fn an_unreadable_file_exits_2_and_the_others_are_checked() {
    let folder = Folder::with("good.yaml", GOOD)
        .and("latin.yaml", b"info: \xe9\n")
        .and("faulty.yaml", FIVE_FAULTS);
    let ran = folder.run(&[
        "check",
        "nope.yaml",
        "good.yaml",
        "latin.yaml",
        "faulty.yaml",
    ]);
    assert_eq!(ran.code, Some(2));
    let lines: Vec<_> = ran.err.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines[0].starts_with("actionline: cannot read nope.yaml: "),
        "{lines:?}"
    );
    assert_eq!(
        lines[1],
        "actionline: cannot read latin.yaml: it is not UTF-8 text from byte 7 on"
    );
    assert!(
        ran.out.contains("5 faults in 1 of 2 specs\n"),
        "{}",
        ran.out
    );
}
