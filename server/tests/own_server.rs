//! A server of one's own: its `main` is one line. This test is that program; without the variable `CASE` it runs itself
//! once for each case and looks at what came out.

use actionline::{ActionSet, Server};
use std::process::{Command, ExitCode, Output};

static ACTIONS: ActionSet = ActionSet {
    package: "own_server",
    file: "own.yaml",
    text: "actionline: 1\ninfo: { title: Own, version: 2.0.0 }\nactions: {}\n",
    included: &[],
    handlers: &[],
};

fn main() -> ExitCode {
    match std::env::var("CASE").as_deref() {
        Ok("fails") => actionline::cli::run(&ACTIONS, |server, config| {
            let rooms = std::fs::read_to_string(&config.default_room)?;
            Ok(server.state(rooms))
        }),
        Ok("waits") => actionline::cli::run_async(&ACTIONS, async |server: Server, _| {
            tokio::task::yield_now().await;
            let port: u16 = "no number".parse()?;
            Ok(server.state(port))
        }),
        Ok("panics") => actionline::cli::run(&ACTIONS, |server, _| {
            for number in 0..100 {
                let thread = std::thread::spawn(move || panic!("a line\nand {number}"));
                assert!(thread.join().is_err());
            }
            // The address is no address of any machine: the program ends here.
            server
        }),
        _ => {
            help_names_the_program();
            version_names_the_api();
            state_that_fails_is_one_line();
            state_may_wait();
            panics_are_logged_without_a_backtrace();
            ExitCode::SUCCESS
        }
    }
}

fn run(case: &str, words: &[&str]) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.env("CASE", case).env("RUST_BACKTRACE", "1");
    command.args(words).output().expect("it runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn help_names_the_program() {
    let help = run("fails", &["--help"]);
    assert!(
        text(&help.stdout).contains("Usage: own_server-"),
        "{help:?}"
    );
}

fn version_names_the_api() {
    let version = run("fails", &["--version"]);
    assert!(
        text(&version.stdout).ends_with("\nOwn api 2.0.0\n"),
        "{version:?}"
    );
}

fn state_that_fails_is_one_line() {
    let failed = run("fails", &["--default-room", "no-such-file"]);
    assert_eq!(failed.status.code(), Some(2), "{failed:?}");
    let line = text(&failed.stderr);
    assert!(
        line.contains(": cannot start: No such file or directory"),
        "{line}"
    );
    assert_eq!(line.lines().count(), 1, "{line}");
}

fn state_may_wait() {
    let failed = run("waits", &[]);
    assert_eq!(failed.status.code(), Some(2), "{failed:?}");
    assert!(
        text(&failed.stderr).contains(": cannot start: invalid digit found in string"),
        "{failed:?}"
    );
}

fn panics_are_logged_without_a_backtrace() {
    let failed = run("panics", &["--bind", "192.0.2.1:1", "--log-format", "json"]);
    assert_eq!(failed.status.code(), Some(2), "{failed:?}");
    let err = text(&failed.stderr);
    let panics: Vec<serde_json::Value> = err
        .lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert!(panics.len() >= 10, "{err}");
    let (notes, panics): (Vec<_>, Vec<_>) = panics
        .into_iter()
        .partition(|line| line["unlogged"].is_u64());
    for panic in &panics {
        assert_eq!(panic["level"], "ERROR");
        assert!(
            panic["place"]
                .as_str()
                .expect("a place")
                .contains("own_server.rs:"),
            "{panic}"
        );
        assert!(
            panic["message"]
                .as_str()
                .expect("text")
                .starts_with("panic"),
            "{panic}"
        );
        assert!(
            panic["said"].as_str().expect("text").contains("a line"),
            "{panic}"
        );
    }
    assert!(!err.contains("stack backtrace"), "{err}");
    assert_eq!(
        err.lines().count(),
        panics.len() + notes.len() + 1,
        "the panics and why it ended: {err}"
    );
}
