//! Redis and connections that fail. Who is on the same node is served throughout.

use super::*;

/// Two nodes with two clients each; everybody is in one room.
struct World {
    redis: RedisServer,
    nodes: [Node; 2],
    ann: TestClient,
    ann2: TestClient,
    bob: TestClient,
}

impl World {
    async fn new() -> Self {
        let redis = RedisServer::new();
        let nodes = [linked(&redis).await, linked(&redis).await];
        let mut ann = nodes[0].client().await;
        let mut ann2 = nodes[0].client().await;
        let mut bob = nodes[1].client().await;
        for client in [&mut ann, &mut ann2, &mut bob] {
            client.until_members(3).await;
        }
        Self {
            redis,
            nodes,
            ann,
            ann2,
            bob,
        }
    }

    /// Both nodes have their link, and each hears the other.
    async fn healed(&mut self) {
        until_whole(&mut self.ann).await;
        until_whole(&mut self.bob).await;
        soon("the members of both", async {
            loop {
                let view = until_reply(&mut self.ann, "roomView").await;
                if view.contains(r#""membersCount":3}}"#) {
                    break;
                }
            }
        })
        .await;
        assert_eq!(until_reply(&mut self.ann, "say to bob").await, OK);
        while said(&mut self.bob).await != "to bob" {}
        assert_eq!(until_reply(&mut self.bob, "say to ann").await, OK);
        while said(&mut self.ann).await != "to ann" {}
    }
}

#[tokio::test]
async fn redis_dies_and_is_started_anew() {
    let mut world = World::new().await;
    world.redis.kill();
    world.nodes[0].logs("no link to the other nodes").await;
    assert_eq!(until_reply(&mut world.ann, "say alone").await, LOCAL);
    while said(&mut world.ann2).await != "alone" {}
    let view = until_reply(&mut world.ann, "roomView").await;
    assert!(
        view.contains(r#""membersCount":2},"scope":"local"}"#),
        "{view}"
    );
    world.redis.start();
    world.healed().await;
}

#[tokio::test]
async fn after_redis_forgot_everybody_nothing_is_promised_too_early() {
    let mut world = World::new().await;
    world.redis.kill();
    world.redis.start();
    world.nodes[0].logs("no link to the other nodes").await;
    // It is back, but others may not be: for a beat the replies say so.
    assert!(until_whole(&mut world.ann).await > 0);
    assert_eq!(until_reply(&mut world.ann, "say late").await, OK);
    while said(&mut world.bob).await != "late" {}
}

#[tokio::test]
async fn connections_that_are_killed_are_made_anew() {
    for kind in [b"normal".as_slice(), b"pubsub"] {
        let mut world = World::new().await;
        let killed: u32 = world.redis.ask(&[b"CLIENT", b"KILL", b"TYPE", kind]);
        assert!(killed >= 2, "{killed}");
        for node in &mut world.nodes {
            node.logs("no link to the other nodes").await;
        }
        world.healed().await;
    }
}

#[tokio::test]
async fn a_redis_that_stands_still_is_waited_for_a_second_and_nothing_comes_late() {
    let mut world = World::new().await;
    world.redis.pause(true);
    assert_eq!(until_reply(&mut world.ann, "say still").await, LOCAL);
    assert_eq!(said(&mut world.ann2).await, "still");
    // The link is known to be down: nobody waits any more.
    for _ in 0..100 {
        assert_eq!(until_reply(&mut world.ann, "say again").await, LOCAL);
    }
    world.redis.pause(false);
    world.healed().await;
}
