//! Where secrets and clients' text could end up: every reply, the log in both forms at its most talkative, metrics. Alone
//! in its process, for a log is the whole process's.
//!
//! What a handler itself puts into a panic or a failure is the application's, and is logged (escaped and cut): actionline
//! adds no param to it.

use actionline_tests::{Setup, TestClient, TestServer};
use serde_json::Value;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

/// One form of the log.
#[derive(Debug)]
struct Log(Mutex<Vec<u8>>);

static TEXT: Log = Log(Mutex::new(Vec::new()));
static JSON: Log = Log(Mutex::new(Vec::new()));

impl Log {
    fn lock(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> String {
        String::from_utf8(self.lock().clone()).expect("text")
    }
}

impl Write for &Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Logs everything of actionline, as its command line would.
fn log_all() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let ours = || tracing_subscriber::EnvFilter::new("actionline=trace");
        let text = fmt::layer().with_ansi(false).with_writer(|| &TEXT);
        let json = fmt::layer()
            .json()
            .flatten_event(true)
            .with_writer(|| &JSON);
        tracing_subscriber::registry()
            .with(text.with_filter(ours()))
            .with(json.with_filter(ours()))
            .init();
    });
}

async fn measured() -> (TestServer, TestClient) {
    log_all();
    let server = Setup::shipped(actionline_tests::folder::Folder::shipped())
        .with_lab()
        .config(|config| {
            config.measure = true;
            config.limits.sticky_value = 60;
        });
    let server = server.start().await;
    let client = server.client().await;
    (server, client)
}

/// Long enough for the param, and nothing else looks like it.
const SECRET: &str = "hunter2xyzzy";

#[tokio::test]
async fn no_sink_has_a_secret() {
    let (server, mut client) = measured().await;
    let long = "x".repeat(60);
    let json =
        |params: &str| format!(r#"{{"action":"login","params":{{{params}}},"messageId":1}}"#);
    let lines = [
        format!("login user=ann password={SECRET}"),
        format!("login user=ann password=\"{SECRET} and more\""),
        format!("login user=ann password=\"{SECRET}"),
        format!("login password={SECRET}"),
        format!("login user=ann password=y {SECRET}"),
        format!("login user=ann password=whatever {SECRET}=1"),
        json(&format!(r#""user":"ann","password":"{SECRET}""#)),
        json(&format!(r#""user":"ann","password":["{SECRET}"]"#)),
        json(&format!(r#""user":"ann","password":{{"{SECRET}":1}}"#)),
        json(&format!(
            r#""user":"ann","password":"whatever","keys":{{"{SECRET}":1}}"#
        )),
        json(&format!(
            r#""user":"ann","password":"whatever","keys":{{"main":"{SECRET}"}}"#
        )),
        format!("nothing password={SECRET}"),
        format!("paramAdd password={SECRET}{long}"),
        format!("paramAdd password={SECRET}"),
        r#"{"verb":"paramView","params":{"key":"password"}}"#.to_owned(),
        "login user=ann".to_owned(),
        "paramView password".to_owned(),
        "paramsView".to_owned(),
        "detailsView".to_owned(),
        "panicNow".to_owned(),
        "panicSoon".to_owned(),
        "refuse who=ann fatal=true".to_owned(),
        "describe login".to_owned(),
        "status".to_owned(),
        "paramDelete password".to_owned(),
    ];
    for line in &lines {
        let reply = client.ask(line).await;
        assert!(!reply.contains(SECRET), "{line}: {reply}");
    }
    client.ask("quit").await;
    client.closed().await;
    let metrics = server.handle().metrics();
    assert!(metrics.contains(r#"action="login""#), "{metrics}");
    for sink in [metrics, TEXT.read(), JSON.read()] {
        assert!(!sink.contains(SECRET), "{sink}");
    }
    // They did listen.
    for log in [TEXT.read(), JSON.read()] {
        for wanted in ["connected", "the action failed"] {
            assert!(log.contains(wanted), "no {wanted} in {log}");
        }
    }
}

/// Control characters, colours, a line of its own, one that turns the text around, and more than a log should hold.
fn nasty() -> String {
    format!(
        "a\u{1b}[31mred\r\u{7f}\u{85}\u{202e}\u{7}{}",
        "long".repeat(2000)
    )
}

#[tokio::test]
async fn a_clients_text_is_cut_and_stays_on_its_line() {
    let (server, mut client) = measured().await;
    let nasty = nasty();
    let escaped = serde_json::to_string(&format!("{nasty}\nforged=\"line\"")).unwrap();
    let lines = [
        nasty.clone(),
        format!("nothing {nasty}=1"),
        format!("nothing x={nasty}"),
        format!("refuse who={nasty} fatal=true"),
        format!("refuse who={nasty}"),
        format!("roomChange {nasty}"),
        format!("say {nasty}"),
        format!("paramAdd {nasty}={nasty}"),
        format!("paramView {nasty}"),
        format!("describe {nasty}"),
        format!("file fileName={nasty}"),
        format!(r#"{{"action":{escaped}}}"#),
        format!(r#"{{"verb":{escaped}}}"#),
        format!(r#"{{"action":"nothing","messageId":{escaped}}}"#),
        format!(r#"{{"action":"nothing","params":{{{escaped}:1}}}}"#),
        format!(r#"{{"action":"refuse","params":{{"who":{escaped},"fatal":true}}}}"#),
        format!(r#"{{"action":"refuse","params":{{"who":{escaped}}}}}"#),
        format!(r#"{{"verb":"say","params":{{"message":{escaped}}}}}"#),
        format!(r#"{{"verb":"roomChange","params":{{"room":{escaped}}}}}"#),
        format!("{{{nasty}"),
    ];
    for line in &lines {
        client.ask(line).await;
    }
    let metrics = server.handle().metrics();
    assert!(!metrics.contains("longlong"), "{metrics}");
    let bad = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}');
    let (text, json) = (TEXT.read(), JSON.read());
    for line in text.lines().chain(json.lines()) {
        assert!(!line.contains(bad), "{line:?}");
        assert!(line.len() < 2500, "{} bytes: {line}", line.len());
    }
    for line in text.lines() {
        // Each is one of ours: it begins with the time.
        assert!(line.starts_with("20"), "{line:?}");
    }
    let mut repeated = 0;
    for line in json.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let error = line["error"].as_str().unwrap_or_default();
        assert!(!error.contains(bad), "{error:?}");
        repeated += usize::from(error.contains("red"));
    }
    // A handler's failure did repeat it, as words and as JSON.
    assert_eq!(repeated, 2);
}
