//! Protocol §6: the shipped actions; and what any action can answer.

use actionline_specs::{ExampleReply, Source, load, matches};
use actionline_tests::folder::Folder;
use actionline_tests::{ManualClock, Setup, TestClient, TestServer};
use serde_json::{Value, json};
use std::time::Duration;

const OK: &str = r#"{"context":"response","status":"OK"}"#;

async fn shipped() -> (TestServer, TestClient) {
    let server = Setup::shipped(Folder::shipped()).start().await;
    let client = server.client().await;
    (server, client)
}

#[tokio::test]
async fn each_shipped_action_does_what_its_examples_say() {
    let text = include_str!("../../actions.yaml");
    let spec = load(Source::new("actions.yaml", text)).unwrap();
    for action in &spec.actions {
        assert!(
            !action.examples.is_empty(),
            "{} has no example",
            action.name
        );
        for example in &action.examples {
            let (_server, mut client) = shipped().await;
            for line in &example.before {
                client.ask(line).await;
            }
            client.send(&example.send).await;
            let expected = match &example.reply {
                ExampleReply::Fields(fields) => Value::Object(fields.clone()),
                ExampleReply::Error(text) => json!({ "error": text }),
                ExampleReply::Bytes(bytes) => {
                    let found = client.bytes(bytes.len()).await;
                    assert_eq!(String::from_utf8_lossy(&found), *bytes, "{}", example.send);
                    continue;
                }
            };
            let mut reply = client.json().await;
            let fields = reply.as_object_mut().unwrap();
            fields.shift_remove("messageCount");
            assert_eq!(fields.shift_remove("context").unwrap(), "response");
            matches(&expected, &reply).unwrap_or_else(|why| panic!("{}: {why}", example.send));
        }
    }
}

#[tokio::test]
async fn cache_test_answers_exactly() {
    let (_server, mut client) = shipped().await;
    let line = r#"{"action":"cacheTest","params":{"key":"myKey","value":"myValue"}}"#;
    for _ in 0..2 {
        assert_eq!(
            client.ask(line).await,
            r#"{"context":"response","cacheTestResults":{"key":"myKey","value":"myValue","saveResp":"new record","loadResp":"myValue","deleteResp":true}}"#
        );
    }
}

