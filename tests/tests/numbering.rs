//! Protocol §2: numbers, order, labelled requests, turns.

use actionline_tests::{ManualClock, Setup, TestClient, TestServer};
use serde_json::{Value, json};
use std::time::Duration;

const OK: &str = r#"{"context":"response","status":"OK"}"#;

fn labelled(id: impl std::fmt::Display, gate: &str) -> String {
    json!({ "action": "gated", "params": { "gate": gate }, "messageId": id.to_string() })
        .to_string()
}

async fn label(client: &mut TestClient) -> String {
    let line = client.json().await;
    line["messageId"].as_str().expect("a label").to_owned()
}

#[tokio::test]
async fn each_line_takes_the_next_number_pushes_too() {
    let clock = ManualClock::default();
    let server = Setup::lab().clock(&clock).start().await;
    let [mut ann, mut bob] = server.clients().await;
    assert_eq!(ann.ask_json("nothing").await["messageCount"], 1);
    bob.ask("say hi").await;
    assert_eq!(ann.json().await["messageCount"], 2);
    clock.advance(Duration::from_secs(60));
    let alive = ann.json().await;
    assert_eq!(
        (&alive["status"], &alive["messageCount"]),
        (&json!("keep-alive"), &json!(3))
    );
    let id = ann.id().await;
    let message = json!({ "action": "tell", "params": { "to": id, "message": {"hi": 1} } });
    ann.send(&message.to_string()).await;
    let mut kinds = [ann.json().await, ann.json().await].map(|line| line["context"].clone());
    kinds.sort_by_key(Value::to_string);
    assert_eq!(kinds, ["api", "response"]);
    assert_eq!(ann.ask_json("bogus").await["messageCount"], 7);
}

#[tokio::test]
async fn numbers_are_the_connections_own() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    for _ in 0..3 {
        ann.ask("nothing").await;
    }
    assert_eq!(bob.ask_json("nothing").await["messageCount"], 1);
}

