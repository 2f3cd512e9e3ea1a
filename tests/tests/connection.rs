//! Protocol §7: what an action's code can see and do.

use actionline_tests::lab::Tick;
use actionline_tests::{TestClient, TestServer};
use serde_json::{Value, json};

const OK: &str = r#"{"context":"response","status":"OK"}"#;

fn call(action: &str, params: Value) -> String {
    json!({ "action": action, "params": params }).to_string()
}

#[tokio::test]
async fn an_action_sees_its_connection() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.ask("paramAdd a=1").await;
    let details = client.ask_json("detailsView").await["details"].clone();
    let seen = client.ask_json(r#"{"action":"whoAmI"}"#).await;
    assert_eq!(seen["id"], details["public"]["id"]);
    assert_eq!(seen["connectedAt"], details["public"]["connectedAt"]);
    assert_eq!(seen["params"], json!({ "a": "1" }));
    assert_eq!(seen["details"], json!({}));
    assert_eq!(seen["room"], "defaultRoom");
    let peer = seen["peer"].as_str().unwrap();
    assert!(peer.starts_with("127.0.0.1:"), "{peer}");
}

#[tokio::test]
async fn an_action_can_set_and_forget_params() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    assert_eq!(
        client
            .ask(&call("keep", json!({ "name": "count", "value": 5 })))
            .await,
        OK
    );
    assert_eq!(
        client
            .ask(&call("keep", json!({ "name": "name", "value": "ann" })))
            .await,
        OK
    );
    assert_eq!(
        client.ask("needs").await,
        r#"{"context":"response","name":"ann","count":5,"unit":"pieces"}"#
    );
    assert_eq!(
        client.ask("paramView count").await,
        r#"{"context":"response","params":{"count":5}}"#
    );
    assert_eq!(
        client
            .ask_json(&call("recall", json!({ "name": "count" })))
            .await["value"],
        5
    );
    assert_eq!(
        client
            .ask_json(&call("forget", json!({ "name": "count" })))
            .await["was"],
        5
    );
    assert_eq!(
        client
            .ask(&call("forget", json!({ "name": "count" })))
            .await,
        OK
    );
    assert_eq!(client.ask(&call("forget", json!({}))).await, OK);
    assert_eq!(
        client.ask("paramsView").await,
        r#"{"context":"response","params":{}}"#
    );
}

#[tokio::test]
async fn a_typed_saved_value_is_judged_as_what_it_is() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (name, value) in [("name", json!(7)), ("count", json!("7"))] {
        client
            .ask(&call("keep", json!({ "name": name, "value": value })))
            .await;
    }
    let reply = client.ask("needs").await;
    assert!(
        reply.contains("name must be a string for this action (saved by paramAdd)"),
        "{reply}"
    );
    client.ask("paramAdd name=x").await;
    assert_eq!(client.ask_json("needs").await["count"], 7);
}

#[tokio::test]
async fn an_action_can_note_details() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client
        .ask(&call(
            "note",
            json!({ "name": "player", "value": { "level": 3 } }),
        ))
        .await;
    client
        .ask(&call(
            "note",
            json!({ "name": "public", "value": "forged" }),
        ))
        .await;
    let details = client.ask_json("detailsView").await["details"].clone();
    assert_eq!(details["player"], json!({ "level": 3 }));
    assert!(
        details["public"]["id"].is_string(),
        "what the server says of it stands"
    );
    let keys: Vec<&String> = details.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["params", "public", "player"]);
    let seen = client.ask_json(r#"{"action":"whoAmI"}"#).await;
    assert_eq!(seen["details"]["player"]["level"], 3);
}

#[tokio::test]
async fn an_action_can_move_its_connection() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    assert_eq!(ann.ask("moveTo room=kitchen").await, OK);
    assert_eq!(ann.ask_json("roomView").await["room"], "kitchen");
    bob.ask("roomChange kitchen").await;
    bob.ask("say hi").await;
    assert_eq!(ann.json().await["room"], "kitchen");
    let reply = ann.ask(&call("moveTo", json!({ "room": "a\u{1}" }))).await;
    assert!(reply.contains("internal error"), "{reply}");
    assert_eq!(ann.ask_json("roomView").await["room"], "kitchen");
}

