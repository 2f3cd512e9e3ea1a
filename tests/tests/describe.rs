//! `describe`: what a server says of itself, over a socket.

use actionline::specs::{Spec, machine, verbs};
use actionline_tests::lab::LAB;
use actionline_tests::shipped::SHIPPED;
use actionline_tests::{Setup, TestClient, TestServer};
use actionline_tests_plugin::GREETER;
use serde_json::{Value, json};
use std::fs;

fn lab() -> Spec {
    LAB.spec().expect("the lab's spec")
}

/// The reply's own fields, of which the order counts.
fn answer(hash: &str, describes: &Value) -> String {
    json!({ "context": "response", "hash": hash, "describes": describes }).to_string()
}

#[tokio::test]
async fn a_bare_one_describes_everything() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let form = machine::form([&lab()]);
    let hash = machine::hash([&lab()]);
    assert_eq!(client.ask("describe").await, answer(&hash, &form));
    assert_eq!(client.ask("describe  ").await, answer(&hash, &form));
    for params in [json!({}), json!({ "name": "" }), json!({ "name": null })] {
        let line = json!({ "action": "describe", "params": params });
        assert_eq!(client.ask(&line.to_string()).await, answer(&hash, &form));
    }
}

#[tokio::test]
async fn what_is_hashed_stands_in_the_line() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send("describe").await;
    let line = client.line().await;
    let (head, text) = line.split_once(r#","describes":"#).expect("a description");
    let (text, _) = text.rsplit_once(r#","messageCount":"#).expect("a number");
    let form: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(form.to_string(), text);
    let hash = machine::digest(&form);
    assert_eq!(head, format!(r#"{{"context":"response","hash":"{hash}""#));
}

#[tokio::test]
async fn each_verb_and_action_is_described_by_name() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let hash = machine::hash([&lab()]);
    let spec = lab();
    for action in verbs().actions.iter().chain(&spec.actions) {
        let wanted = answer(&hash, &machine::entry(action));
        for word in action.words() {
            assert_eq!(client.ask(&format!("describe {word}")).await, wanted);
        }
        let line =
            json!({ "action": "describe", "params": { "name": action.name }, "messageId": 7 });
        let labelled = wanted.replacen(r#""response","#, r#""response","messageId":7,"#, 1);
        assert_eq!(client.ask(&line.to_string()).await, labelled);
    }
    let saved = client.ask_json("paramsView").await;
    assert_eq!(saved["params"], json!({}), "it saves nothing");
}

async fn refused(client: &mut TestClient, params: Value) -> Value {
    let line = json!({ "action": "describe", "params": params });
    let mut reply = client.ask_json(&line.to_string()).await;
    for key in ["context", "messageCount"] {
        reply.as_object_mut().expect("an object").shift_remove(key);
    }
    reply
}

#[tokio::test]
async fn what_is_not_there_is_told() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let told = json!({ "error": "nothign is not a known action.", "code": "unknownAction", "hint": "nothing" });
    assert_eq!(
        refused(&mut client, json!({ "name": "nothign" })).await,
        told
    );
    let told =
        json!({ "error": "exti is not a known action.", "code": "unknownAction", "hint": "exit" });
    assert_eq!(refused(&mut client, json!({ "name": "exti" })).await, told);
    let told = json!({ "error": "xyzzyx is not a known action.", "code": "unknownAction" });
    assert_eq!(
        refused(&mut client, json!({ "name": "xyzzyx" })).await,
        told
    );
    let control = refused(&mut client, json!({ "name": "say\u{1}" })).await;
    assert_eq!(control["code"], "invalidName");
    let surplus = refused(&mut client, json!({ "nmae": "say" })).await;
    assert_eq!(surplus["code"], "invalidParams");
    let words = client.ask("describe say quit").await;
    let told = json!({ "context": "response", "error": "say quit is not a known action." });
    assert_eq!(words, told.to_string());
}

#[tokio::test]
async fn mounted_specs_stand_in_their_order_without_what_is_switched_off() {
    let server = Setup::of(&GREETER).with_lab().start().await;
    let mut client = server.client().await;
    let greeter = GREETER.spec().expect("a spec");
    let specs = [&greeter, &lab()];
    let reply = client.ask("describe").await;
    assert_eq!(reply, answer(&machine::hash(specs), &machine::form(specs)));
    assert_ne!(machine::hash(specs), machine::hash([&lab()]));
    let shout = client.ask_json("describe shout").await;
    assert_eq!(shout["describes"]["feature"], "loud");
    let whisper = client.ask_json("describe whisper").await;
    assert_eq!(whisper["error"], "whisper is not a known action.");
}

/// The page was made from this very spec.
#[tokio::test]
async fn the_page_shows_the_hash_of_the_shipped_server() {
    let public = concat!(env!("CARGO_MANIFEST_DIR"), "/../public");
    let server = Setup::shipped(public).start().await;
    let mut client = server.client().await;
    let hash = client.ask_json("describe").await["hash"].clone();
    let hash = hash.as_str().expect("a text");
    assert_eq!(hash, machine::hash([&SHIPPED.spec().expect("a spec")]));
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/protocol.md");
    let page = fs::read_to_string(page).expect("the page");
    assert!(page.contains(&format!("\n{hash}\n")), "{hash}");
}
