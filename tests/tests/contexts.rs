//! Protocol §3: what the server says, and how each line looks.

use actionline_specs::{limits, matches, wire};
use actionline_tests::{ManualClock, Setup, TestClient, TestServer};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn the_welcome_names_the_spec_and_the_room() {
    let server = TestServer::lab().await;
    let mut client = TestClient::connect(server.address()).await;
    assert_eq!(
        client.line().await,
        r#"{"welcome":"Hello! Welcome to the Lab api","room":"defaultRoom","context":"api","messageCount":0}"#
    );
}

#[tokio::test]
async fn the_welcome_and_the_room_can_be_set() {
    let server = Setup::lab().config(|config| {
        config.welcome = Some("Say \"hi\"\n".to_owned());
        config.default_room = "lobby".to_owned();
    });
    let server = server.start().await;
    let mut client = TestClient::connect(server.address()).await;
    assert_eq!(
        client.line().await,
        r#"{"welcome":"Say \"hi\"\n","room":"lobby","context":"api","messageCount":0}"#
    );
    assert_eq!(client.ask_json("roomView").await["room"], "lobby");
}

#[tokio::test]
async fn a_keep_alive_comes_every_period() {
    let clock = ManualClock::at("2026-02-28T23:59:00.0009Z");
    let server = Setup::lab().clock(&clock).start().await;
    let mut client = server.client().await;
    let period = Duration::from_secs(60);
    for time in ["2026-03-01T00:00:00.000Z", "2026-03-01T00:01:00.000Z"] {
        clock.advance(period - Duration::from_millis(1));
        client.ask("nothing").await;
        clock.advance(Duration::from_millis(1));
        assert_eq!(
            client.heard().await,
            format!(r#"{{"context":"api","status":"keep-alive","serverTime":"{time}"}}"#)
        );
    }
}

#[tokio::test]
async fn the_keep_alive_period_is_the_connections_own_and_can_be_turned_off() {
    let clock = ManualClock::default();
    let server = Setup::lab().clock(&clock).start().await;
    let mut early = server.client().await;
    clock.advance(Duration::from_secs(30));
    let mut late = server.client().await;
    clock.advance(Duration::from_secs(30));
    assert_eq!(early.json().await["status"], "keep-alive");
    assert_eq!(late.ask_json("nothing").await["status"], "OK");
    clock.advance(Duration::from_secs(30));
    assert_eq!(late.json().await["status"], "keep-alive");

    let silent = Setup::lab()
        .clock(&clock)
        .limits(|limits| limits.keep_alive = 0);
    let silent = silent.start().await;
    let mut client = silent.client().await;
    clock.advance(Duration::from_secs(1_000_000));
    for _ in 0..2 {
        assert_eq!(client.ask_json("nothing").await["status"], "OK");
    }
}

#[tokio::test]
async fn the_time_of_day_may_jump_and_moves_no_deadline() {
    let (half, moment) = (Duration::from_secs(30), Duration::from_nanos(1));
    for (there, later) in [
        ("1969-12-31T23:59:00Z", "1970-01-01T00:00:00.000Z"),
        ("2126-01-01T00:00:00Z", "2126-01-01T00:01:00.000Z"),
    ] {
        let clock = ManualClock::default();
        let server = Setup::lab().clock(&clock).start().await;
        let [mut idle, mut busy, mut slow] = server.clients().await;
        busy.send("gated gate=a").await;
        server.gates().come("a").await;
        slow.send_raw("nothing\nsay never").await;
        slow.line().await;
        clock.set(there);
        clock.advance(half - moment);
        assert_eq!(idle.ask_json("nothing").await["status"], "OK");
        assert_eq!(server.gates().waiting(), 1);
        clock.advance(moment);
        let late = "the action took longer than 30 seconds and was stopped";
        assert_eq!(busy.json().await["error"], late);
        clock.advance(half - moment);
        assert_eq!(busy.ask_json("nothing").await["status"], "OK");
        assert_eq!(server.handle().stats().connections, 3);
        clock.advance(moment);
        let sign = idle.json().await;
        assert_eq!(
            (&sign["status"], &sign["serverTime"]),
            (&json!("keep-alive"), &json!(later))
        );
        let rest = String::from_utf8(slow.rest().await).expect("UTF-8");
        assert!(rest.contains(wire::Reason::UnfinishedLine.word()), "{rest}");
    }
}

#[tokio::test]
async fn periods_that_were_slept_through_are_not_made_up_for() {
    let clock = ManualClock::default();
    let server = Setup::lab().clock(&clock).start().await;
    let mut client = server.client().await;
    clock.advance(Duration::from_secs(10 * limits::KEEP_ALIVE.default));
    assert_eq!(client.json().await["status"], "keep-alive");
    for _ in 0..2 {
        assert_eq!(client.ask_json("nothing").await["status"], "OK");
    }
}

#[tokio::test]
async fn what_is_said_looks_as_it_should() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    let id = ann.id().await;
    ann.ask("say \"quoted\" \\ é").await;
    assert_eq!(
        bob.heard().await,
        format!(
            r#"{{"context":"user","message":"\"quoted\" \\ é","from":"{id}","room":"defaultRoom"}}"#
        )
    );
}