async fn tell(client: &mut TestClient, to: &str, message: Value) -> Value {
    client
        .ask_json(&call("tell", json!({ "to": to, "message": message })))
        .await
}

#[tokio::test]
async fn an_action_can_send_to_one_connection() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob, mut cyd] = server.clients().await;
    let id = bob.id().await;
    bob.ask("roomChange elsewhere").await;
    assert_eq!(
        tell(&mut ann, &id, json!({ "hello": ["bob"] })).await["reach"],
        "everywhere"
    );
    let from = ann.id().await;
    assert_eq!(
        bob.heard().await,
        format!(r#"{{"context":"api","message":{{"hello":["bob"]}},"from":"{from}"}}"#)
    );
    assert_eq!(cyd.ask("nothing").await, OK, "nobody else got it");
    assert_eq!(tell(&mut ann, "nobody", json!({})).await["code"], "noId");
    let (first, rest) = id.split_at(31);
    let other = format!("{first}{}", if rest == "0" { "1" } else { "0" });
    assert_eq!(tell(&mut ann, &other, json!({})).await["reach"], "nobody");
}

#[tokio::test]
async fn a_message_to_one_who_has_left_reaches_nobody() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    let id = bob.id().await;
    bob.ask("quit").await;
    bob.closed().await;
    assert_eq!(tell(&mut ann, &id, json!({})).await["reach"], "nobody");
}

#[tokio::test]
async fn an_action_can_say_something_in_any_room() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob, mut cyd] = server.clients().await;
    cyd.ask("roomChange kitchen").await;
    assert_eq!(ann.ask("sayHere message=one").await, OK);
    assert_eq!(bob.json().await["message"], "one");
    assert_eq!(ann.ask("sayIn room=kitchen message=two").await, OK);
    let heard = cyd.json().await;
    assert_eq!(heard["message"], "two");
    assert_eq!(heard["room"], "kitchen");
    assert_eq!(heard["from"], ann.id().await.as_str());
    assert_eq!(ann.ask("sayIn room=nowhere message=three").await, OK);
    assert_eq!(
        bob.ask("nothing").await,
        OK,
        "it heard neither two nor three"
    );
    assert_eq!(cyd.ask("nothing").await, OK);
}

#[tokio::test]
async fn an_action_can_close_its_connection() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    ann.send_raw("hangUp\nsay last\n").await;
    assert_eq!(ann.heard().await, OK);
    assert_eq!(ann.heard().await, OK, "what was read is answered");
    assert_eq!(
        ann.heard().await,
        r#"{"context":"api","status":"goodbye","reason":"closed by the application"}"#
    );
    ann.closed().await;
    assert_eq!(bob.json().await["message"], "last");
}

#[tokio::test]
async fn an_action_that_closes_lets_the_others_finish() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client
        .send(r#"{"action":"gated","params":{"gate":"a"},"messageId":1}"#)
        .await;
    client.send("hangUp").await;
    assert_eq!(client.heard().await, OK);
    server.gates().come("a").await;
    server.gates().open("a", 1);
    assert_eq!(client.json().await["gate"], "a");
    assert_eq!(client.json().await["reason"], "closed by the application");
    client.closed().await;
}

#[tokio::test]
async fn the_application_can_send_say_and_look_without_a_request() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    let id = ann.id().await.parse().unwrap();
    let handle = server.handle();
    handle.send(id, &Tick::number(1)).await;
    assert_eq!(ann.heard().await, r#"{"context":"api","number":1}"#);
    handle.say("defaultRoom", id, "from ann").await;
    assert_eq!(bob.json().await["from"], id.to_string().as_str());
    assert_eq!(handle.stats().connections, 2);
    let specs: Vec<&str> = handle
        .specs()
        .map(|spec| spec.info.title.as_str())
        .collect();
    assert_eq!(specs, ["actionline verbs", "Lab"]);
}
