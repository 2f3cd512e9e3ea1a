//! Lines that begin with `{` and are no request, or one that cannot be run.

use super::*;

#[tokio::test]
async fn what_is_no_json_is_refused() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for line in [
        "{",
        "{}}",
        r#"{"a":"#,
        r#"{"action":"nothing"} x"#,
        r#"{"action":"nothing",}"#,
        "{action:nothing}",
        r#"{"action":'nothing'}"#,
        r#"{"action":"no\x"}"#,
        r#"{"action":"nothing" "params":{}}"#,
        "{\"a\":\"\u{1}\"}",
        r#"{"action":"nothing"}{"action":"nothing"}"#,
    ] {
        let reply = client.ask_json(line).await;
        assert_eq!(reply["code"], "invalidJson", "{line}: {reply}");
        let text = reply["error"].as_str().unwrap();
        assert!(text.starts_with("the line is not valid JSON: "), "{text}");
        assert!(!text.contains("line 1"), "{text}");
    }
}

#[tokio::test]
async fn keys_that_are_unknown_missing_or_doubled_are_refused() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (line, what) in [
        ("{}", "action is missing"),
        (r#"{"action":null}"#, "action is missing"),
        (r#"{"action":5}"#, "action must be a string"),
        (
            r#"{"action":"nothing","params":[]}"#,
            "params must be an object",
        ),
        (
            r#"{"action":"nothing","params":"{}"}"#,
            "params must be an object",
        ),
        (
            r#"{"action":"nothing","messageId":true}"#,
            "messageId must be a string or a number",
        ),
        (
            r#"{"action":"nothing","messageId":{}}"#,
            "messageId must be a string or a number",
        ),
        (
            r#"{"action":"nothing","x":1}"#,
            "x is not a known key (known: action, params, messageId)",
        ),
        (
            r#"{"Action":"nothing"}"#,
            "Action is not a known key (known: action, params, messageId)",
        ),
        (
            r#"{"action":"nothing","action":"nothing"}"#,
            "action is given twice",
        ),
        (
            r#"{"action":"nothing","params":{},"params":{}}"#,
            "params is given twice",
        ),
        (
            r#"{"action":"nothing","params":{"a":1},"messageId":1,"messageId":1}"#,
            "messageId is given twice",
        ),
    ] {
        let expected = format!("the request is not valid: {what}");
        let reply = client.ask_json(line).await;
        assert_eq!(reply["error"], expected.as_str(), "{line}");
        assert_eq!(reply["code"], "invalidRequest", "{line}");
    }
    let reply = client
        .ask_json(r#"{"action":"maybe","params":{"note":"a","note":"b"}}"#)
        .await;
    assert_eq!(
        reply["error"],
        "the request is not valid: params: note is given twice"
    );
}

#[tokio::test]
async fn a_request_that_is_refused_keeps_its_label() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for line in [
        r#"{"x":1,"messageId":"m"}"#,
        r#"{"messageId":"m","params":5}"#,
        r#"{"action":"bogus","messageId":"m"}"#,
        r#"{"action":"needs","messageId":"m"}"#,
        r#"{"action":"say","messageId":"m"}"#,
        r#"{"messageId":"m","action":}"#,
    ] {
        let reply = client.ask(line).await;
        let start = r#"{"context":"response","messageId":"m","error":""#;
        assert!(reply.starts_with(start), "{line}: {reply}");
    }
}

/// A request whose own braces, its params and `levels` arrays make a nesting of `levels` + 2.
fn nested(levels: usize) -> String {
    kinds(&format!(
        r#"{{"any":{}{}}}"#,
        "[".repeat(levels),
        "]".repeat(levels)
    ))
}

#[tokio::test]
async fn sixty_four_levels_are_read_and_one_more_is_refused() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for levels in [61, 62] {
        let reply = client.ask(&nested(levels)).await;
        assert!(reply.contains(&"[".repeat(levels)), "{reply}");
    }
    let text =
        "any must not be nested so deep (the limit is 64 levels for a request) for this action";
    for levels in [63, 100, 10_000] {
        let reply = client.ask_json(&nested(levels)).await;
        assert!(reply["error"].is_string(), "{levels}: {reply}");
        if levels == 63 {
            assert_eq!(reply["error"], text);
        }
    }
    assert_eq!(client.ask("nothing").await, OK);
}

