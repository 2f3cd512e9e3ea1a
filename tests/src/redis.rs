//! A Redis of the test's own, on a free port, that can be stopped, killed and started again.

use crate::client::soon;
use crate::folder::Folder;
use actionline::Backplane;
use redis::{Connection, FromRedisValue, RedisResult};
use std::fmt;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

/// Runs Redis until whoever started it closes its input: so none is left behind by a test that was killed.
const RUN: &str =
    r#"redis-server "$@" & echo "pid $!"; cat >/dev/null; kill -9 $! 2>/dev/null; wait"#;

/// A running `redis-server`; it is gone when this is dropped.
#[derive(Debug)]
pub struct RedisServer {
    port: u16,
    /// For other nodes of its cluster.
    bus: Option<u16>,
    /// Where a node of a cluster keeps who it is.
    folder: Option<Folder>,
    /// How it listens.
    words: Vec<String>,
    running: Option<Running>,
    asked: Asked,
}

/// The connection that the test asks over.
#[derive(Default)]
struct Asked(Mutex<Option<Connection>>);

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asked")
    }
}

#[derive(Debug)]
struct Running {
    shell: Child,
    pid: u32,
}

impl Drop for Running {
    fn drop(&mut self) {
        signal("KILL", self.pid);
        self.shell.stdin.take();
        // Nothing is left to be done about a shell that is gone already.
        let _ = self.shell.wait();
    }
}

/// Sends a signal to a process.
///
/// # Panics
/// When there is no `kill`.
pub fn signal(name: &str, pid: u32) {
    let sent = Command::new("kill")
        .args([format!("-{name}"), pid.to_string()])
        .stderr(Stdio::null())
        .status();
    sent.expect("kill");
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

impl RedisServer {
    /// Starts one.
    ///
    /// # Panics
    /// When there is no `redis-server`.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        let mut server = Self::absent();
        server.start();
        server
    }

    /// Finds a port, and starts nothing yet.
    ///
    /// # Panics
    /// When there is no free port.
    pub fn absent() -> Self {
        let port = free_port();
        Self {
            port,
            bus: None,
            folder: None,
            words: ["--port", &port.to_string()].map(str::to_owned).to_vec(),
            running: None,
            asked: Asked::default(),
        }
    }

    /// Starts a node of a cluster, which knows no other yet. It is who it was when it is started again.
    ///
    /// # Panics
    /// When it does not start.
    pub fn node() -> Self {
        let mut server = Self::absent();
        let bus = free_port();
        server.bus = Some(bus);
        let words = [
            "--cluster-enabled",
            "yes",
            "--cluster-port",
            &bus.to_string(),
        ];
        server.words.extend(words.map(str::to_owned));
        // A master that its replica replaces tells so sooner; nobody is replaced unasked.
        let words = [
            "--cluster-node-timeout",
            "1000",
            "--cluster-replica-no-failover",
            "yes",
        ];
        server.words.extend(words.map(str::to_owned));
        server.folder = Some(Folder::new());
        server.start();
        server
    }

    /// Starts one that speaks TLS alone, and asks for its clients' certificates; the files are PEM.
    ///
    /// # Panics
    /// When it does not start.
    pub fn tls(cert: &Path, key: &Path, ca: &Path) -> Self {
        let port = free_port();
        let file = |path: &Path| path.display().to_string();
        let mut server = Self {
            port,
            bus: None,
            folder: None,
            words: vec![
                "--port".to_owned(),
                "0".to_owned(),
                "--tls-port".to_owned(),
                port.to_string(),
                "--tls-cert-file".to_owned(),
                file(cert),
                "--tls-key-file".to_owned(),
                file(key),
                "--tls-ca-cert-file".to_owned(),
                file(ca),
            ],
            running: None,
            asked: Asked::default(),
        };
        server.start();
        server
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The port for other nodes of its cluster.
    ///
    /// # Panics
    /// When it is of none.
    pub fn bus_port(&self) -> u16 {
        self.bus.expect("a node of a cluster")
    }

    /// Whether it was started, and not killed.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Starts it on its port, empty.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(&mut self) {
        let folder = self.folder.as_ref().map_or("/tmp".as_ref(), AsRef::as_ref);
        let mut shell = Command::new("sh")
            .args(["-c", RUN, "sh", "--bind", "127.0.0.1"])
            .args(&self.words)
            .args(["--save", "", "--appendonly", "no", "--dir"])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("sh");
        let mut lines = BufReader::new(shell.stdout.take().expect("its output")).lines();
        let mut until = |what: &str| loop {
            let line = lines.next().expect("redis-server starts").expect("a line");
            if let Some(at) = line.find(what) {
                return line[at + what.len()..].to_owned();
            }
        };
        let pid = until("pid ").parse().expect("a number");
        until("Ready to accept connections");
        self.running = Some(Running { shell, pid });
    }

    /// Kills it; all it knew is gone.
    pub fn kill(&mut self) {
        self.asked = Asked::default();
        self.running = None;
    }

    /// Lets it stand still, or go on.
    ///
    /// # Panics
    /// When it does not run.
    pub fn pause(&self, paused: bool) {
        let running = self.running.as_ref().expect("it runs");
        signal(if paused { "STOP" } else { "CONT" }, running.pid);
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// A backplane over it.
    ///
    /// # Panics
    /// Never: the URL is a good one.
    pub fn backplane(&self) -> Backplane {
        Backplane::new(&self.url()).expect("a good URL")
    }

    /// Asks it something.
    ///
    /// # Panics
    /// When it cannot be reached, or refuses.
    pub fn ask<T: FromRedisValue>(&self, words: &[&[u8]]) -> T {
        self.try_ask(words)
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// Asks it something that it may refuse.
    ///
    /// # Errors
    /// It cannot be reached, or refuses.
    ///
    /// # Panics
    /// When somebody panicked who asked it.
    pub fn try_ask<T: FromRedisValue>(&self, words: &[&[u8]]) -> RedisResult<T> {
        let mut conn = self.asked.0.lock().expect("nobody panicked");
        let conn = match &mut *conn {
            Some(conn) => conn,
            none => none.insert(redis::Client::open(self.url())?.get_connection()?),
        };
        redis::Cmd::new().arg(words).query(conn)
    }

    /// Asks it until the answer is this one.
    ///
    /// # Panics
    /// When it never is.
    pub async fn until<T: FromRedisValue + PartialEq>(&self, words: &[&[u8]], wanted: T) {
        soon("what Redis should know", async {
            while self.ask::<T>(words) != wanted {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
}
