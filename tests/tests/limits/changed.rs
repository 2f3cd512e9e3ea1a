//! Limits that are changed while the server runs: some hold at once, some for new connections, some after a restart.

use super::*;

/// The defaults, changed.
fn limits(change: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::default();
    change(&mut limits);
    limits
}

#[tokio::test]
async fn most_hold_at_once() {
    let (server, mut client) = with(|limits| limits.room_name = 4).await;
    let refused = limit_reached("the name of the room is too long", "4 bytes");
    assert_eq!(client.ask("roomChange attic").await, refused);
    let wider = limits(|limits| limits.room_name = 5);
    assert_eq!(server.handle().set_limits(&wider), [""; 0]);
    assert_eq!(client.ask_json("roomChange attic").await["room"], "attic");
    let full = limits(|limits| limits.connections = 1);
    server.handle().set_limits(&full);
    let mut second = TestClient::connect(server.address()).await;
    assert_eq!(second.json().await["reason"], "too many connections");
    // Its saved param is more than may be held from now on.
    client.ask("paramAdd a=b").await;
    let busy = limits(|limits| limits.memory = 1);
    server.handle().set_limits(&busy);
    let fault = client.ask_json(r#"{"action":"nothing"}"#).await;
    assert_eq!(fault["code"], "overloaded");
    let names: Vec<_> = server.handle().limits().collect();
    assert!(names.contains(&("memory", 1)) && names.contains(&("room-name", 128)));
}

#[tokio::test]
async fn a_patience_that_is_shorter_now_wakes_who_waits() {
    let clock = ManualClock::default();
    let server = Setup::lab().clock(&clock).start().await;
    let mut client = server.client().await;
    client.send_raw("nothing\nnoth").await;
    assert_eq!(client.heard().await, OK);
    let shorter = limits(|limits| limits.line_time = 2);
    server.handle().set_limits(&shorter);
    clock.advance(Duration::from_secs(2));
    let goodbye: Value = client.json().await;
    assert_eq!(goodbye["reason"], "line not finished");
}

#[tokio::test]
async fn the_longest_line_is_that_of_the_connections_start() {
    let (server, mut old) = with(|limits| limits.line = 20).await;
    server
        .handle()
        .set_limits(&limits(|limits| limits.line = 30));
    let mut new = server.client().await;
    for (client, limit) in [(&mut old, 20), (&mut new, 30)] {
        let text = format!("the line is longer than {limit} bytes and was not run");
        let refused = json!({ "context": "response", "error": text }).to_string();
        client.send(&"x".repeat(limit + 1)).await;
        assert_eq!(client.heard().await, refused);
    }
}

#[tokio::test]
async fn what_takes_a_restart_is_told_and_stays() {
    let (server, _client) = with(|limits| limits.keep_alive = 60).await;
    let changed = limits(|limits| limits.keep_alive = 7);
    assert_eq!(server.handle().set_limits(&changed), ["keep-alive"]);
    let now = server.handle().limits();
    assert_eq!(
        now.into_iter().find(|(name, _)| *name == "keep-alive"),
        Some(("keep-alive", 60))
    );
}
