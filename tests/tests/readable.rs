//! What comes back is what was sent, whatever JSON readers make of it.

use actionline_tests::TestServer;
use serde_json::json;

#[tokio::test]
async fn no_key_has_a_meaning_of_its_own() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for value in [
        r#"{"$serde_json::private::RawValue":"[["}"#,
        r#"{"$serde_json::private::RawValue":"{\"a\":1,\"a\":2}"}"#,
        r#"{"$serde_json::private::Number":"1"}"#,
        r#"[{"$serde_json::private::RawValue":1}]"#,
    ] {
        let typed = if value.starts_with('[') {
            "list"
        } else {
            "map"
        };
        for key in ["any", typed] {
            let line = format!(r#"{{"action":"kinds","params":{{"{key}":{value}}}}}"#);
            let expected = format!(r#"{{"context":"response","{key}":{value}}}"#);
            assert_eq!(client.ask(&line).await, expected);
        }
    }
    assert_eq!(server.handle().stats().panics, 0);
}

#[tokio::test]
async fn a_message_with_any_key_is_passed_on() {
    let server = TestServer::lab().await;
    let [mut client, mut other] = server.clients().await;
    let to = other.id().await;
    let message = r#"{"deep":{"$serde_json::private::RawValue":"[["}}"#;
    let params = format!(r#"{{"to":"{to}","message":{message}}}"#);
    let line = format!(r#"{{"action":"tell","params":{params}}}"#);
    assert_eq!(client.ask_json(&line).await["reach"], "everywhere");
    let from = client.id().await;
    let expected = format!(r#"{{"context":"api","message":{message},"from":"{from}"}}"#);
    assert_eq!(other.heard().await, expected);
}

#[tokio::test]
async fn a_label_that_could_not_be_read_back_is_refused() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let no_text = "messageId must be a string or a number";
    let no_number = "messageId must not be a number beyond 64-bit floating point";
    for (label, what) in [
        (r#""\ud800""#, no_text),
        (r#""a\udc00b""#, no_text),
        ("1e999", no_number),
        ("-1e999", no_number),
    ] {
        let line = format!(r#"{{"action":"nothing","messageId":{label}}}"#);
        let error = format!("the request is not valid: {what}");
        let expected = json!({ "context": "response", "error": error, "code": "invalidRequest" });
        assert_eq!(client.ask(&line).await, expected.to_string(), "{label}");
    }
    for label in [r#""\ud83d\ude00""#, r#""\u0000""#, "1e300", "-0", "0.5"] {
        let line = format!(r#"{{"action":"nothing","messageId":{label}}}"#);
        let expected = format!(r#"{{"context":"response","messageId":{label},"status":"OK"}}"#);
        assert_eq!(client.ask(&line).await, expected);
    }
}
