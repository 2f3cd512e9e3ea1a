//! Settings: every layer, which one wins, and what a bad one is told.

use crate::program::{Folder, Ran, Serving};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

/// The run of a bad setting. One that is taken for a good one is shown instead of served.
fn refused(folder: &Folder, words: &[&str]) -> Ran {
    folder.run(&[words, &["--print-config"]].concat())
}

/// The line of `--print-config` for a setting, its columns joined by one space.
fn shown(printed: &str, name: &str) -> String {
    let line = printed
        .lines()
        .find(|line| line.starts_with(&format!("{name} = ")));
    let line = line.unwrap_or_else(|| panic!("{name} is not in:\n{printed}"));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn flags_win_over_environment_over_file_over_default() {
    let file = "default-room = \"file\"\nwelcome = \"file\"\nworkers = 3\n[limits]\nturn = 3\n";
    let folder = Folder::with("actionline.toml", file);
    let mut command = folder.command(&[
        "--default-room",
        "flag",
        "--limit",
        "line=128K",
        "--print-config",
    ]);
    let environment = [
        ("ACTIONLINE_DEFAULT_ROOM", "environment"),
        ("ACTIONLINE_WELCOME", "environment"),
        ("ACTIONLINE_LIMIT_LINE", "1K"),
        ("ACTIONLINE_LIMIT_BACKLOG_SOFT", "2k"),
        ("ACTIONLINE_WORKERS", ""),
    ];
    let output = command.envs(environment).output().expect("the binary runs");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for (name, line) in [
        (
            "default-room",
            "default-room = \"flag\" # flag --default-room",
        ),
        (
            "welcome",
            "welcome = \"environment\" # environment ACTIONLINE_WELCOME",
        ),
        ("workers", "workers = 3 # file actionline.toml:3:1"),
        ("bind", "bind = \"127.0.0.1:5000\" # default"),
        ("line", "line = 131072 # flag --limit line"),
        (
            "backlog-soft",
            "backlog-soft = 2048 # environment ACTIONLINE_LIMIT_BACKLOG_SOFT",
        ),
        ("turn", "turn = 3 # file actionline.toml:5:1"),
        ("sticky", "sticky = 256 # default"),
    ] {
        assert_eq!(shown(&printed, name), line);
    }
}

#[test]
fn keep_alive_is_a_limit_by_either_name() {
    let folder = Folder::new();
    for words in [["--keep-alive", "7"], ["--limit", "keep-alive=7"]] {
        let printed = folder.run(&[words[0], words[1], "--print-config"]).out;
        assert!(
            shown(&printed, "keep-alive").starts_with("keep-alive = 7 # flag "),
            "{printed}"
        );
    }
    let folder = Folder::with("actionline.toml", "keep-alive = 0\n");
    let printed = folder.run(&["--print-config"]).out;
    assert_eq!(
        shown(&printed, "keep-alive"),
        "keep-alive = 0 # file actionline.toml:1:1"
    );
}

/// The settings that are printed, without where they come from.
fn values(printed: &str) -> Vec<&str> {
    let lines = printed.lines().filter_map(|line| line.rsplit_once(" # "));
    lines.map(|(value, _)| value.trim_end()).collect()
}

#[test]
fn what_is_printed_is_a_file_of_the_same_settings_in_any_folder() {
    let own = "public = \"files\"\nlog = \"warn\"\nbackplane = \"rediss://localhost\"\nwelcome = \"# \\\" é\"\n[limits]\nline = 0x400\n";
    let folder = Folder::with("etc/files/a", "").and("etc/own.toml", own);
    // Paths from here, from the file's folder, and from the root.
    let root = folder.path().join("root.pem").display().to_string();
    let words = ["--config", "etc/own.toml", "--announce", "--print-config"];
    let files = ["--tls-cert", "cert.pem", "--tls-key", &root];
    let mut command = folder.command(&[&words[..], &files].concat());
    command.env("ACTIONLINE_BACKPLANE_PASSWORD", "opensesame");
    let first = Ran::from(command.output().expect("the binary runs"));
    assert!(!first.out.contains("opensesame") && !first.err.contains("opensesame"));
    for value in ["announce = true", "line = 1024", "log = \"warn\""] {
        assert!(values(&first.out).contains(&value), "{}", first.out);
    }
    let folder = folder.and("other/printed.toml", &first.out);
    let second = folder.run(&["--config", "other/printed.toml", "--print-config"]);
    assert_eq!(values(&first.out), values(&second.out), "{}", second.err);
}

#[test]
fn a_server_with_what_was_printed_has_the_same_files() {
    let folder = Folder::with("files/hello.txt", "hello\n");
    let words = ["--public", "files", "--bind", "127.0.0.1:0"];
    let printed = folder.run(&[&words[..], &["--print-config"]].concat()).out;
    let folder = folder.and("other/printed.toml", printed);
    let serving = Serving::start(folder.command(&["--config", "other/printed.toml"]));
    let stream = TcpStream::connect(&serving.address).expect("it listens");
    let mut client = BufReader::new(stream);
    let sent = client.get_mut().write_all(b"file fileName=hello.txt\n");
    sent.expect("sent");
    let lines: Vec<_> = client
        .lines()
        .take(2)
        .map(|line| line.expect("a line"))
        .collect();
    assert_eq!(lines[1], "hello");
}

#[test]
fn the_environment_may_name_the_file_and_folders_are_relative_to_it() {
    let folder = Folder::with("etc/own.toml", "public = \"files\"\n").and("etc/files/a", "");
    let mut command = folder.command(&["--print-config"]);
    let output = command
        .env("ACTIONLINE_CONFIG", "etc/own.toml")
        .output()
        .expect("the binary runs");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let public = folder.path().join("etc/files");
    assert_eq!(
        shown(&printed, "public"),
        format!("public = {public:?} # file etc/own.toml:1:1")
    );
}

#[test]
fn a_bad_value_is_one_line_that_names_setting_layer_value_and_what_is_allowed() {
    let folder = Folder::with("a-file", "");
    for (words, line) in [
        (
            &["--workers", "0"][..],
            "workers must be auto or a whole number from 1 to 1024, not \"0\" (flag --workers)",
        ),
        (
            &["--bind", "5000"],
            "bind must be an address and a port, such as 127.0.0.1:5000 or [::1]:5000, not \"5000\" (flag --bind)",
        ),
        (
            &["--announce=maybe"],
            "announce must be true or false, not \"maybe\" (flag --announce)",
        ),
        (
            &["--log-format", "xml"],
            "log-format must be one of auto, text, json, not \"xml\" (flag --log-format)",
        ),
        (
            &["--log", "debgu"],
            "log must be one of off, error, warn, info, debug, trace, or a list such as info,actionline=debug (did you mean debug?), not \"debgu\" (flag --log)",
        ),
        (
            &["--limit", "depth=128"],
            "limit depth must be 64, which the protocol fixes, not \"128\" (flag --limit depth)",
        ),
        (
            &["--keep-alive", "5K"],
            "keep-alive must be a whole number of seconds from 0 to 31536000, not \"5K\" (flag --keep-alive)",
        ),
        (
            &["--limit", "lien=5"],
            "\"lien\" is no limit; did you mean line?",
        ),
        (
            &["--limit", "line"],
            "--limit must be NAME=VALUE, such as line=64K, not \"line\"",
        ),
        (
            &["--keep-alive", "1", "--limit", "keep-alive=1"],
            "limit keep-alive is given twice: flag --keep-alive and flag --limit keep-alive",
        ),
        (
            &["--public", "nope"],
            "public must be a folder that is there and can be read (no such file or directory), not \"nope\" (flag --public)",
        ),
        (
            &["--public", "a-file"],
            "public must be a folder (this is something else), not \"a-file\" (flag --public)",
        ),
        (
            &["--config", "nope.toml"],
            "cannot read the settings in nope.toml: no such file or directory",
        ),
    ] {
        assert_eq!(refused(&folder, words).refusal(), line);
    }
}

#[test]
fn a_bad_variable_is_named() {
    let folder = Folder::new();
    let output = folder
        .command(&["--print-config"])
        .env("ACTIONLINE_LIMIT_TURN", "many")
        .output();
    let ran = Ran::from(output.expect("the binary runs"));
    assert_eq!(
        ran.refusal(),
        "limit turn must be a whole number from 1 to 65536, not \"many\" (environment ACTIONLINE_LIMIT_TURN)"
    );
}

#[test]
fn a_bad_file_is_told_with_its_place() {
    for (text, line) in [
        (
            "# settings\n  keepalive = 5\n",
            "actionline.toml:2:3: \"keepalive\" is no setting; did you mean keep-alive?",
        ),
        (
            "[limits]\nlien = 5\n",
            "actionline.toml:2:1: \"lien\" is no limit; did you mean line?",
        ),
        (
            "line = 5\n",
            "actionline.toml:1:1: line is a limit: write it beneath [limits]",
        ),
        (
            "[limits]\nbind = \"x\"\n",
            "actionline.toml:2:1: bind is no limit: write it above [limits]",
        ),
        (
            "limits = 5\n",
            "actionline.toml:1:1: limits must be a table: [limits]",
        ),
        (
            "zzzz = 1\n",
            "actionline.toml:1:1: \"zzzz\" is no setting; --help lists them",
        ),
        (
            "announce = \"yes\"\n",
            "actionline.toml:1:1: announce must be true or false",
        ),
        (
            "bind = 5000\n",
            "actionline.toml:1:1: bind must be a string in quotes",
        ),
        (
            "workers = 0\n",
            "workers must be auto or a whole number from 1 to 1024, not \"0\" (file actionline.toml:1:1)",
        ),
        (
            "keep-alive = 1\n[limits]\nkeep-alive = 1\n",
            "limit keep-alive is given twice: file actionline.toml:1:1 and file actionline.toml:3:1",
        ),
    ] {
        assert_eq!(
            refused(&Folder::with("actionline.toml", text), &[]).refusal(),
            line
        );
    }
    let ran = refused(&Folder::with("actionline.toml", "bind = \n"), &[]);
    assert!(ran.refusal().starts_with("actionline.toml:1:"), "{ran:?}");
}

#[test]
fn every_fault_of_a_file_is_told_in_its_order() {
    let ran = refused(
        &Folder::with(
            "actionline.toml",
            "zeta = 1\nalpha = 1\n[limits]\nbeta = 1\n",
        ),
        &[],
    );
    assert_eq!(ran.code, Some(2));
    let places: Vec<_> = ran
        .err
        .lines()
        .map(|line| line.split(": ").nth(1).unwrap_or_default())
        .collect();
    assert_eq!(
        places,
        [
            "actionline.toml:1:1",
            "actionline.toml:2:1",
            "actionline.toml:4:1"
        ]
    );
}
