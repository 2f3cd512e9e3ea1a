//! The cache that nodes share.

use super::*;
use actionline::{Saved, Server, Store};
use actionline_tests::Setup;
use actionline_tests::folder::Folder;
use actionline_tests::shipped::SHIPPED;
use std::time::Duration;

/// The cache of a server over this Redis, its link up.
async fn cache(redis: &RedisServer) -> (impl Store, actionline::Bound) {
    let files = actionline::Files::below(Folder::shipped()).expect("the public folder");
    let server = Server::new(&SHIPPED).backplane(redis.backplane());
    let cache = server.cache();
    let bound = server.state(cache.clone()).state(files);
    let bound = bound.bind("127.0.0.1:0").await.expect("a server");
    soon("the link", async {
        while cache.load("").await.is_err() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    (cache, bound)
}

#[tokio::test]
async fn what_one_node_saves_another_loads() {
    let redis = RedisServer::new();
    let ((one, _a), (other, _b)) = (cache(&redis).await, cache(&redis).await);
    assert_eq!(one.save("k", b"1", None).await, Ok(Saved::New));
    assert_eq!(other.load("k").await, Ok(Some(b"1"[..].into())));
    assert_eq!(other.save("k", b"\xff\0", None).await, Ok(Saved::Replaced));
    assert_eq!(one.load("k").await, Ok(Some(b"\xff\0"[..].into())));
    assert_eq!(one.destroy("k").await, Ok(true));
    assert_eq!(other.destroy("k").await, Ok(false));
    assert_eq!(other.load("k").await, Ok(None));
}

#[tokio::test]
async fn a_value_goes_when_its_time_is_over() {
    let redis = RedisServer::new();
    let (cache, _server) = cache(&redis).await;
    let hour = Some(Duration::from_secs(3600));
    assert_eq!(cache.save("k", b"v", hour).await, Ok(Saved::New));
    let left: i64 = redis.ask(&[b"PTTL", b"al:actionline:c:k"]);
    assert!((3_500_000..=3_600_000).contains(&left), "{left}");
    assert_eq!(cache.save("k", b"v", None).await, Ok(Saved::Replaced));
    let left: i64 = redis.ask(&[b"PTTL", b"al:actionline:c:k"]);
    assert_eq!(left, -1);
    let none = Some(Duration::ZERO);
    assert_eq!(cache.save("k", b"v", none).await, Ok(Saved::Replaced));
    assert_eq!(cache.load("k").await, Ok(None));
    // Longer than Redis can count.
    let ever = Some(Duration::MAX);
    assert_eq!(cache.save("k", b"v", ever).await, Ok(Saved::New));
}

#[tokio::test]
async fn cache_test_sees_what_another_node_saved() {
    let redis = RedisServer::new();
    let (other, _server) = cache(&redis).await;
    let setup = Setup::shipped(Folder::shipped()).backplane(redis.backplane());
    let server = setup.start().await;
    let mut ann = server.client().await;
    until_linked(&mut ann).await;
    let ask = "cacheTest key=myKey value=myValue";
    let results = ann.ask_json(ask).await["cacheTestResults"].clone();
    assert_eq!(results["saveResp"], "new record");
    assert_eq!(results["loadResp"], "myValue");
    assert_eq!(results["deleteResp"], true);
    assert_eq!(other.save("myKey", b"1", None).await, Ok(Saved::New));
    let results = ann.ask_json(ask).await["cacheTestResults"].clone();
    assert_eq!(results["saveResp"], "updated record");
    assert_eq!(other.load("myKey").await, Ok(None), "it was deleted");
}

#[tokio::test]
async fn without_redis_the_cache_says_so() {
    let redis = RedisServer::absent();
    let setup = Setup::shipped(Folder::shipped()).backplane(redis.backplane());
    let server = setup.start().await;
    let mut ann = server.client().await;
    let reply = ann.ask_json("cacheTest key=a value=b").await;
    assert!(reply["error"].is_string(), "{reply}");
    assert_eq!(ann.ask("say still here").await, LOCAL);
}
