//! Two processes that drew one number.

use super::*;

/// Gives this node's number to somebody else, as if that one had drawn it, too; answers the number.
fn usurp(redis: &RedisServer) -> String {
    let leases: Vec<String> = redis.ask(&[b"ZRANGE", b"al:actionline:{nodes}", b"0", b"-1"]);
    let [lease] = &leases[..] else {
        panic!("one node: {leases:?}");
    };
    let (node, _) = lease.split_once('.').expect("a lease");
    let script =
        b"redis.call('ZREM',KEYS[1],ARGV[1]) redis.call('ZADD',KEYS[1],'99999999999999',ARGV[2])";
    let other = format!("{node}.4000000000");
    let keys = [b"1".as_slice(), b"al:actionline:{nodes}"];
    let words = [
        &[b"EVAL".as_slice(), script][..],
        &keys,
        &[lease.as_bytes(), other.as_bytes()],
    ];
    let () = redis.ask(&words.concat());
    node.to_owned()
}

#[tokio::test]
async fn a_server_without_clients_takes_another() {
    let redis = RedisServer::new();
    let mut node = linked(&redis).await;
    let taken = usurp(&redis);
    node.logs("which takes another").await;
    let mut ann = node.client().await;
    until_linked(&mut ann).await;
    let id = ann.id().await;
    assert!(!id.starts_with(&taken), "{id}");
    // It is in reach under the new one, and one who bears the old number is heard.
    let other = linked(&redis).await;
    let mut bob = other.client().await;
    for client in [&mut ann, &mut bob] {
        client.until_members(2).await;
    }
    assert_eq!(bob.ask("say hi").await, OK);
    assert_eq!(said(&mut ann).await, "hi");
}

#[tokio::test]
async fn a_server_with_clients_says_so_and_waits() {
    let redis = RedisServer::new();
    let mut node = linked(&redis).await;
    let mut ann = node.client().await;
    until_linked(&mut ann).await;
    let taken = usurp(&redis);
    node.logs("restart this server").await;
    assert_eq!(until_reply(&mut ann, "say alone").await, LOCAL);
    let other = format!("{taken}.4000000000");
    let _: u32 = redis.ask(&[b"ZREM", b"al:actionline:{nodes}", other.as_bytes()]);
    until_whole(&mut ann).await;
    assert!(ann.id().await.starts_with(&taken));
}
