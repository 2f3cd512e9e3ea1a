//! Processes that chat.

use super::*;
use actionline_tests::Replay;

#[tokio::test]
async fn two_and_three_processes_share_a_room() {
    for size in [2, 3] {
        let redis = RedisServer::new();
        let mut nodes = Vec::new();
        let mut clients = Vec::new();
        for _ in 0..size {
            let node = linked(&redis).await;
            clients.push(node.client().await);
            nodes.push(node);
        }
        for client in &mut clients {
            client.until_members(size).await;
        }
        for speaker in 0..clients.len() {
            let id = clients[speaker].id().await;
            let message = format!("hi from {speaker}");
            assert_eq!(clients[speaker].ask(&format!("say {message}")).await, OK);
            for (index, client) in clients.iter_mut().enumerate() {
                if index == speaker {
                    continue;
                }
                let heard = client.json().await;
                assert_eq!(heard["message"], message.as_str());
                assert_eq!(heard["from"], id);
            }
        }
        let mut last = clients.pop().expect("a client");
        assert_eq!(
            last.ask("roomChange elsewhere").await,
            r#"{"context":"response","status":"OK","room":"elsewhere"}"#
        );
        assert_eq!(last.members().await, 1);
        assert_eq!(clients[0].members().await, size - 1);
    }
}

#[tokio::test]
async fn the_seed_holds_on_a_clustered_node() {
    let redis = RedisServer::new();
    let node = linked(&redis).await;
    let _other = linked(&redis).await;
    let mut replay = Replay::bytes(node.address());
    let seed = include_str!("../../transcripts/seed.txt");
    replay.play(seed).await;
}

#[tokio::test]
async fn applications_of_two_names_do_not_hear_each_other() {
    let redis = RedisServer::new();
    let one = linked(&redis).await;
    let words = ["--backplane", &redis.url(), "--backplane-app", "other"];
    let other = Node::start(&words).await;
    let (mut ann, mut bob) = (one.client().await, other.client().await);
    until_linked(&mut bob).await;
    until_linked(&mut ann).await;
    assert_eq!(ann.ask("say hi").await, OK);
    assert_eq!((ann.members().await, bob.members().await), (1, 1));
}

#[tokio::test]
async fn a_node_that_is_told_to_stop_is_gone_at_once() {
    let redis = RedisServer::new();
    let (one, mut other) = (linked(&redis).await, linked(&redis).await);
    let (mut ann, mut bob) = (one.client().await, other.client().await);
    for client in [&mut ann, &mut bob] {
        client.until_members(2).await;
    }
    other.signal("TERM");
    other.ended().await;
    assert_eq!(ann.members().await, 1, "nobody waits for a lease to end");
    let leases: Vec<String> = redis.ask(&[b"ZRANGE", b"al:actionline:{nodes}", b"0", b"-1"]);
    assert_eq!(leases.len(), 1, "{leases:?}");
    let keys: Vec<String> = redis.ask(&[b"KEYS", b"*:m:*"]);
    assert_eq!(keys.len(), 1, "{keys:?}");
}
