//! The dashboard and the alerts of `docs/ops/` name only metrics that a server exports.

use actionline::{Server, Tls, TlsFiles};
use actionline_tests::folder::Folder;
use actionline_tests::lab::{Gates, LAB};
use actionline_tests::scrape::{Metrics, Scraped};
use actionline_tests::{Mesh, Setup, TestServer};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/ops");
    std::fs::read_to_string(path.join(name)).expect("the file")
}

/// The metrics that an expression of PromQL names: words that begin as ours do.
fn named(expression: &str) -> BTreeSet<&str> {
    expression
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| word.starts_with("actionline_") || word.starts_with("process_"))
        .collect()
}

/// Every text below this key, however deep.
fn below<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value.as_str() {
                    Some(text) if name == key => found.push(text),
                    _ => below(value, key, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| below(item, key, found)),
        _ => {}
    }
}

/// A server that has done everything that is counted only once it has happened.
async fn busy() -> (TestServer, Scraped) {
    let server = Setup::lab().config(|config| config.measure = true);
    let server = server.bus(Mesh::default().join()).start().await;
    server.client().await.ask("nothing").await;
    let scraped = Scraped::of(&server).await;
    (server, scraped)
}

/// What a server with TLS tells beyond that.
async fn encrypted() -> String {
    let folder = Folder::new();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("keys");
    std::fs::write(folder.path("cert.pem"), made.cert.pem()).expect("a file");
    std::fs::write(folder.path("key.pem"), made.signing_key.serialize_pem()).expect("a file");
    let tls = Tls::from_files(TlsFiles {
        cert: folder.path("cert.pem"),
        key: folder.path("key.pem"),
        ..TlsFiles::default()
    });
    let server = Server::new(&LAB).state(Gates::default());
    let bound = server.bind_tls("127.0.0.1:0", tls.expect("keys")).await;
    bound.expect("a free port").handle().metrics()
}

async fn all_exported(expressions: &[&str]) {
    let (_server, scraped) = busy().await;
    let metrics = scraped.metrics().await;
    let encrypted = Metrics(encrypted().await);
    let exported = &metrics.names() | &encrypted.names();
    for expression in expressions {
        let named = named(expression);
        assert!(!named.is_empty(), "nothing of ours in {expression}");
        for name in named {
            assert!(exported.contains(name), "{name} in {expression}");
        }
    }
}

#[tokio::test]
async fn the_dashboard_shows_what_is_exported() {
    let dashboard: Value = serde_json::from_str(&file("grafana.json")).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    assert!(panels.iter().all(|panel| panel["title"].is_string()));
    let mut expressions = Vec::new();
    below(&dashboard, "expr", &mut expressions);
    assert!(expressions.len() >= panels.len());
    all_exported(&expressions).await;
}

#[tokio::test]
async fn the_alerts_go_by_what_is_exported() {
    let alerts: Value = serde_yaml::from_str(&file("alerts.yaml")).expect("YAML");
    let groups = alerts["groups"].as_array().expect("groups");
    let rules: Vec<&Value> = groups
        .iter()
        .flat_map(|group| group["rules"].as_array().expect("rules"))
        .collect();
    let mut names = BTreeSet::new();
    for rule in &rules {
        assert!(names.insert(rule["alert"].as_str().expect("a name")));
        for needed in ["summary", "description"] {
            assert!(rule["annotations"][needed].is_string(), "{rule}");
        }
        assert!(rule["labels"]["severity"].is_string(), "{rule}");
    }
    let expressions: Vec<&str> = rules
        .iter()
        .map(|rule| rule["expr"].as_str().expect("an expression"))
        .collect();
    all_exported(&expressions).await;
}
