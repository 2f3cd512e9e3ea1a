//! Protocol §5: each verb, as words and as JSON, with and without what it needs.

use actionline_specs::{matches, verbs};
use actionline_tests::{TestClient, TestServer};
use serde_json::json;

const OK: &str = r#"{"context":"response","status":"OK"}"#;
const OK_FIRST: &str = r#"{"status":"OK","context":"response"}"#;

fn params(json: &str) -> String {
    format!(r#"{{"context":"response","params":{json}}}"#)
}

fn usage(verb: &str, what: &str, usage: &str) -> String {
    json!({ "context": "response", "error": format!("{verb} {what}; usage: {usage}") }).to_string()
}

/// `examples.rs` sends them.
#[test]
fn each_verb_has_an_example() {
    for verb in &verbs().actions {
        assert!(!verb.examples.is_empty(), "{} has no example", verb.name);
    }
}

#[tokio::test]
async fn quit_and_its_other_names_close() {
    let server = TestServer::lab().await;
    for word in ["quit", "exit", "close", "quit ", r#"{"action":"exit"}"#] {
        let mut client = server.client().await;
        assert_eq!(
            client.ask(word).await,
            r#"{"status":"Bye!","context":"response"}"#
        );
        client.closed().await;
    }
}

#[tokio::test]
async fn param_add_takes_all_after_the_first_equals_sign() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (sent, key, value) in [
        ("a=1", "a", "1"),
        ("b=x=y", "b", "x=y"),
        ("c=two words ", "c", "two words "),
        ("d= \t", "d", " \t"),
        ("e=", "e", ""),
        ("f=\"quoted\"", "f", "\"quoted\""),
        (" g =x", "g", "x"),
        ("h i=x", "h i", "x"),
        ("é=€", "é", "€"),
    ] {
        assert_eq!(
            client.ask(&format!("paramAdd {sent}")).await,
            OK_FIRST,
            "{sent}"
        );
        let expected = params(&json!({ key: value }).to_string());
        assert_eq!(client.ask(&format!("paramView {key}")).await, expected);
    }
}

#[tokio::test]
async fn param_add_replaces_a_value_in_its_place() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for line in ["paramAdd a=1", "paramAdd b=2", "paramAdd a=3"] {
        client.ask(line).await;
    }
    assert_eq!(
        client.ask("paramsView").await,
        params(r#"{"a":"3","b":"2"}"#)
    );
}

#[tokio::test]
async fn params_are_shown_in_the_order_they_came_and_can_be_forgotten() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    assert_eq!(client.ask("paramsView").await, params("{}"));
    for key in ["z", "a", "m"] {
        client.ask(&format!("paramAdd {key}={key}")).await;
    }
    assert_eq!(
        client.ask("paramsView").await,
        params(r#"{"z":"z","a":"a","m":"m"}"#)
    );
    assert_eq!(client.ask("paramDelete a").await, OK_FIRST);
    assert_eq!(
        client.ask("paramDelete a").await,
        OK_FIRST,
        "unset is fine too"
    );
    assert_eq!(
        client.ask("paramView a").await,
        params("{}"),
        "gone, not null"
    );
    assert_eq!(
        client.ask("paramsView").await,
        params(r#"{"z":"z","m":"m"}"#)
    );
    assert_eq!(client.ask("paramsDelete").await, OK);
    assert_eq!(client.ask("paramsView").await, params("{}"));
}

#[tokio::test]
async fn a_missing_argument_shows_the_usage_and_changes_nothing() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.ask("paramAdd a=1").await;
    for (line, needs) in [
        ("paramAdd", "key=value"),
        ("paramAdd ", "key=value"),
        ("paramAdd a", "key=value"),
        ("paramAdd =1", "key=value"),
        ("paramAdd  =1", "key=value"),
        ("paramView", "key"),
        ("paramView  \t", "key"),
        ("paramDelete", "key"),
        ("roomChange", "room"),
        ("roomChange   ", "room"),
        ("say", "message"),
        ("say ", "message"),
    ] {
        let verb = line.split_whitespace().next().unwrap();
        let expected = usage(verb, &format!("needs {needs}"), &format!("{verb} {needs}"));
        assert_eq!(client.ask(line).await, expected, "{line:?}");
    }
    assert_eq!(client.ask("paramsView").await, params(r#"{"a":"1"}"#));
    assert_eq!(client.ask_json("roomView").await["room"], "defaultRoom");
}

#[tokio::test]
async fn a_verb_without_arguments_refuses_surplus_words() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.ask("paramAdd a=1").await;
    for verb in [
        "quit",
        "paramsView",
        "paramsDelete",
        "roomView",
        "detailsView",
    ] {
        let expected = usage(verb, "takes no argument", verb);
        assert_eq!(client.ask(&format!("{verb} now")).await, expected);
    }
    assert_eq!(
        client.ask("paramsView").await,
        params(r#"{"a":"1"}"#),
        "nothing was changed"
    );
}

#[tokio::test]
async fn verbs_are_case_sensitive() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for word in ["Quit", "SAY hi", "paramadd a=1", "roomview"] {
        let name = word.split(' ').next().unwrap();
        let error = format!("{name} is not a known action.");
        let expected = json!({ "context": "response", "error": error });
        assert_eq!(client.ask(word).await, expected.to_string());
    }
}

#[tokio::test]
async fn room_change_moves_and_room_view_shows() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    let (ann_id, bob_id) = (ann.id().await, bob.id().await);
    let both = json!({
        "context": "response", "status": "OK", "room": "defaultRoom",
        "roomStatus": { "members": [ann_id, bob_id], "membersCount": 2 },
    });
    assert_eq!(ann.ask("roomView").await, both.to_string());
    let changed = r#"{"context":"response","status":"OK","room":"the kitchen"}"#;
    assert_eq!(bob.ask("roomChange  the kitchen ").await, changed);
    let kitchen = json!({
        "context": "response", "status": "OK", "room": "the kitchen",
        "roomStatus": { "members": [bob_id], "membersCount": 1 },
    });
    assert_eq!(bob.ask("roomView").await, kitchen.to_string());
    assert_eq!(
        ann.ask_json("roomView").await["roomStatus"]["members"],
        json!([ann_id])
    );
    // To where it is already is fine.
    assert_eq!(bob.ask("roomChange the kitchen").await, changed);
    assert_eq!(
        bob.ask_json("roomView").await["roomStatus"]["membersCount"],
        1
    );
}

