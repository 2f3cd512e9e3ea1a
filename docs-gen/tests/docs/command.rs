//! The binary, as a person runs it.

use crate::{ROOT, folder};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(dir: &Path, args: &[&str]) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_actionline-docs-gen"))
        .args(args)
        .current_dir(dir)
        .output()
        .expect("the binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (
        status.code().expect("an exit code"),
        text(stdout),
        text(stderr),
    )
}

#[test]
fn write_then_check() {
    let dir = folder("cli-write");
    fs::copy(
        Path::new(ROOT).join("actions.yaml"),
        dir.join("actions.yaml"),
    )
    .unwrap();
    let (code, _, err) = run(&dir, &["check"]);
    assert_eq!(code, 1, "{err}");
    assert_eq!(
        err,
        "docs/protocol.md does not match actions.yaml:\n\ndocs/protocol.md is not there\n\nTo mend it: the same with `write` in place of `check`\n"
    );
    let (code, out, _) = run(&dir, &["write"]);
    assert_eq!((code, out.as_str()), (0, "docs/protocol.md: written\n"));
    let (code, out, _) = run(&dir, &["write"]);
    assert_eq!((code, out.as_str()), (0, "docs/protocol.md: up to date\n"));
    let (code, out, _) = run(&dir, &["check"]);
    assert_eq!((code, out.as_str()), (0, "docs/protocol.md: up to date\n"));
    let (code, out, _) = run(&dir, &["print"]);
    assert_eq!(
        (code, out),
        (0, fs::read_to_string(dir.join("docs/protocol.md")).unwrap())
    );
}

#[test]
fn a_broken_spec_is_shown_like_a_compiler_shows_it() {
    let dir = folder("cli-broken");
    fs::write(
        dir.join("odd.yaml"),
        "actionline: 1\ninfo: { titel: x, version: 1.0.0 }\nactions: {}\n",
    )
    .unwrap();
    let (code, out, err) = run(&dir, &["print", "--spec", "odd.yaml"]);
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert!(
        err.contains("odd.yaml:2:9") && err.contains("titel"),
        "{err}"
    );
}

#[test]
fn what_cannot_be_done_is_one_line() {
    let dir = folder("cli-io");
    let (code, _, err) = run(&dir, &["write"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "there is no spec at actions.yaml: name one with --spec PATH, or run this where actions.yaml is\n"
    );
    fs::copy(
        Path::new(ROOT).join("actions.yaml"),
        dir.join("actions.yaml"),
    )
    .unwrap();
    fs::write(dir.join("docs"), "a file where a folder should be").unwrap();
    let (code, _, err) = run(&dir, &["write"]);
    assert_eq!((code, err.lines().count()), (2, 1), "{err}");
    assert!(err.contains("docs/protocol.md"), "{err}");
    fs::create_dir(dir.join("folder.yaml")).unwrap();
    let (code, _, err) = run(&dir, &["print", "--spec", "folder.yaml"]);
    assert_eq!((code, err.lines().count()), (2, 1), "{err}");
    assert_eq!(run(&dir, &["nonsense"]).0, 2);
    assert_eq!(run(&dir, &[]).0, 2);
}
