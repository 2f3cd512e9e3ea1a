//! The session that the protocol comes from, byte for byte.

use actionline::NodeId;
use actionline::bus::Solo;
use actionline_tests::folder::Folder;
use actionline_tests::{ManualClock, Mesh, Replay, Setup};
use std::sync::Arc;
use std::time::Duration;

#[tokio::test]
async fn the_seed_holds_byte_for_byte() {
    holds(|setup| setup).await;
}

#[tokio::test]
async fn the_seed_holds_with_a_bus() {
    holds(|setup| setup.bus(|_| Arc::new(Solo::new(NodeId(7))))).await;
    let mesh = Mesh::default();
    let _other = Setup::lab().bus(mesh.join()).start().await;
    holds(|setup| setup.bus(mesh.join())).await;
}

async fn holds(link: impl FnOnce(Setup) -> Setup) {
    let clock = ManualClock::at("2012-01-03T19:47:40.136Z");
    let server = Setup::shipped(Folder::shipped()).clock(&clock);
    let server = link(server).start().await;
    let mut replay = Replay::bytes(server.address());
    replay.play(include_str!("../transcripts/seed.txt")).await;
    clock.advance(Duration::from_secs(60));
    replay
        .play(r#"< {"context":"api","status":"keep-alive","serverTime":"2012-01-03T19:48:40.136Z","messageCount":9}"#)
        .await;
}

#[tokio::test]
async fn the_seed_holds_however_it_is_cut() {
    let server = Setup::shipped(Folder::shipped()).start().await;
    let sent: String = include_str!("../transcripts/seed.txt")
        .lines()
        .filter_map(|line| line.strip_prefix("> "))
        .flat_map(|line| [line, "\r\n"])
        .collect();
    let mut whole = server.client().await;
    whole.send_raw(&sent).await;
    let mut expected = Vec::new();
    for _ in 1..=8 {
        expected.push(whole.json().await);
    }
    let mut pieces = server.client().await;
    for byte in sent.bytes() {
        pieces.send_raw([byte]).await;
        tokio::task::yield_now().await;
    }
    for (index, expected) in expected.iter().enumerate() {
        let found = pieces.json().await;
        // The first two tell of the connection's id and of a random number.
        if index >= 2 {
            assert_eq!(&found, expected);
        }
    }
}

#[tokio::test]
async fn telnet_users_may_end_lines_as_telnet_does() {
    let server = Setup::shipped(Folder::shipped()).start().await;
    let mut client = server.client().await;
    client
        .send_raw("paramAdd key=myKey\r\nparamView key\r\n")
        .await;
    assert_eq!(
        client.heard().await,
        r#"{"status":"OK","context":"response"}"#
    );
    assert_eq!(
        client.heard().await,
        r#"{"context":"response","params":{"key":"myKey"}}"#
    );
}