#[tokio::test]
async fn a_stopping_server_says_goodbye_with_a_time_to_come_back() {
    let mut server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    ann.send("gated gate=a").await;
    server.gates().come("a").await;
    server.begin_stop();
    let bye = bob.json().await;
    bob.closed().await;
    let wanted = json!({
        "context": "api", "status": "goodbye", "reason": wire::Reason::ShuttingDown.word(),
        "retryAfterMs": "<int>", "messageCount": 1,
    });
    matches(&wanted, &bye).unwrap();
    let retry = bye["retryAfterMs"].as_u64().unwrap();
    assert!((1000..=2000).contains(&retry), "{retry}");
    server.gates().open("a", 1);
    assert_eq!(ann.heard().await, r#"{"context":"response","gate":"a"}"#);
    assert_eq!(ann.json().await["status"], "goodbye");
    ann.closed().await;
    server.stop().await;
}

#[tokio::test]
async fn a_stopping_server_answers_what_it_has_read_and_takes_nobody_else() {
    let mut server = TestServer::lab().await;
    let mut client = server.client().await;
    client
        .send_raw("gated gate=a\nnothing\nmaybe note=x\n")
        .await;
    server.gates().come("a").await;
    server.begin_stop();
    let address = server.address();
    server.gates().open("a", 1);
    let mut lines: Vec<Value> = Vec::new();
    for _ in 0..4 {
        lines.push(client.json().await);
    }
    assert_eq!(lines[0]["gate"], "a");
    assert_eq!(lines[1]["status"], "OK");
    assert_eq!(lines[2]["note"], "x");
    assert_eq!(lines[3]["status"], "goodbye");
    client.closed().await;
    drop(client);
    server.stop().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_stopping_server_cuts_whom_it_cannot_wait_for() {
    let server = Setup::lab().limits(|limits| limits.drain = 0).start().await;
    let mut client = server.client().await;
    client.send("gated gate=never").await;
    server.gates().come("never").await;
    let gates = server.gates().clone();
    server.stop().await;
    assert_eq!(gates.waiting(), 0, "the action was given up");
    client.closed().await;
}

#[tokio::test]
async fn every_kind_of_line_is_declared() {
    let clock = ManualClock::default();
    let server = Setup::lab().clock(&clock).start().await;
    let mut ann = TestClient::connect(server.address()).await;
    let mut lines = vec![ann.json().await];
    let mut bob = server.client().await;
    bob.ask("say hi").await;
    lines.push(ann.json().await);
    clock.advance(Duration::from_secs(60));
    lines.push(ann.json().await);
    lines.push(ann.ask_json("nothing").await);
    ann.send("hangUp").await;
    lines.push(ann.json().await);
    lines.push(ann.json().await);
    ann.closed().await;
    for name in ["welcome", "room message", "keep-alive", "goodbye"] {
        let message = wire::MESSAGES
            .iter()
            .find(|message| message.name == name)
            .expect(name);
        let wanted: Value = serde_json::from_str(message.line).unwrap();
        let fits = lines
            .iter()
            .filter(|line| matches(&wanted, line).is_ok())
            .count();
        assert_eq!(fits, 1, "{name}: {lines:#?}");
    }
}
