//! Who may connect, and how long a line may take.

use super::*;
use actionline::Config;
use std::io::Write;
use tokio::io::AsyncReadExt;

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

#[tokio::test]
async fn who_has_sent_something_already_reads_why_there_is_no_place() {
    let server = Setup::lab().limits(|limits| limits.connections = 1);
    let server = server.start().await;
    let _member = server.client().await;
    for _ in 0..20 {
        // The server runs on this thread: it meets both at once.
        let mut early = std::net::TcpStream::connect(server.address()).expect("connect");
        early.write_all(&[b'x'; 1024]).expect("send");
        early.set_nonblocking(true).expect("non-blocking");
        let mut early = tokio::net::TcpStream::from_std(early).expect("a socket");
        let mut told = Vec::new();
        let end = soon("the end", early.read_to_end(&mut told)).await;
        end.expect("no reset");
        let goodbye: Value = serde_json::from_slice(&told).expect("a line");
        assert_eq!(goodbye["reason"], "too many connections");
        assert!(early.take_error().expect("a socket").is_none());
    }
}

#[tokio::test]
async fn few_who_are_turned_away_may_take_their_time_and_not_much() {
    let clock = ManualClock::default();
    let server = Setup::lab().clock(&clock).limits(|limits| {
        limits.connections = 1;
    });
    let server = server.start().await;
    let mut member = server.client().await;
    let mut told = Vec::new();
    for _ in 0..33 {
        let mut client = TestClient::connect(server.address()).await;
        assert_eq!(client.json().await["reason"], "too many connections");
        client.closed().await;
        told.push(client);
    }
    // The last is one too many.
    assert!(!stays(&mut told.pop().expect("33"), &mut member).await);
    for client in &mut told {
        assert!(stays(client, &mut member).await);
    }
    // Who sends without an end goes before its time.
    let mut endless = told.pop().expect("32");
    soon("a reset", async {
        while endless.try_send_raw([b'x'; 1024]).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    clock.advance(Duration::from_secs(1));
    for client in &mut told {
        let mut looks = 0..100;
        while stays(client, &mut member).await {
            looks.next().expect("it stays");
        }
    }
}

/// Whether the server still listens to a client: once it has closed, a first byte is answered with a reset, and a second
/// one cannot be sent. The member's replies tell that the server has had time for both.
async fn stays(client: &mut TestClient, member: &mut TestClient) -> bool {
    for _ in 0..2 {
        if client.try_send_raw("x").await.is_err() {
            return false;
        }
        assert_eq!(member.ask("nothing").await, OK);
    }
    true
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
