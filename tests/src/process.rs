//! Tests that need a process of their own: to see its memory, or to open more files than one process may.

use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// Set in a process that was started to run one test.
const OWN: &str = "ACTIONLINE_OWN_PROCESS";

/// Whether this process was started by [`OwnProcess::start`].
pub fn is_own() -> bool {
    std::env::var_os(OWN).is_some()
}

/// A process that runs one test of the same test binary.
#[derive(Debug)]
pub struct OwnProcess {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Lines<BufReader<ChildStdout>>,
}

impl OwnProcess {
    /// Starts the test with this name, which may open a few thousand files.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start(test: &str) -> Self {
        let exe = std::env::current_exe().expect("this test's own file");
        let run = "ulimit -n 4096; exec \"$0\" --exact \"$1\" --include-ignored --nocapture --test-threads=1";
        let mut child = Command::new("sh")
            .args(["-c", run])
            .arg(exe)
            .arg(test)
            .env(OWN, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("a process");
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().expect("its output");
        Self {
            child,
            stdin,
            lines: BufReader::new(stdout).lines(),
        }
    }

    /// Waits for a line that it prints, and answers what follows `start` in it.
    ///
    /// # Panics
    /// When it ends before.
    pub async fn says(&mut self, start: &str) -> String {
        loop {
            let line = crate::soon("a line of the process", self.lines.next_line()).await;
            let line = line.expect("its output").expect("it ended too early");
            // The test runner may have begun the line.
            if let Some(at) = line.find(start) {
                return line[at + start.len()..].to_owned();
            }
        }
    }

    /// Waits until it has ended, its input closed, and passed.
    ///
    /// # Panics
    /// When it has failed.
    pub async fn passed(mut self) {
        self.stdin.take();
        let ended = async { while let Ok(Some(_)) = self.lines.next_line().await {} };
        crate::soon("the end of the process", ended).await;
        let status = crate::soon("the end of the process", self.child.wait()).await;
        assert!(status.expect("its end").success(), "the process failed");
    }

    /// Bytes of memory that it uses now (Linux).
    ///
    /// # Panics
    /// When the system does not tell.
    pub fn memory(&self) -> u64 {
        let id = self.child.id().expect("it runs");
        let statm = std::fs::read_to_string(format!("/proc/{id}/statm")).expect("statm");
        let pages = statm.split(' ').nth(1).expect("resident pages");
        pages.parse::<u64>().expect("a number") * 4096
    }
}

/// Waits until whoever started this process closes its input.
pub async fn until_told() {
    // A read that fails is an end as well.
    let _ =
        tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink()))
            .await;
}
