//! What comes back is what was sent, whatever JSON readers make of it.

use actionline_tests::TestServer;

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
    let expected = format!(r#"{{"context":"api",{}"#, &message[1..]);
    assert_eq!(other.heard().await, expected);
}
