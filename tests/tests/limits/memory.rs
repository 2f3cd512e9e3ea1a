//! What is buffered for all clients together.

use super::*;
use actionline::{Config, Server};
use actionline_tests::club::CLUB;
use actionline_tests::lab::{Gates, LAB};
use actionline_tests::pipes::pipes;
use actionline_tests::soon;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

/// A server with a megabyte, and a client that has sent so much of a line.
async fn holding(bytes: usize) -> (TestServer, [TestClient; 3]) {
    let server = Setup::lab().limits(|limits| {
        limits.memory = 1_000_000;
        limits.line = 2_000_000;
    });
    let server = server.start().await;
    let mut clients: [TestClient; 3] = server.clients().await;
    let [sending, other, _] = &mut clients;
    sending.send_raw("x".repeat(bytes)).await;
    while server.handle().stats().buffered != bytes as u64 {
        other.ask("paramsView").await;
    }
    (server, clients)
}

#[tokio::test]
pub(super) async fn memory() {
    for (bytes, let_in) in [(749_999, true), (750_000, false), (750_001, false)] {
        let (server, _clients) = holding(bytes).await;
        let mut new = TestClient::connect(server.address()).await;
        let first = new.json().await;
        assert_eq!(first["welcome"].is_string(), let_in, "{bytes}");
        if !let_in {
            assert_eq!(first["reason"], "server is short of memory");
        }
    }
    for (bytes, begun) in [(799_999, true), (800_000, false), (800_001, false)] {
        let (server, [_sending, mut other, _listener]) = holding(bytes).await;
        server.gates().open("a", 1);
        let code = other
            .ask_json(r#"{"action":"gatedFile","params":{"gate":"a"}}"#)
            .await;
        assert_eq!(
            code["code"],
            if begun { "gone" } else { "overloaded" },
            "{bytes}"
        );
    }
    for (bytes, runs) in [(999_999, true), (1_000_000, false), (1_000_001, false)] {
        let (_server, [mut sending, mut other, mut listener]) = holding(bytes).await;
        let text = "the server has too much to do and did not run this";
        let refused = json!({ "context": "response", "error": text }).to_string();
        let expected = if runs { OK } else { &refused };
        assert_eq!(other.ask("nothing").await, expected, "{bytes}");
        assert_eq!(other.ask("say hi").await, expected, "{bytes}");
        // What gives memory back, and what tells how things stand, is run.
        assert!(!other.ask("paramsDelete").await.contains("error"));
        sending.send_raw("\n").await;
        while sending.line().await.contains("\"message\"") {}
        assert_eq!(other.ask("say ho").await, OK);
        while listener.json().await["message"] != "ho" {}
    }
}

#[tokio::test]
async fn those_who_have_not_logged_in_go_when_memory_is_short() {
    let server = Setup::of(&CLUB).limits(|limits| {
        limits.memory = 1_000_000;
        limits.line = 2_000_000;
    });
    let server = server.start().await;
    let [mut member, mut stranger, mut other] = server.clients().await;
    for client in [&mut member, &mut other] {
        assert_eq!(client.ask(login::LOGIN).await, OK);
    }
    member.send_raw("x".repeat(849_999)).await;
    while server.handle().stats().buffered != 849_999 {
        other.ask("paramsView").await;
    }
    assert_eq!(stranger.ask("hello").await, OK);
    member.send_raw("x").await;
    assert_eq!(
        stranger.heard().await,
        login::goodbye("server is short of memory")
    );
    stranger.closed().await;
    assert_eq!(other.ask("hello").await, OK);
    member.send_raw("\nhello\n").await;
    assert!(member.heard().await.contains("error"), "too long a name");
    assert_eq!(member.heard().await, OK);
}

#[tokio::test]
async fn who_leaves_replies_unread_gets_no_more_when_memory_is_full() {
    const MEMORY: u64 = 100_000;
    const COUNT: usize = 50;
    let (entrance, pipes) = pipes();
    let mut config = Config::default();
    config.limits.memory = MEMORY;
    config.limits.line = 2 * MEMORY;
    let server = Server::new(&LAB).state(Gates::default()).config(config);
    let bound = server.on(pipes).unwrap();
    let handle = bound.handle();
    let (_stop, stopped) = tokio::sync::oneshot::channel::<()>();
    tokio::spawn(bound.serve_until(async { drop(stopped.await) }));
    let until = async |reached: fn(u64) -> bool| {
        let buffered = async {
            while !reached(handle.stats().buffered) {
                tokio::task::yield_now().await;
            }
        };
        soon("the server", buffered).await;
    };
    let mut reader = BufReader::new(entrance.enter(1000));
    let mut line = String::new();
    reader.read_line(&mut line).await.unwrap();
    let mut holder = entrance.enter(2 * MEMORY as usize);
    holder.write_all(&[b'x'; MEMORY as usize]).await.unwrap();
    until(|buffered| buffered >= MEMORY).await;
    let asked = "describe\n".repeat(COUNT);
    reader.write_all(asked.as_bytes()).await.unwrap();
    until(|buffered| buffered > MEMORY).await;
    let buffered = handle.stats().buffered;
    for number in 1..=COUNT {
        line.clear();
        soon("a reply", reader.read_line(&mut line)).await.unwrap();
        assert!(line.contains(&format!("\"messageCount\":{number}}}")));
        assert!(
            buffered < MEMORY + (asked.len() + 2 * line.len()) as u64,
            "{buffered} with replies of {}",
            line.len()
        );
    }
}

#[tokio::test]
pub(super) async fn the_slowest_go_when_memory_is_short() {
    for (megabytes, lives) in [(64, true), (8, false)] {
        let mut laggard = laggard::Laggard::with(|limits| limits.memory = megabytes << 20).await;
        assert_eq!(laggard.lives(), lives, "{megabytes}");
        if !lives {
            while laggard.buffered() > 4 << 20 {
                laggard.settle().await;
            }
        }
    }
}
