//! Pushes: direct messages that the spec declares, byte by byte (protocol §3).

use actionline::Push;
use actionline::bus::{Reach, Receipt};
use actionline_tests::TestServer;
use actionline_tests::lab::{Raw, Tick};
use serde_json::json;
use serde_json::value::RawValue;

fn raw(json: &str) -> Option<Raw> {
    Some(Raw::Json(
        RawValue::from_string(json.to_owned()).expect("JSON"),
    ))
}

#[tokio::test]
async fn one_client_gets_what_another_ones_action_sends() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob, mut cyd] = server.clients().await;
    let (from, to) = (ann.id().await, bob.id().await);
    let message = json!({ "z": 1, "a": { "context": "mine" } });
    let tell = json!({ "action": "tell", "params": { "to": to, "message": message } });
    assert_eq!(ann.ask_json(&tell.to_string()).await["reach"], "everywhere");
    assert_eq!(
        bob.line().await,
        format!(r#"{{"context":"api","message":{message},"from":"{from}","messageCount":2}}"#)
    );
    assert_eq!(cyd.ask_json("nothing").await["messageCount"], 1);
}

#[tokio::test]
async fn fields_stand_in_their_order_and_absent_ones_are_left_out() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let id = client.id().await.parse().expect("an id");
    let full = Tick {
        number: Some(u64::MAX),
        padding: Some("a\"b\n".to_owned()),
        raw: raw("[ 1.0, null ]"),
    };
    for (push, line) in [
        (
            full,
            r#"{"context":"api","number":18446744073709551615,"padding":"a\"b\n","raw":[ 1.0, null ]}"#,
        ),
        (Tick::number(1), r#"{"context":"api","number":1}"#),
        (Tick::default(), r#"{"context":"api"}"#),
    ] {
        server.handle().send(id, &push).await;
        assert_eq!(client.heard().await, line);
    }
}

#[tokio::test]
async fn json_that_somebody_else_laid_out_stays_on_one_line() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let id = client.id().await.parse().expect("an id");
    let push = Tick {
        raw: raw("{\r\n\t\"a\": \"\u{7f}\",\n\"context\": [] }"),
        ..Tick::number(1)
    };
    server.handle().send(id, &push).await;
    assert_eq!(
        client.heard().await,
        "{\"context\":\"api\",\"number\":1,\"raw\":{\"a\":\"\u{7f}\",\"context\":[]}}"
    );
}

#[tokio::test]
async fn what_cannot_be_written_reaches_nobody() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let id = client.id().await.parse().expect("an id");
    let push = Tick {
        raw: Some(Raw::Never(())),
        ..Tick::number(1)
    };
    let receipt = server.handle().send(id, &push);
    assert!(matches!(receipt, Receipt::Done(Reach::Nobody)));
    assert_eq!(client.ask_json("nothing").await["messageCount"], 2);
}

#[test]
fn a_push_is_plain_rust() {
    assert_eq!(Tick::NAME, "tick");
    let json = serde_json::to_string(&Tick::number(1)).expect("JSON");
    assert_eq!(json, r#"{"number":1}"#);
}
