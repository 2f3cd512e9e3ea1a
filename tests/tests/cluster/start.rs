//! What a server is started with.

use super::*;

#[tokio::test]
async fn a_server_starts_without_redis_and_is_linked_when_it_comes() {
    let mut redis = RedisServer::absent();
    let mut node = Node::start(&["--backplane", &redis.url()]).await;
    let (mut ann, mut bob) = (node.client().await, node.client().await);
    assert_eq!(ann.ask("say hi").await, LOCAL);
    assert_eq!(bob.json().await["message"], "hi");
    assert_eq!(
        ann.ask("roomChange k").await,
        r#"{"context":"response","status":"OK","room":"k","scope":"local"}"#
    );
    let view = ann.ask("roomView").await;
    assert!(
        view.contains(r#""membersCount":1},"scope":"local"}"#),
        "{view}"
    );
    node.logs("no link to the other nodes").await;
    redis.start();
    until_whole(&mut bob).await;
    assert_eq!(until_reply(&mut bob, "say back").await, OK);
    // All members are there, those that came before, too.
    let other = linked(&redis).await;
    let mut cyd = other.client().await;
    cyd.until_members(2).await;
    cyd.ask("roomChange k").await;
    cyd.until_members(2).await;
}

#[tokio::test]
async fn user_and_password_come_from_the_environment_and_are_told_nobody() {
    let redis = RedisServer::new();
    let rules: [&[u8]; 8] = [
        b"ACL", b"SETUSER", b"zoe-1", b"on", b">s3cret", b"~al:*", b"&al:*", b"+@all",
    ];
    let _: String = redis.ask(&rules);
    let _: String = redis.ask(&[b"ACL", b"SETUSER", b"default", b"resetpass", b">other"]);
    let words = ["--backplane", &redis.url(), "--log", "debug"];
    let login = |password| {
        [
            ("ACTIONLINE_BACKPLANE_USER", "zoe-1"),
            ("ACTIONLINE_BACKPLANE_PASSWORD", password),
        ]
    };
    let mut wrong = Node::start_with(&words, &login("wr0ng")).await;
    let line = wrong.logs("no link to the other nodes").await;
    assert!(!line.contains("wr0ng") && !line.contains("zoe-1"), "{line}");
    assert!(line.contains("redis://127.0.0.1:"), "{line}");
    let node = Node::start_with(&words, &login("s3cret")).await;
    let mut ann = node.client().await;
    until_linked(&mut ann).await;
    assert_eq!(ann.ask("say hi").await, OK);
}
