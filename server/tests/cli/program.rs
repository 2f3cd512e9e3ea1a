//! Runs the binary in a folder of its own, without settings from outside.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder to run in. Removed with it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "cli-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    /// With one file in it.
    pub(crate) fn with(name: &str, text: &str) -> Self {
        Self::new().and(name, text)
    }

    /// With one more file in it.
    pub(crate) fn and(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("its folder");
        fs::write(path, text).expect("a file for the test");
        self
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The binary with these words, in this folder.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_actionline"));
        command
            .args(words)
            .current_dir(&self.0)
            .stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("ACTIONLINE_") {
                command.env_remove(name);
            }
        }
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        Ran::from(self.command(words).output().expect("the binary runs"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

impl Ran {
    /// The one line that a refusal is, without the program's name.
    pub(crate) fn refusal(&self) -> &str {
        assert_eq!(self.code, Some(2), "{self:?}");
        assert_eq!(self.out, "", "{self:?}");
        assert_eq!(self.err.lines().count(), 1, "{self:?}");
        self.err
            .trim_end()
            .strip_prefix("actionline: ")
            .unwrap_or_else(|| panic!("{self:?}"))
    }
}

/// A binary that serves. Killed when dropped.
pub(crate) struct Serving {
    child: Child,
    err: Box<dyn BufRead>,
    /// What it logged until it listened.
    pub(crate) log: String,
    /// Where it listens.
    pub(crate) address: String,
}

impl Serving {
    /// Waits for the line that says where it listens.
    pub(crate) fn start(command: Command) -> Self {
        Self::until(command, "listening on ")
    }

    /// Waits for the line that has this and an address in it.
    pub(crate) fn until(mut command: Command, text: &str) -> Self {
        command.stderr(Stdio::piped());
        let mut serving = Self::begin(command, std::io::empty());
        let err = serving.child.stderr.take().expect("piped");
        serving.err = Box::new(BufReader::new(err));
        serving.listens(text);
        serving
    }

    /// Waits for nothing; its log comes out here.
    pub(crate) fn begin(mut command: Command, log: impl BufRead + 'static) -> Self {
        command.stdout(Stdio::null());
        Self {
            child: command.spawn().expect("the binary runs"),
            err: Box::new(log),
            log: String::new(),
            address: String::new(),
        }
    }

    /// Waits for the line that has this and an address in it.
    pub(crate) fn listens(&mut self, text: &str) {
        while self.address.is_empty() {
            let start = self.log.len();
            let read = self.err.read_line(&mut self.log);
            let log = &self.log;
            assert_ne!(read.expect("text"), 0, "it ended before it listened: {log}");
            if let Some((_, rest)) = log[start..].split_once(text) {
                let address = rest.split(['"', '\n', ' ']).next();
                self.address = address.expect("an address").to_owned();
            }
        }
    }

    /// It has not ended.
    pub(crate) fn lives(&mut self) -> bool {
        self.child.try_wait().expect("a child").is_none()
    }

    /// Reads the log on until a line has this in it; answers the line.
    pub(crate) fn until_logged(&mut self, text: &str) -> String {
        loop {
            let mut line = String::new();
            let read = self.err.read_line(&mut line).expect("text");
            assert_ne!(read, 0, "it ended before it logged {text:?}");
            if line.contains(text) {
                return line;
            }
        }
    }

    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.child.id().to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
    }

    /// Waits for its end: the exit code and the rest of its log.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        self.err.read_to_string(&mut rest).expect("its log is text");
        (self.child.wait().expect("it ends").code(), rest)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