#[tokio::test]
async fn cache_test_takes_any_json() {
    let (_server, mut client) = shipped().await;
    for value in [
        "5",
        "-0.5",
        "true",
        "[]",
        r#"{"b":[1,null],"a":{}}"#,
        r#""é\"\n""#,
        "18446744073709551615",
    ] {
        let line = format!(r#"{{"action":"cacheTest","params":{{"key":"k","value":{value}}}}}"#);
        let expected = format!(
            r#"{{"context":"response","cacheTestResults":{{"key":"k","value":{value},"saveResp":"new record","loadResp":{value},"deleteResp":true}}}}"#
        );
        assert_eq!(client.ask(&line).await, expected);
    }
    let reply = client.ask_json("cacheTest key=k value=5").await;
    assert_eq!(reply["cacheTestResults"]["loadResp"], "5", "words are text");
    let reply = client
        .ask_json(r#"{"action":"cacheTest","params":{"key":"k","value":null}}"#)
        .await;
    assert_eq!(
        reply["error"],
        "value is a required parameter for this action"
    );
}

#[tokio::test]
async fn random_numbers_are_at_least_0_and_below_1_and_differ() {
    let (_server, mut client) = shipped().await;
    let mut seen = Vec::new();
    for _ in 0..100 {
        let number = client.ask_json("randomNumber").await["randomNumber"]
            .as_f64()
            .unwrap();
        assert!((0.0..1.0).contains(&number), "{number}");
        seen.push(number.to_bits());
    }
    seen.sort_unstable();
    seen.dedup();
    assert!(seen.len() > 90, "{} different ones of 100", seen.len());
}

#[tokio::test]
async fn actions_view_lists_verbs_and_actions() {
    let (_server, mut client) = shipped().await;
    let reply = client.ask_json("actionsView").await;
    let list = reply["actions"].as_array().unwrap();
    let names = |kind: &str| -> Vec<&str> {
        let of_kind = list.iter().filter(|entry| entry["kind"] == kind);
        of_kind.filter_map(|entry| entry["name"].as_str()).collect()
    };
    let verbs: Vec<&str> = actionline_specs::verbs()
        .actions
        .iter()
        .map(|verb| verb.name.as_str())
        .collect();
    assert_eq!(names("verb"), verbs);
    assert_eq!(
        names("action"),
        ["actionsView", "cacheTest", "file", "randomNumber", "status"]
    );
    assert_eq!(list.len(), verbs.len() + names("action").len());
    assert!(list.iter().all(|entry| {
        entry["description"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    }));
    let cache = list
        .iter()
        .find(|entry| entry["name"] == "cacheTest")
        .unwrap();
    let params: Vec<&Value> = cache["params"]
        .as_array()
        .unwrap()
        .iter()
        .map(|param| &param["name"])
        .collect();
    assert_eq!(params, ["key", "value", "limit", "offset"]);
    assert_eq!(cache["params"][0]["required"], true);
    assert_eq!(cache["params"][2]["default"], 100);
}

#[tokio::test]
async fn mounted_actions_are_listed_too() {
    let server = Setup::shipped(Folder::shipped()).with_lab().start().await;
    let mut client = server.client().await;
    let reply = client.ask_json("actionsView").await;
    let list = reply["actions"].as_array().unwrap();
    let gated = list
        .iter()
        .find(|entry| entry["name"] == "gated")
        .expect("gated");
    assert_eq!(gated["kind"], "action");
    assert_eq!(client.ask("nothing").await, OK);
    assert!(client.ask_json("randomNumber").await["randomNumber"].is_number());
}

#[tokio::test]
async fn status_counts() {
    let clock = ManualClock::default();
    let server = Setup::shipped(Folder::shipped())
        .with_lab()
        .clock(&clock)
        .start()
        .await;
    let [mut ann, mut bob] = server.clients().await;
    ann.ask("roomChange k").await;
    ann.ask("panicNow").await;
    bob.ask("say hi").await;
    clock.advance(Duration::from_millis(1500));
    let reply = ann.ask_json("status").await;
    assert_eq!(reply["status"], "OK");
    assert_eq!(reply["uptime"], 1500);
    let stats = &reply["stats"];
    for (name, count) in [
        ("connections", 2),
        ("rooms", 2),
        ("accepted", 2),
        ("refused", 0),
        ("slow", 0),
        ("said", 1),
        ("delivered", 0),
        ("panics", 1),
    ] {
        assert_eq!(stats[name], count, "{name}: {stats}");
    }
    assert!(
        stats["requests"].as_u64().is_some_and(|count| count >= 3),
        "{stats}"
    );
    let limits = reply["limits"].as_object().unwrap();
    assert_eq!(limits["line"], 65_536);
    assert_eq!(limits.len(), actionline_specs::limits::ALL.len());
}

#[tokio::test]
async fn requests_are_counted_refused_ones_too() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send_raw("nothing\nbogus\n\n{\nsay hi\nquit\n").await;
    client.rest().await;
    assert_eq!(server.handle().stats().requests, 5);
}

#[tokio::test]
async fn an_action_that_returns_nothing_answers_ok() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    assert_eq!(client.ask("nothing").await, OK);
    assert_eq!(
        client.ask(r#"{"action":"nothing","messageId":1}"#).await,
        r#"{"context":"response","messageId":1,"status":"OK"}"#
    );
}

#[tokio::test]
async fn an_optional_field_is_left_out() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    assert_eq!(
        client.ask("maybe").await,
        r#"{"context":"response","always":true}"#
    );
    assert_eq!(
        client.ask("maybe note=x").await,
        r#"{"context":"response","always":true,"note":"x"}"#
    );
}

#[tokio::test]
async fn a_declared_error_has_its_text_and_an_unforeseen_one_tells_nothing() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    assert_eq!(
        client.ask("refuse who=ann").await,
        r#"{"context":"response","error":"player ann is banned"}"#
    );
    assert_eq!(
        client.ask("refuse who={who}").await,
        r#"{"context":"response","error":"player {who} is banned"}"#
    );
    assert_eq!(
        client.ask("refuse who=ann fatal=true").await,
        r#"{"context":"response","error":"internal error"}"#
    );
    assert_eq!(server.handle().stats().panics, 0);
}

#[tokio::test]
async fn a_panic_is_an_internal_error_and_the_connection_lives() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    server.gates().open("a", 1);
    for line in ["panicNow", "panicSoon", "gatedPanic gate=a"] {
        assert_eq!(
            ann.ask(line).await,
            r#"{"context":"response","error":"internal error"}"#,
            "{line}"
        );
    }
    assert_eq!(
        ann.ask(r#"{"action":"panicSoon","messageId":1}"#).await,
        r#"{"context":"response","messageId":1,"error":"internal error","code":"internalError"}"#
    );
    assert_eq!(ann.ask("say still here").await, OK);
    assert_eq!(bob.json().await["message"], "still here");
    assert_eq!(
        ann.ask_json("roomView").await["roomStatus"]["membersCount"],
        2
    );
    assert_eq!(server.handle().stats().panics, 4);
}
