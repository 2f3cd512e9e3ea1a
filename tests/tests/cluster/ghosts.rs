//! Nodes that vanish, and nodes that only stood still.

use super::*;
use std::time::{Duration, Instant};

/// A lease of ten seconds and a list of nodes that is a second old.
const BOUND: Duration = Duration::from_secs(11);

#[tokio::test]
async fn the_ghosts_of_a_killed_node_go_and_leave_nothing() {
    let redis = RedisServer::new();
    let (one, other) = (linked(&redis).await, linked(&redis).await);
    let (mut ann, mut bob) = (one.client().await, other.client().await);
    for client in [&mut ann, &mut bob] {
        client.until_members(2).await;
    }
    let begun = Instant::now();
    other.signal("KILL");
    ann.until_members(1).await;
    // A little for the machine, which may be busy.
    let took = begun.elapsed();
    assert!(took < BOUND + Duration::from_secs(1), "{took:?}");
    assert_eq!(ann.ask("say anybody?").await, OK);
    let sets: &[&[u8]] = &[b"EVAL", b"return #redis.call('KEYS','*:m:*')", b"0"];
    redis.until(sets, 1).await;
    redis.until(&[b"ZCARD", b"al:actionline:{nodes}"], 1).await;
    redis.until(&[b"HLEN", b"al:actionline:{nodes}:c"], 1).await;
}

#[tokio::test]
async fn a_node_that_stood_still_registers_anew_and_misses_nothing() {
    let redis = RedisServer::new();
    let (one, mut other) = (linked(&redis).await, linked(&redis).await);
    let (mut ann, mut bob) = (one.client().await, other.client().await);
    for client in [&mut ann, &mut bob] {
        client.until_members(2).await;
    }
    other.signal("STOP");
    assert_eq!(ann.ask("say first").await, OK);
    ann.until_members(1).await;
    assert_eq!(ann.ask("say second").await, OK);
    other.signal("CONT");
    for message in ["first", "second"] {
        assert_eq!(said(&mut bob).await, message, "it was only late");
    }
    other.logs("registered anew").await;
    ann.until_members(2).await;
    assert_eq!(until_reply(&mut bob, "say back").await, OK);
    assert_eq!(said(&mut ann).await, "back");
}