#[tokio::test]
async fn details_view_shows_the_connection() {
    let before = jiff::Timestamp::now().as_millisecond();
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.ask("paramAdd a=1").await;
    let reply = client.ask_json("detailsView").await;
    let wanted = json!({
        "context": "response", "status": "OK",
        "details": { "params": { "a": "1" }, "public": { "id": "<id>", "connectedAt": "<int>" } },
        "messageCount": 2,
    });
    matches(&wanted, &reply).unwrap();
    let since = reply["details"]["public"]["connectedAt"].as_i64().unwrap();
    assert!((before..=jiff::Timestamp::now().as_millisecond()).contains(&since));
    assert_eq!(
        client.ask_json("detailsView").await["details"],
        reply["details"]
    );
    let mut other = server.client().await;
    assert_ne!(
        other.id().await,
        reply["details"]["public"]["id"].as_str().unwrap()
    );
}

#[tokio::test]
async fn what_is_said_is_everything_after_one_space() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    for (sent, message) in [
        ("say hi", "hi"),
        ("say  two  spaces ", " two  spaces "),
        ("say a=b \"c\" {d}", "a=b \"c\" {d}"),
        ("say bell \u{7}", "bell \u{7}"),
        ("say\ttab", "tab"),
    ] {
        assert_eq!(ann.ask(sent).await, OK, "{sent:?}");
        assert_eq!(bob.json().await["message"], message, "{sent:?}");
    }
}

#[tokio::test]
async fn verbs_work_as_json() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    let moved = r#"{"context":"response","status":"OK","room":"k"}"#;
    for (action, args, reply) in [
        (
            "paramAdd",
            json!({ "key": "a", "value": " 1 " }),
            OK_FIRST.to_owned(),
        ),
        ("paramAdd", json!({ "key": "b" }), OK_FIRST.to_owned()),
        ("paramView", json!({ "key": "a" }), params(r#"{"a":" 1 "}"#)),
        ("paramsView", json!({}), params(r#"{"a":" 1 ","b":""}"#)),
        ("paramDelete", json!({ "key": "a" }), OK_FIRST.to_owned()),
        ("paramsDelete", json!({}), OK.to_owned()),
        ("paramsView", json!({}), params("{}")),
        ("say", json!({ "message": "hi" }), OK.to_owned()),
        ("roomChange", json!({ "room": "k" }), moved.to_owned()),
    ] {
        let line = json!({ "action": action, "params": args }).to_string();
        assert_eq!(ann.ask(&line).await, reply, "{line}");
    }
    assert_eq!(bob.json().await["message"], "hi");
    let view = ann.ask_json(r#"{"action":"roomView","messageId":1}"#).await;
    assert_eq!(view["roomStatus"]["membersCount"], 1);
    let details = ann
        .ask_json(r#"{"action":"detailsView","messageId":1}"#)
        .await;
    assert_eq!(details["details"]["params"], json!({}));
    let line = r#"{"action":"paramAdd","params":{"key":"a","value":"1"},"messageId":"x"}"#;
    let labelled = r#"{"status":"OK","context":"response","messageId":"x"}"#;
    assert_eq!(ann.ask(line).await, labelled);
}

async fn code(client: &mut TestClient, line: &str) -> (String, String) {
    let reply = client.ask_json(line).await;
    let text = |key: &str| reply[key].as_str().unwrap_or_default().to_owned();
    (text("code"), text("error"))
}

#[tokio::test]
async fn verbs_as_json_check_their_params() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (action, args, error) in [
        (
            "paramAdd",
            json!({ "value": "1" }),
            "key is a required parameter",
        ),
        (
            "paramAdd",
            json!({ "key": "a", "value": 1 }),
            "value must be a string",
        ),
        ("say", json!({}), "message is a required parameter"),
        (
            "say",
            json!({ "message": "" }),
            "message is a required parameter",
        ),
        (
            "quit",
            json!({ "now": true }),
            "now is not a known parameter",
        ),
    ] {
        let line = json!({ "action": action, "params": args }).to_string();
        let expected = (
            "invalidParams".to_owned(),
            format!("{error} for this action"),
        );
        assert_eq!(code(&mut client, &line).await, expected, "{line}");
    }
    let line = r#"{"action":"roomChange","params":{"romo":"x","room":"y"}}"#;
    let error = "romo is not a known parameter for this action (did you mean room?)";
    assert_eq!(code(&mut client, line).await.1, error);
    for (action, key, value) in [("roomChange", "room", "a\u{1}"), ("paramAdd", "key", "a\n")] {
        let line = json!({ "action": action, "params": { key: value } }).to_string();
        let error = format!("the {key} of {action} may not contain control characters");
        assert_eq!(
            code(&mut client, &line).await,
            ("invalidName".to_owned(), error)
        );
    }
    assert_eq!(client.ask("paramsView").await, params("{}"));
    assert_eq!(client.ask_json("roomView").await["room"], "defaultRoom");
}
