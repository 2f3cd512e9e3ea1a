//! Who may do what: `requires` in a spec, rights on a connection, failed logins.

mod hook;

use actionline::Config;
use actionline_tests::club::CLUB;
use actionline_tests::{ManualClock, Setup, TestClient, TestServer};
use serde_json::json;
use std::time::Duration;

const OK: &str = r#"{"context":"response","status":"OK"}"#;
const LOGIN: &str = "enter name=ann password=sesame";

fn club() -> Setup {
    Setup::of(&CLUB)
}

/// A member who is in.
async fn member(server: &TestServer) -> TestClient {
    let mut client = server.client().await;
    assert_eq!(client.ask(LOGIN).await, OK);
    client
}

fn error(text: &str) -> String {
    json!({ "context": "response", "error": text }).to_string()
}

#[tokio::test]
async fn before_a_login_nothing_but_what_is_open_can_be_done() {
    let server = club().start().await;
    let mut client = server.client().await;
    assert_eq!(client.ask("hello").await, OK);
    let verbs = [
        "paramAdd key=v",
        "paramView key",
        "paramsView",
        "paramDelete key",
        "paramsDelete",
        "roomChange bar",
        "roomView",
        "detailsView",
        "say hi",
        "describe",
    ];
    for line in verbs {
        let name = line.split(' ').next().unwrap_or_default();
        let refused = error(&format!("{name} requires login"));
        assert_eq!(client.ask(line).await, refused);
    }
    assert_eq!(
        client.ask("reset").await,
        error("reset requires login and head")
    );
    let json = client.ask_json(r#"{"action":"play","params":{"card":1},"messageId":7}"#);
    let json = json.await;
    assert_eq!(json["code"], "forbidden");
    assert_eq!(json["error"], "play requires login");
    assert_eq!(json["messageId"], 7);
    assert_eq!(
        client.ask("quit").await,
        r#"{"status":"Bye!","context":"response"}"#
    );
    client.closed().await;
}

#[tokio::test]
async fn nothing_of_the_params_is_read_or_kept() {
    let server = club().start().await;
    let mut client = server.client().await;
    for line in [
        "play",
        "play card=0",
        "play card=x other=1",
        "play \"",
        "say",
        "paramAdd",
    ] {
        let name = line.split(' ').next().unwrap_or_default();
        let refused = error(&format!("{name} requires login"));
        assert_eq!(client.ask(line).await, refused, "{line}");
    }
    for params in [json!({}), json!({ "card": 0 }), json!({ "other": [] })] {
        let line = json!({ "action": "play", "params": params });
        let reply = client.ask_json(&line.to_string()).await;
        assert_eq!(reply["code"], "forbidden");
        assert!(reply["errors"].is_null(), "{reply}");
    }
    client.ask(LOGIN).await;
    let saved = client.ask_json("paramsView").await["params"].clone();
    assert_eq!(saved["action"], "enter", "{saved}");
    assert!(
        saved["card"].is_null() && saved["other"].is_null(),
        "{saved}"
    );
}

#[tokio::test]
async fn a_right_that_is_granted_counts_and_one_that_is_not_does_not() {
    let server = club().start().await;
    let mut ann = member(&server).await;
    assert_eq!(ann.ask_json("play card=5").await["card"], 5);
    assert_eq!(
        ann.ask("reset").await,
        error("reset requires login and head")
    );
    let mut head = server.client().await;
    assert_eq!(head.ask("enter name=head password=sesame").await, OK);
    assert_eq!(head.ask("reset").await, OK);
    assert_eq!(head.ask("logout").await, OK);
    assert_eq!(
        head.ask("reset").await,
        error("reset requires login and head")
    );
    let rights = head.ask_json("rights").await;
    assert_eq!(rights["has"], json!([]));
    assert_eq!(ann.ask_json("rights").await["has"], json!(["login"]));
    let refused = "no spec of the server names the right `nobody` under `requires`";
    assert_eq!(rights["refused"], refused);
}

#[tokio::test]
async fn a_client_is_in_a_room_just_as_long_as_it_is_logged_in() {
    let server = club().config(|config| config.announce = true).start().await;
    let mut ann = member(&server).await;
    let mut bob = server.client().await;
    let rights = bob.ask_json("rights").await;
    assert!(rights["room"].is_null(), "{rights}");
    assert_eq!(rights["moved"], "to be in a room requires login");
    assert_eq!(
        ann.ask_json("roomView").await["roomStatus"]["membersCount"],
        1
    );
    ann.ask("say nobody hears it").await;
    // Had Bob heard it, it would come before this.
    assert_eq!(bob.ask(LOGIN).await, OK);
    assert_eq!(ann.json().await["message"], "I have entered the room");
    assert_eq!(
        ann.ask_json("roomView").await["roomStatus"]["membersCount"],
        2
    );
    assert_eq!(ann.ask("say hello").await, OK);
    assert_eq!(bob.json().await["message"], "hello");
    assert_eq!(bob.ask("logout").await, OK);
    assert_eq!(ann.json().await["message"], "I have left the room");
    assert_eq!(
        ann.ask_json("roomView").await["roomStatus"]["membersCount"],
        1
    );
    ann.ask("say nobody hears it").await;
    assert_eq!(bob.ask("hello").await, OK);
    assert_eq!(server.handle().stats().rooms, 1);
    ann.ask("logout").await;
    assert_eq!(server.handle().stats().rooms, 0);
}

#[tokio::test]
async fn what_is_sent_behind_a_login_runs_after_it() {
    let server = club().start().await;
    let mut client = server.client().await;
    // Far more than `login-bytes`, and all of it in the server's hands before the login is done.
    let plays = "play card=5\n".repeat(2000);
    client.send_raw(format!("{LOGIN}\n{plays}")).await;
    assert_eq!(client.heard().await, OK);
    for _ in 0..2000 {
        assert_eq!(client.json().await["card"], 5);
    }
}

#[tokio::test]
async fn other_specs_of_a_server_are_behind_the_same_door() {
    let server = club().with_lab().start().await;
    let mut client = server.client().await;
    // The lab's own spec asks for nothing.
    assert_eq!(client.ask("nothing").await, OK);
    assert_eq!(
        client.ask("roomView").await,
        error("roomView requires login")
    );
    assert_eq!(client.ask(LOGIN).await, OK);
    assert_eq!(
        client.ask_json("roomView").await["roomStatus"]["membersCount"],
        1
    );
}

/// A server that counts this machine's addresses like any others.
async fn counting(clock: &ManualClock) -> TestServer {
    let setup = club().clock(clock).config(|config: &mut Config| {
        config.exempt.clear();
        (config.limits.login_time, config.limits.keep_alive) = (1000, 0);
    });
    setup.start().await
}

#[tokio::test]
async fn failed_logins_of_an_address_are_slowed() {
    const WRONG: &str = "enter name=ann password=wrong";
    let wrong = error("wrong name or password");
    let clock = ManualClock::default();
    let server = counting(&clock).await;
    let mut ann = server.client().await;
    for _ in 0..4 {
        assert_eq!(ann.ask(WRONG).await, wrong);
    }
    // The connection does not count: the address does.
    let mut bob = server.client().await;
    bob.send(WRONG).await;
    clock.advance(Duration::from_millis(249));
    // Bob's turn has not come, and others are served meanwhile.
    assert_eq!(ann.ask("hello").await, OK);
    bob.send("hello").await;
    clock.advance(Duration::from_millis(1));
    assert_eq!(bob.heard().await, wrong);
    assert_eq!(bob.heard().await, OK);
    // The right password waits like any other, and then counts.
    ann.send(LOGIN).await;
    clock.advance(Duration::from_millis(500));
    assert_eq!(ann.heard().await, OK);
}

#[tokio::test]
async fn one_login_of_an_address_waits_and_others_are_refused() {
    let clock = ManualClock::default();
    let server = counting(&clock).await;
    let mut client = server.client().await;
    for _ in 0..20 {
        client.send("enter name=ann password=wrong").await;
        // However far the pauses have grown.
        clock.advance(Duration::from_secs(4));
        assert_eq!(client.heard().await, error("wrong name or password"));
    }
    let login = |label: u64| {
        let params = json!({ "name": "ann", "password": "sesame" });
        json!({ "action": "enter", "params": params, "messageId": label }).to_string() + "\n"
    };
    client.send_raw(login(1) + &login(2)).await;
    let refused = client.json().await;
    assert_eq!(
        (&refused["messageId"], &refused["code"]),
        (&json!(2), &json!("tooManyLogins"))
    );
    clock.advance(Duration::from_secs(4));
    let done = client.json().await;
    assert_eq!(
        (&done["messageId"], &done["status"]),
        (&json!(1), &json!("OK"))
    );
}

#[tokio::test]
async fn this_machine_is_exempt() {
    let server = club().start().await;
    let mut client = server.client().await;
    let wrong = error("wrong name or password");
    for _ in 0..50 {
        assert_eq!(client.ask("enter name=ann password=wrong").await, wrong);
    }
}
