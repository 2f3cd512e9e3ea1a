//! Protocol §4, the JSON form: typed params of its own, and errors with codes.

mod refused;

use actionline_tests::{TestClient, TestServer};
use serde_json::{Value, json};

const OK: &str = r#"{"context":"response","status":"OK"}"#;

/// A call of `kinds` with the params as they are.
fn kinds(params: &str) -> String {
    format!(r#"{{"action":"kinds","params":{params}}}"#)
}

fn refused(code: &str, error: &str) -> String {
    json!({ "context": "response", "error": error, "code": code }).to_string()
}

async fn expect(client: &mut TestClient, line: &str, code: &str, error: &str) {
    assert_eq!(client.ask(line).await, refused(code, error), "{line}");
    assert_eq!(client.ask("nothing").await, OK, "it stays connected");
}

#[tokio::test]
async fn a_request_uses_its_own_params_and_nothing_sticks() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.ask("paramAdd name=kept").await;
    client.ask("paramAdd unit=kg").await;
    let line = r#"{"params":{"count":1,"name":"own"},"action":"needs","messageId":"7"}"#;
    assert_eq!(
        client.ask(line).await,
        r#"{"context":"response","messageId":"7","name":"own","count":1,"unit":"pieces"}"#
    );
    let reply = client
        .ask_json(r#"{"action":"needs","params":{"count":1}}"#)
        .await;
    assert_eq!(
        reply["error"],
        "name is a required parameter for this action"
    );
    assert_eq!(
        client.ask(r#"{"action":"page"}"#).await,
        r#"{"context":"response","limit":100,"offset":0}"#
    );
    assert_eq!(
        client.ask("paramsView").await,
        r#"{"context":"response","params":{"name":"kept","unit":"kg"}}"#
    );
}

#[tokio::test]
async fn values_are_typed() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for same in [
        r#""text":"a\nb é""#,
        r#""text":"""#,
        r#""whole":50"#,
        r#""real":1.5"#,
        r#""flag":true"#,
        r#""list":[1,{"a":[]}]"#,
        r#""map":{"z":1,"a":null}"#,
        r#""any":5"#,
        r#""any":"x""#,
        r#""any":[null]"#,
        r#""any":false"#,
    ] {
        let expected = format!(r#"{{"context":"response",{same}}}"#);
        assert_eq!(client.ask(&kinds(&format!("{{{same}}}"))).await, expected);
    }
    for (sent, back) in [
        (r#""whole":1.0"#, r#""whole":1"#),
        (r#""whole":1e2"#, r#""whole":100"#),
        (r#""real":1"#, r#""real":1.0"#),
        (r#""text":"\u00e9""#, r#""text":"é""#),
    ] {
        let expected = format!(r#"{{"context":"response",{back}}}"#);
        assert_eq!(client.ask(&kinds(&format!("{{{sent}}}"))).await, expected);
    }
}

#[tokio::test]
async fn values_of_another_type_are_refused() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (sent, what) in [
        (r#""text":5"#, "a string"),
        (r#""text":["a"]"#, "a string"),
        (r#""whole":"50""#, "an integer"),
        (r#""whole":1.5"#, "an integer"),
        (r#""whole":9223372036854775808"#, "an integer"),
        (r#""whole":1e19"#, "an integer"),
        (r#""whole":true"#, "an integer"),
        (r#""real":"1""#, "a number"),
        (r#""real":1e400"#, "a number"),
        (r#""flag":"true""#, "true or false"),
        (r#""flag":0"#, "true or false"),
        (r#""list":{}"#, "an array"),
        (r#""list":"[]""#, "an array"),
        (r#""map":[]"#, "an object"),
    ] {
        let param = sent.split('"').nth(1).unwrap();
        let text = format!("{param} must be {what} for this action");
        let expected = json!({
            "context": "response", "error": text, "code": "invalidParams",
            "errors": [{ "param": param, "code": "type", "message": text }],
        });
        assert_eq!(
            client.ask(&kinds(&format!("{{{sent}}}"))).await,
            expected.to_string(),
            "{sent}"
        );
    }
}

#[tokio::test]
async fn null_is_missing_and_an_empty_text_too_where_one_is_required() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    assert_eq!(
        client
            .ask(&kinds(r#"{"text":null,"any":null,"whole":null}"#))
            .await,
        r#"{"context":"response"}"#.replace('}', r#","status":"OK"}"#)
    );
    let reply = client
        .ask_json(r#"{"action":"needs","params":{"name":"","count":null,"unit":null}}"#)
        .await;
    let codes: Vec<&Value> = reply["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| &e["code"])
        .collect();
    assert_eq!(codes, ["required", "required"]);
    assert_eq!(
        client
            .ask(r#"{"action":"nothing","params":null,"messageId":null}"#)
            .await,
        OK
    );
}

#[tokio::test]
async fn every_fault_is_listed_in_declared_order() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let params = r#"{"zzz":1,"key":"A23456","level":"mid","ratio":2,"ttl":"x","offset":-1}"#;
    let reply = client
        .ask_json(&format!(r#"{{"action":"rules","params":{params}}}"#))
        .await;
    let faults = [
        ("ttl", "type", "ttl must be an integer for this action"),
        (
            "ratio",
            "maximum",
            "ratio must be at most 1 for this action",
        ),
        (
            "level",
            "enum",
            "level must be one of low, high for this action",
        ),
        (
            "key",
            "maxLength",
            "key must be at most 4 characters long for this action",
        ),
        ("key", "pattern", "key must match ^[a-z]+$ for this action"),
        (
            "offset",
            "minimum",
            "offset must be at least 0 for this action",
        ),
        (
            "zzz",
            "unknown",
            "zzz is not a known parameter for this action",
        ),
    ];
    let errors: Vec<Value> = faults
        .iter()
        .map(|(param, code, message)| json!({ "param": param, "code": code, "message": message }))
        .collect();
    assert_eq!(reply["errors"], json!(errors));
    assert_eq!(reply["error"], faults[0].2);
    assert_eq!(reply["code"], "invalidParams");
}

#[tokio::test]
async fn unknown_params_are_refused_with_the_nearest_name() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let reply = client
        .ask_json(r#"{"action":"maybe","params":{"noet":"x"}}"#)
        .await;
    assert_eq!(
        reply["error"],
        "noet is not a known parameter for this action (did you mean note?)"
    );
    assert_eq!(reply["errors"][0]["code"], "unknown");
    assert_eq!(reply["errors"][0]["param"], "noet");
    // A flood of unknown names does not become a flood of errors.
    let many: serde_json::Map<String, Value> =
        (0..1000).map(|n| (format!("x{n}"), json!(1))).collect();
    let line = json!({ "action": "nothing", "params": many }).to_string();
    let reply = client.ask_json(&line).await;
    assert!(reply["errors"].as_array().unwrap().len() < 100);
}
