//! The YAML language server as a process, and an editor's side of the Language Server Protocol.

use actionline_tests::npm;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout};

const SCHEMA: &str = "docs/actions.schema.json";
/// A file that is not there.
const PROBE: &str = "probe.yaml";

/// An editor that talks to a language server of its own.
pub struct Editor {
    // Killed when dropped.
    _child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    settings: Value,
    requests: u64,
    files: u64,
    /// The last ones of each file.
    diagnostics: HashMap<String, Vec<Value>>,
}

/// The folder of the repository.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().expect("a folder")
}

/// The address of a file of the repository, be it there or not.
pub fn address(path: &str) -> String {
    format!("file://{}", root().join(path).display())
}

/// The server's script.
fn script() -> PathBuf {
    npm::package("editor", "yaml-language-server").join("bin/yaml-language-server")
}

impl Editor {
    /// Starts a server that knows the kept schema as that of files with these names. It asks no network for more.
    pub async fn start(files: &[&str]) -> Self {
        let mut child = tokio::process::Command::new("node")
            .arg(script())
            .arg("--stdio")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("node can be run: install Node.js 18 or later");
        let mut editor = Self {
            input: child.stdin.take().expect("its input"),
            output: BufReader::new(child.stdout.take().expect("its output")),
            _child: child,
            settings: json!({
                "schemas": { address(SCHEMA): ([files, &[PROBE]].concat()) },
                "schemaStore": { "enable": false },
                "validate": true,
                "hover": true,
                "completion": true,
            }),
            requests: 0,
            files: 0,
            diagnostics: HashMap::new(),
        };
        let capabilities = json!({
            "workspace": { "configuration": true },
            "textDocument": {
                "completion": { "completionItem": { "snippetSupport": true, "documentationFormat": ["markdown"] } },
                "hover": { "contentFormat": ["markdown"] },
            },
        });
        let hello = json!({ "processId": null, "rootUri": null, "capabilities": capabilities });
        editor.request("initialize", hello).await;
        editor
            .send(json!({ "method": "initialized", "params": {} }))
            .await;
        // It answers before it has its settings; once it finds this, it has them.
        let probe = address(PROBE);
        editor.open(&probe, "actionline: two\n").await;
        editor.faults(&probe).await;
        editor
    }

    /// Opens a new file with this text, and answers its address.
    pub async fn open_new(&mut self, text: &str) -> String {
        self.files += 1;
        let uri = address(&format!("new-{}.yaml", self.files));
        self.open(&uri, text).await;
        uri
    }

    /// Opens a file with this text.
    pub async fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": text });
        let params = json!({ "textDocument": document });
        self.send(json!({ "method": "textDocument/didOpen", "params": params }))
            .await;
    }

    /// Asks about a place of an open file, and waits for the answer.
    pub async fn ask(&mut self, what: &str, uri: &str, (line, column): (usize, usize)) -> Value {
        let params = json!({
            "textDocument": { "uri": uri },
            "position": { "line": line, "character": column },
        });
        self.request(&format!("textDocument/{what}"), params).await
    }

    /// Waits until the server finds something wrong with a file.
    pub async fn faults(&mut self, uri: &str) -> Vec<Value> {
        loop {
            if let Some(found) = self.diagnostics.get(uri).filter(|found| !found.is_empty()) {
                return found.clone();
            }
            let message = self.receive().await;
            self.take(&message).await;
        }
    }

    async fn request(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(json!({ "id": id, "method": method, "params": params }))
            .await;
        loop {
            let message = self.receive().await;
            if message["id"] == id && message.get("method").is_none() {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].clone();
            }
            self.take(&message).await;
        }
    }

    /// What the server asks or tells on its own account.
    async fn take(&mut self, message: &Value) {
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().expect("an address");
            let list = message["params"]["diagnostics"].as_array().expect("a list");
            self.diagnostics.insert(uri.to_owned(), list.clone());
        }
        if message.get("method").is_none() || message.get("id").is_none() {
            return;
        }
        let result = match message["method"].as_str() {
            Some("workspace/configuration") => {
                let items = message["params"]["items"]
                    .as_array()
                    .expect("sections")
                    .iter();
                let sections = items.map(|item| match item["section"] == "yaml" {
                    true => self.settings.clone(),
                    false => json!({}),
                });
                sections.collect()
            }
            _ => Value::Null,
        };
        self.send(json!({ "id": message["id"], "result": result }))
            .await;
    }

    async fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = "2.0".into();
        let body = message.to_string();
        let framed = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.input
            .write_all(framed.as_bytes())
            .await
            .expect("it listens");
    }

    async fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).await.expect("it talks");
            assert!(read > 0, "the language server stopped");
            match line.trim().split_once(": ") {
                Some(("Content-Length", number)) => length = number.parse().expect("a number"),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output
            .read_exact(&mut body)
            .await
            .expect("a whole message");
        serde_json::from_slice(&body).expect("JSON")
    }
}