#[tokio::test]
async fn unlabelled_replies_come_in_the_order_of_the_requests() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client
        .send_raw("gated gate=a\nnothing\ngated gate=b\nmaybe note=last\n")
        .await;
    server.gates().open("b", 1);
    server.gates().come("a").await;
    server.gates().open("a", 1);
    assert_eq!(client.heard().await, r#"{"context":"response","gate":"a"}"#);
    assert_eq!(client.heard().await, OK);
    assert_eq!(client.heard().await, r#"{"context":"response","gate":"b"}"#);
    assert_eq!(
        client.heard().await,
        r#"{"context":"response","always":true,"note":"last"}"#
    );
}

#[tokio::test]
async fn a_json_request_without_a_label_waits_its_turn() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send("gated gate=a").await;
    client.send(r#"{"action":"nothing"}"#).await;
    client.send("bogus").await;
    client.send("{").await;
    server.gates().come("a").await;
    server.gates().open("a", 1);
    assert_eq!(client.heard().await, r#"{"context":"response","gate":"a"}"#);
    assert_eq!(client.heard().await, OK);
    assert!(client.heard().await.contains("not a known action"));
    assert!(client.heard().await.contains("not valid JSON"));
}

#[tokio::test]
async fn labelled_replies_come_as_they_are_ready() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send(&labelled("slow", "a")).await;
    client.send(&labelled("fast", "b")).await;
    client.send(r#"{"action":"nothing","messageId":7}"#).await;
    assert_eq!(
        client.heard().await,
        r#"{"context":"response","messageId":7,"status":"OK"}"#
    );
    server.gates().open("b", 1);
    assert_eq!(
        client.heard().await,
        r#"{"context":"response","messageId":"fast","gate":"b"}"#
    );
    server.gates().open("a", 1);
    assert_eq!(
        client.heard().await,
        r#"{"context":"response","messageId":"slow","gate":"a"}"#
    );
}

#[tokio::test]
async fn an_unlabelled_request_does_not_wait_for_labelled_ones() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send(&labelled("slow", "a")).await;
    assert_eq!(client.ask("nothing").await, OK);
    server.gates().open("a", 1);
    assert_eq!(label(&mut client).await, "slow");
}

#[tokio::test]
async fn a_labelled_request_does_not_wait_for_an_unlabelled_one_before_it() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send("gated gate=a").await;
    client.send(r#"{"action":"nothing","messageId":"1"}"#).await;
    assert_eq!(label(&mut client).await, "1");
    server.gates().open("a", 1);
    assert_eq!(client.heard().await, r#"{"context":"response","gate":"a"}"#);
}

#[tokio::test]
async fn a_label_is_repeated_as_it_was_written() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for label in [
        r#""7""#,
        "7",
        "7.50",
        "-1e3",
        r#""""#,
        r#""\u0041\"""#,
        r#""é""#,
    ] {
        let line = format!(r#"{{"action":"nothing","messageId":{label}}}"#);
        let expected = format!(r#"{{"context":"response","messageId":{label},"status":"OK"}}"#);
        assert_eq!(client.ask(&line).await, expected);
        let line = format!(r#"{{"messageId":{label},"action":"bogus"}}"#);
        let expected = format!(r#"{{"context":"response","messageId":{label},"error":"#);
        assert!(client.ask(&line).await.starts_with(&expected), "{label}");
    }
}

#[tokio::test]
async fn two_requests_may_have_the_same_label() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send(&labelled("x", "a")).await;
    client.send(&labelled("x", "b")).await;
    server.gates().open("b", 1);
    assert_eq!(
        client.heard().await,
        r#"{"context":"response","messageId":"x","gate":"b"}"#
    );
    server.gates().open("a", 1);
    assert_eq!(
        client.heard().await,
        r#"{"context":"response","messageId":"x","gate":"a"}"#
    );
}

#[tokio::test]
async fn sixteen_run_at_once_and_those_behind_wait_without_loss() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let lines: String = (0..100).map(|id| labelled(id, "a") + "\n").collect();
    client.send_raw(lines).await;
    for _ in 0..16 {
        server.gates().come("a").await;
    }
    assert_eq!(server.gates().waiting(), 16);
    let mut seen = Vec::new();
    for _ in 0..100 {
        server.gates().open("a", 1);
        let line = client.json().await;
        seen.push(
            line["messageId"]
                .as_str()
                .expect("a label")
                .parse::<u32>()
                .unwrap(),
        );
    }
    seen.sort_unstable();
    assert_eq!(seen, (0..100).collect::<Vec<_>>());
    assert_eq!(server.gates().peak(), 16);
}

#[tokio::test]
async fn a_slow_action_does_not_keep_pushes_away() {
    let clock = ManualClock::default();
    let server = Setup::lab()
        .clock(&clock)
        .limits(|limits| limits.action_time = 100);
    let server = server.start().await;
    let [mut ann, mut bob] = server.clients().await;
    let id = ann.id().await;
    ann.send("gated gate=a").await;
    server.gates().come("a").await;
    bob.ask("say one").await;
    assert_eq!(ann.json().await["message"], "one");
    let tell = json!({ "action": "tell", "params": { "to": id, "message": { "two": 2 } } });
    bob.send(&tell.to_string()).await;
    assert_eq!(ann.json().await["message"], json!({ "two": 2 }));
    clock.advance(Duration::from_secs(60));
    assert_eq!(ann.json().await["status"], "keep-alive");
    server.gates().open("a", 1);
    assert_eq!(ann.heard().await, r#"{"context":"response","gate":"a"}"#);
}

#[tokio::test]
async fn a_verb_takes_effect_when_its_turn_comes() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    ann.send_raw("gatedMove gate=a room=kitchen\nsay hi\nroomChange cellar\nroomView\n")
        .await;
    server.gates().come("a").await;
    bob.ask("roomChange kitchen").await;
    server.gates().open("a", 1);
    assert_eq!(ann.heard().await, OK);
    assert_eq!(ann.heard().await, OK);
    assert_eq!(bob.json().await["room"], "kitchen");
    assert_eq!(
        ann.heard().await,
        r#"{"context":"response","status":"OK","room":"cellar"}"#
    );
    assert_eq!(ann.json().await["room"], "cellar");
}

#[tokio::test]
async fn an_action_sees_the_params_as_they_stand_when_its_turn_comes() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client
        .send_raw("paramAdd gate=a\ngated\nparamAdd note=after\nmaybe\nparamDelete note\nmaybe\n")
        .await;
    assert_eq!(
        client.heard().await,
        r#"{"status":"OK","context":"response"}"#
    );
    server.gates().come("a").await;
    server.gates().open("a", 1);
    assert_eq!(client.heard().await, r#"{"context":"response","gate":"a"}"#);
    client.heard().await;
    assert_eq!(
        client.heard().await,
        r#"{"context":"response","always":true,"note":"after"}"#
    );
    client.heard().await;
    assert_eq!(
        client.heard().await,
        r#"{"context":"response","always":true}"#
    );
}

#[tokio::test]
async fn nothing_runs_after_quit() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    ann.send_raw("nothing\nquit\nsay never\nnothing\n").await;
    assert_eq!(ann.heard().await, OK);
    assert_eq!(
        ann.heard().await,
        r#"{"status":"Bye!","context":"response"}"#
    );
    ann.closed().await;
    // Had it been said, it would have come before this.
    assert_eq!(bob.ask("nothing").await, OK);
}

#[tokio::test]
async fn quit_waits_for_everything_before_it() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send(&labelled("1", "a")).await;
    client.send(&labelled("2", "b")).await;
    client.send("gated gate=c").await;
    client.send("quit").await;
    for gate in ["c", "b", "a"] {
        server.gates().come(gate).await;
        server.gates().open(gate, 1);
        assert_eq!(client.json().await["gate"], gate);
    }
    assert_eq!(
        client.heard().await,
        r#"{"status":"Bye!","context":"response"}"#
    );
    client.closed().await;
}

#[tokio::test]
async fn a_labelled_quit_waits_too() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send("gated gate=a").await;
    client.send(r#"{"action":"quit","messageId":"q"}"#).await;
    server.gates().come("a").await;
    server.gates().open("a", 1);
    assert_eq!(client.heard().await, r#"{"context":"response","gate":"a"}"#);
    assert_eq!(
        client.heard().await,
        r#"{"status":"Bye!","context":"response","messageId":"q"}"#
    );
    client.closed().await;
}
