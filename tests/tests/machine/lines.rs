//! Lines of real servers, judged by the schemas: they take what is sent and said, and nothing else.

use super::{SPECS, spec};
use actionline::specs::{ExampleReply, Spec, verbs};
use actionline_docs_gen::machine::schemas;
use actionline_tests::{ManualClock, Mesh, Setup, TestClient, TestServer};
use serde_json::{Value, json};
use std::time::Duration;

/// The named schemas of a spec.
struct Judge(Value);

impl Judge {
    fn new(spec: &Spec) -> Self {
        Self(schemas(spec).remove(0).schema["$defs"].take())
    }

    fn refusals(&self, name: &str, value: &Value) -> Vec<String> {
        let place = format!("#/$defs/{name}");
        assert!(self.0.get(name).is_some(), "no schema {name}");
        let schema = json!({ "$ref": place, "$defs": self.0 });
        let validator = jsonschema::draft202012::options().should_validate_formats(true);
        let validator = validator.build(&schema).expect("a schema");
        validator
            .iter_errors(value)
            .map(|error| error.to_string())
            .collect()
    }

    fn takes(&self, name: &str, value: &Value) {
        let refusals = self.refusals(name, value);
        assert!(refusals.is_empty(), "{name}: {refusals:?}: {value}");
    }

    fn refuses(&self, name: &str, value: &Value) {
        assert!(!self.refusals(name, value).is_empty(), "{name}: {value}");
    }
}

fn shipped() -> Setup {
    Setup::shipped(concat!(env!("CARGO_MANIFEST_DIR"), "/../public"))
}

#[tokio::test]
async fn the_answers_of_every_example_are_taken() {
    let shipped_spec = spec(SPECS[0]);
    let judge = Judge::new(&shipped_spec);
    let all = verbs().examples().chain(shipped_spec.examples());
    for (action, example) in all {
        if matches!(example.reply, ExampleReply::Bytes(_)) {
            continue;
        }
        let server = shipped().start().await;
        let mut client = server.client().await;
        for line in &example.before {
            client.ask(line).await;
        }
        let line = client.ask_json(&example.send).await;
        let (fits, other) = match line.get("error") {
            Some(_) => ("failure", "reply"),
            None => ("reply", "failure"),
        };
        judge.takes(&format!("{}.{fits}", action.name), &line);
        if judge.0.get(format!("{}.{other}", action.name)).is_some() {
            judge.refuses(&format!("{}.{other}", action.name), &line);
        }
    }
}

/// Every verb and action without params, with one too many and with a `messageId`: the schema takes what the server runs.
#[tokio::test]
async fn requests_are_taken_as_the_server_takes_them() {
    let shipped_spec = spec(SPECS[0]);
    let judge = Judge::new(&shipped_spec);
    let server = shipped().start().await;
    for action in verbs().actions.iter().chain(&shipped_spec.actions) {
        for word in action.words() {
            for request in [
                json!({ "action": word }),
                json!({ "action": word, "params": null, "messageId": null }),
                json!({ "action": word, "params": {}, "messageId": "x" }),
                json!({ "action": word, "params": { "never": 1 }, "messageId": 1 }),
                json!({ "action": word, "messageId": [] }),
                json!({ "action": word, "more": 1 }),
            ] {
                let mut client = server.client().await;
                let line = client.ask_json(&request.to_string()).await;
                let name = format!("{}.request", action.name);
                match line["code"].as_str() {
                    Some("invalidParams" | "invalidRequest") => {
                        judge.refuses(&name, &request);
                        judge.takes(&format!("{}.failure", action.name), &line);
                    }
                    _ => judge.takes(&name, &request),
                }
            }
        }
    }
}

#[tokio::test]
async fn what_the_server_says_on_its_own_is_taken() {
    let judge = Judge::new(&spec("tests/src/lab.yaml"));
    let clock = ManualClock::default();
    let mesh = Mesh::default();
    let server = Setup::lab().clock(&clock).bus(mesh.join()).start().await;
    let mut ann = TestClient::connect(server.address()).await;
    let welcome = ann.json().await;
    let mut bob = server.client().await;
    let id = ann.id().await;
    bob.ask("say hi").await;
    let said = ann.json().await;
    clock.advance(Duration::from_secs(60));
    let alive = ann.json().await;
    mesh.cut(0, true);
    mesh.cut(0, false);
    let gap = ann.json().await;
    let told = json!({ "action": "tell", "params": { "to": id, "message": [1] } });
    bob.ask(&told.to_string()).await;
    let told = ann.json().await;
    ann.send("hangUp").await;
    ann.json().await;
    let goodbye = ann.json().await;
    assert_eq!(said["from"].as_str().map(str::len), Some(id.len()));
    let lines = [
        ("protocol.welcome", welcome),
        ("protocol.room-message", said),
        ("protocol.keep-alive", alive),
        ("protocol.gap", gap),
        ("told.push", told),
        ("protocol.goodbye", goodbye),
    ];
    for (name, line) in &lines {
        judge.takes(name, line);
        for (other, _) in lines.iter().filter(|(other, _)| other != name) {
            judge.refuses(other, line);
        }
    }
    stopped(server, &judge).await;
}

/// A server that stops says when to come back.
async fn stopped(server: TestServer, judge: &Judge) {
    let mut client = server.client().await;
    server.stop().await;
    let goodbye = client.json().await;
    assert!(goodbye["retryAfterMs"].is_u64(), "{goodbye}");
    judge.takes("protocol.goodbye", &goodbye);
    let mut wrong = goodbye.clone();
    wrong["retryAfterMs"] = "soon".into();
    judge.refuses("protocol.goodbye", &wrong);
    wrong = goodbye;
    wrong["reason"] = "tired".into();
    judge.refuses("protocol.goodbye", &wrong);
}
