//! What the binary says about itself.

use crate::program::Folder;

#[test]
fn help_teaches_and_exits_0() {
    let ran = Folder::new().run(&["--help"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    for needed in [
        "Examples:",
        "ACTIONLINE_BIND",
        "[limits]",
        "Exit codes:",
        "check",
        "--print-config",
        "backlog-soft",
    ] {
        assert!(ran.out.contains(needed), "{needed} is not in:\n{}", ran.out);
    }
}

#[test]
fn help_is_a_command_too() {
    let folder = Folder::new();
    for (word, flag) in [
        (&["help"][..], &["--help"][..]),
        (&["help", "check"], &["check", "--help"]),
    ] {
        let ran = folder.run(word);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert_eq!(ran.out, folder.run(flag).out);
    }
}

#[test]
fn version_names_the_library_and_the_api() {
    let ran = Folder::new().run(&["--version"]);
    let expected = format!(
        "actionline {}\nactionHero api 1.0.0\n",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!((ran.code, ran.out), (Some(0), expected));
}

#[test]
fn an_unknown_flag_is_told_the_nearest_and_exits_2() {
    let ran = Folder::new().run(&["--bnid", "127.0.0.1:0"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("'--bind'"), "{}", ran.err);
}

#[test]
fn an_unknown_command_exits_2() {
    let ran = Folder::new().run(&["chekc"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("'check'"), "{}", ran.err);
}
