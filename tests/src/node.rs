//! The shipped server as a process of its own.

use crate::client::{TestClient, soon};
use crate::redis::signal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// The binary, as it was built beside this test.
fn binary() -> PathBuf {
    let exe = std::env::current_exe().expect("this test's own file");
    let folder = exe.ancestors().nth(2).expect("target/debug");
    let binary = folder.join("actionline");
    assert!(
        binary.exists(),
        "{} is not there: run `cargo build --workspace --all-features` first",
        binary.display()
    );
    binary
}

/// A running server process; it is killed when this is dropped.
#[derive(Debug)]
pub struct Node {
    child: Child,
    address: SocketAddr,
    log: UnboundedReceiver<String>,
    /// Lines that were passed over.
    passed: Vec<String>,
}

impl Node {
    /// Starts one with these words, on a free port.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start(words: &[&str]) -> Self {
        Self::start_with(words, &[]).await
    }

    /// The same with variables of the environment.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start_with(words: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut child = Command::new(binary())
            .args(["--bind", "127.0.0.1:0", "--log-format", "json", "--public"])
            .arg(crate::folder::Folder::shipped())
            .args(words)
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("actionline");
        let mut lines = BufReader::new(child.stderr.take().expect("its log")).lines();
        let (told, log) = unbounded_channel();
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                if told.send(line).is_err() {
                    break;
                }
            }
        });
        let mut node = Self {
            child,
            address: SocketAddr::from(([0; 4], 0)),
            log,
            passed: Vec::new(),
        };
        let line = node.logs("\"address\"").await;
        let line: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        let address = line["address"].as_str().expect("an address");
        node.address = address.parse().expect("an address");
        node
    }

    /// Waits for a line of its log that holds this; each is told once.
    ///
    /// # Panics
    /// When it ends before.
    pub async fn logs(&mut self, what: &str) -> String {
        if let Some(at) = self.passed.iter().position(|line| line.contains(what)) {
            return self.passed.remove(at);
        }
        loop {
            let line = soon(what, self.log.recv()).await;
            let line = line.unwrap_or_else(|| panic!("it ended before it said {what}"));
            if line.contains(what) {
                return line;
            }
            self.passed.push(line);
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A client that has read its welcome.
    pub async fn client(&self) -> TestClient {
        let mut client = TestClient::connect(self.address).await;
        client.line().await;
        client
    }

    /// Sends it a signal.
    ///
    /// # Panics
    /// When it has ended.
    pub fn signal(&self, name: &str) {
        signal(name, self.child.id().expect("it runs"));
    }

    /// Waits until it has ended.
    ///
    /// # Panics
    /// When it does not end.
    pub async fn ended(&mut self) {
        let ended = soon("the end of the process", self.child.wait()).await;
        ended.expect("its end");
    }
}
