//! `examples/scores` as its user would build and run it: a crate outside this workspace.

use actionline_tests::TestClient;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
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
