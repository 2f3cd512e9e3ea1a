//! Who may connect, and how long a line may take.

use super::*;
use actionline::Config;

/// A server that counts this machine's addresses like any others.
async fn counting(clock: &ManualClock, change: impl FnOnce(&mut Limits)) -> TestServer {
    let setup = Setup::lab().clock(clock).config(|config: &mut Config| {
        config.exempt.clear();
        change(&mut config.limits);
    });
    setup.start().await
}

/// Connects, and is told why not.
async fn turned_away(server: &TestServer, reason: &str) {
    let mut client = TestClient::connect(server.address()).await;
    let goodbye = client.json().await;
    assert_eq!(goodbye["reason"], reason);
    let wait = goodbye["retryAfterMs"].as_u64();
    assert!(wait.is_some_and(|wait| (1000..2000).contains(&wait)));
    client.closed().await;
}

/// Connects as soon as the server has noticed who left.
async fn let_in(server: &TestServer) -> TestClient {
    loop {
        let mut client = TestClient::connect(server.address()).await;
        if client.json().await["welcome"].is_string() {
            return client;
        }
    }
}

#[tokio::test]
pub(super) async fn connections() {
    let server = Setup::lab().limits(|limits| limits.connections = 3);
    let server = server.start().await;
    let [first, _second, mut third] = server.clients().await;
    turned_away(&server, "too many connections").await;
    assert_eq!(third.ask("nothing").await, OK);
    assert_eq!(server.handle().stats().refused, 1);
    drop(first);
    let_in(&server).await;
}

#[tokio::test]
pub(super) async fn address_connections() {
    let clock = ManualClock::default();
    let server = counting(&clock, |limits| limits.address_connections = 3).await;
    let [first, _second, mut third] = server.clients().await;
    turned_away(&server, "too many connections from this address").await;
    assert_eq!(third.ask("nothing").await, OK);
    drop(first);
    let_in(&server).await;
    // An exempt address is bound by the number of all connections alone.
    let server = Setup::lab().limits(|limits| limits.address_connections = 1);
    let _clients: [_; 5] = server.start().await.clients().await;
}

const TOO_FAST: &str = "too many new connections from this address";

#[tokio::test]
pub(super) async fn address_rate() {
    let clock = ManualClock::default();
    let server = counting(&clock, |limits| {
        (limits.address_rate, limits.address_burst) = (10, 1);
    })
    .await;
    for _ in 0..3 {
        server.client().await;
        clock.advance(Duration::from_millis(99));
        turned_away(&server, TOO_FAST).await;
        clock.advance(Duration::from_millis(1));
    }
}

#[tokio::test]
pub(super) async fn address_burst() {
    let clock = ManualClock::default();
    let server = counting(&clock, |limits| limits.address_burst = 3).await;
    for _ in 0..3 {
        server.client().await;
    }
    turned_away(&server, TOO_FAST).await;
    clock.advance(Duration::from_secs(1));
    server.clients::<3>().await;
    turned_away(&server, TOO_FAST).await;
}

#[tokio::test]
pub(super) async fn line_time() {
    let clock = ManualClock::default();
    let server = Setup::lab().clock(&clock).limits(|limits| {
        limits.keep_alive = 0;
    });
    let server = server.start().await;
    let [mut slow, mut idle, mut typing] = server.clients().await;
    slow.send_raw("noth").await;
    typing.send_raw("nothing\nno").await;
    assert_eq!(typing.heard().await, OK);
    clock.advance(Duration::from_secs(30));
    // A piece more is no end.
    slow.send_raw("in").await;
    typing.send_raw("thing\nnoth").await;
    assert_eq!(typing.heard().await, OK);
    clock.advance(Duration::from_secs(30) - Duration::from_nanos(1));
    assert_eq!(idle.ask("nothing").await, OK);
    clock.advance(Duration::from_nanos(1));
    let goodbye = json!({ "context": "api", "status": "goodbye", "reason": "line not finished" });
    assert_eq!(slow.heard().await, goodbye.to_string());
    slow.closed().await;
    assert_eq!(typing.ask("ing").await, OK);
    clock.advance(Duration::from_secs(3600));
    assert_eq!(idle.ask("nothing").await, OK, "no line is under way");
}