#[tokio::test]
async fn a_deep_request_is_refused_wherever_it_is_deep() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    for line in [
        format!(r#"{{"action":"nothing","x":{}}}"#, deep(10_000)),
        format!(
            r#"{{"action":"nothing","params":{{"x":{}}}}}"#,
            deep(10_000)
        ),
        format!(r#"{{"action":{}}}"#, deep(10_000)),
        format!(r#"{{"action":"nothing","params":{{"x":{}}}}}"#, deep(64)),
        "{\"a\":".repeat(10_000),
    ] {
        let reply = client.ask_json(&line).await;
        assert!(reply["error"].is_string(), "{reply}");
    }
    assert_eq!(client.ask("nothing").await, OK);
}

#[tokio::test]
async fn numbers_that_do_not_fit_are_refused() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for params in [
        r#"{"any":1e400}"#,
        r#"{"any":[1,-1e999]}"#,
        r#"{"real":1e400}"#,
        r#"{"map":{"a":1e400}}"#,
    ] {
        let reply = client.ask_json(&kinds(params)).await;
        assert_eq!(reply["code"], "invalidParams", "{params}: {reply}");
        assert_eq!(reply["errors"][0]["code"], "type", "{params}");
    }
    // Beyond 64 bits, but a number all the same.
    let reply = client.ask(&kinds(r#"{"any":18446744073709551615}"#)).await;
    assert_eq!(
        reply,
        r#"{"context":"response","any":18446744073709551615}"#
    );
}

#[tokio::test]
async fn duplicate_keys_are_refused_at_any_depth() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for params in [
        r#"{"any":{"a":1,"a":2}}"#,
        r#"{"map":{"x":{"a":1,"a":1}}}"#,
        r#"{"list":[{"a":1,"\u0061":1}]}"#,
    ] {
        let reply = client.ask_json(&kinds(params)).await;
        let text = reply["error"].as_str().unwrap();
        assert!(
            text.contains("must not hold a key twice for this action"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn an_unknown_action_is_told_with_the_nearest_name() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (name, hint) in [
        ("nothign", Some("nothing")),
        ("Say", Some("say")),
        ("detailView", Some("detailsView")),
        ("xyzzyx", None),
    ] {
        let reply = client
            .ask_json(&json!({ "action": name }).to_string())
            .await;
        assert_eq!(reply["error"], format!("{name} is not a known action."));
        assert_eq!(reply["code"], "unknownAction");
        assert_eq!(reply.get("hint").and_then(Value::as_str), hint, "{name}");
    }
    let line = r#"{"action":"nothign"}"#;
    assert_eq!(
        client.ask(line).await,
        r#"{"context":"response","error":"nothign is not a known action.","code":"unknownAction","hint":"nothing"}"#
    );
}

#[tokio::test]
async fn names_of_actions_are_cut_and_may_hold_no_control_characters() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let long = "n".repeat(65);
    let line = format!(r#"{{"action":"{long}"}}"#);
    expect(
        &mut client,
        &line,
        "unknownAction",
        &format!("{} is not a known action.", &long[..64]),
    )
    .await;
    let line = r#"{"action":"no\u0001thing"}"#;
    let text = "the name of a verb or an action may not contain control characters";
    expect(&mut client, line, "invalidName", text).await;
    expect(
        &mut client,
        r#"{"action":""}"#,
        "unknownAction",
        " is not a known action.",
    )
    .await;
}

#[tokio::test]
async fn an_action_named_in_escapes_is_the_same_action() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    assert_eq!(client.ask(r#"{"\u0061ction":"nothin\u0067"}"#).await, OK);
    assert_eq!(
        client
            .ask(r#"{"action":"maybe","params":{"n\u006fte":"x"}}"#)
            .await,
        r#"{"context":"response","always":true,"note":"x"}"#
    );
    // Half a surrogate pair is no text.
    let reply = client.ask_json(r#"{"action":"\ud800"}"#).await;
    assert!(reply["error"].is_string(), "{reply}");
}

#[tokio::test]
async fn an_actions_own_errors_have_their_codes() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let line = r#"{"action":"refuse","params":{"who":"ann"}}"#;
    expect(&mut client, line, "banned", "player ann is banned").await;
    let line = r#"{"action":"refuse","params":{"who":"ann","fatal":true}}"#;
    expect(&mut client, line, "internalError", "internal error").await;
}
