//! `examples/scores` as its user would build and run it: a crate outside this workspace.

use actionline_tests::{TestClient, soon};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/scores")
}

/// Builds and starts it on a free port; answers where it listens. It ends with the value.
async fn start() -> (Child, String) {
    let mut server = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--locked", "--", "--bind", "127.0.0.1:0"])
        .args(["--log-format", "json"])
        .current_dir(folder())
        .env_remove("CARGO_TARGET_DIR")
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("cargo");
    let stderr = server.stderr.take().expect("its log");
    let mut log = BufReader::new(stderr).lines();
    // A first build takes as long as it takes.
    while let Some(line) = log.next_line().await.expect("its log") {
        let Ok(line) = serde_json::from_str::<serde_json::Value>(&line) else {
            eprintln!("{line}");
            continue;
        };
        if let Some(address) = line["address"].as_str() {
            return (server, address.to_owned());
        }
    }
    panic!("examples/scores does not start");
}

#[tokio::test]
async fn a_note_is_said_to_the_others_in_the_room() {
    let (_server, address) = start().await;
    let address = address.parse().expect("an address");
    let mut ann = TestClient::connect(address).await;
    let mut bob = TestClient::connect(address).await;
    ann.line().await;
    bob.line().await;
    ann.ask(r#"scoreAdd player=ann note="well done""#).await;
    let heard = bob.json().await;
    assert_eq!(heard["message"], "well done");
    assert_eq!(heard["from"], ann.id().await);
}

/// The client in Python, which was written from the docs alone.
fn python(words: &[&str]) -> Command {
    let mut command = Command::new("python3");
    command
        .args(words)
        .current_dir(folder())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .kill_on_drop(true);
    command
}

#[tokio::test]
async fn the_client_in_python_uses_all_of_it() {
    let (_server, address) = start().await;
    let mut bob = TestClient::connect(address.parse().expect("an address")).await;
    bob.line().await;
    bob.ask("roomChange lobby").await;
    let (host, port) = address.split_once(':').expect("a port");
    let mut demo = python(&["client.py", host, port, "lobby", "ann"]);
    let done = demo.output().await.expect("python3");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{said}");
    let heard = bob.json().await;
    assert_eq!(heard["message"], "ann: hello");
    for part in [
        "scoreAdd  -> {'context': 'response', 'total': 5,",
        "-> refused: invalidParams points must be at least 1 for this action [{'param': 'points',",
        "-> refused: banned player cheat is banned []",
        "quit  -> {'status': 'Bye!',",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let text = std::fs::read_to_string(folder().join("client.py")).expect("the client");
    assert!(text.lines().count() < 40);
}

#[tokio::test]
async fn the_client_in_python_hears_others_while_it_asks() {
    let (_server, address) = start().await;
    let mut bob = TestClient::connect(address.parse().expect("an address")).await;
    bob.line().await;
    let (host, port) = address.split_once(':').expect("a port");
    let script = format!(
        "import client, sys\n\
         scores = client.Scores({host:?}, {port})\n\
         print('ready', scores.ask('detailsView')['status'], flush=True)\n\
         for line in sys.stdin: print('asked', scores.ask('scoreAdd', player=line.strip()), flush=True)\n"
    );
    let mut ann = python(&["-u", "-c", &script]);
    ann.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut ann = ann.spawn().expect("python3");
    let (mut stdin, stdout) = (ann.stdin.take().unwrap(), ann.stdout.take().unwrap());
    let mut lines = BufReader::new(stdout).lines();
    let mut waited = async |part: &str| {
        while let Some(line) = soon("a line of the client", lines.next_line())
            .await
            .unwrap()
        {
            if line.contains(part) {
                return;
            }
        }
        panic!("the client never says {part}");
    };
    waited("ready OK").await;
    bob.ask("say hello from bob").await;
    waited("heard: hello from bob").await;
    stdin.write_all(b"ann\n").await.expect("its input");
    waited("'total': 1,").await;
}

#[tokio::test]
async fn its_own_tests_pass() {
    let status = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--locked"])
        .current_dir(folder())
        .env_remove("CARGO_TARGET_DIR")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .await;
    assert!(status.expect("cargo").success(), "examples/scores fails");
}
