//! A Redis Cluster: rooms and cache spread over its masters, slots that move, masters that go and come.

use super::*;
use actionline_tests::RedisCluster;
use std::sync::Arc;

/// A node whose seed is this one of the cluster's; it has its link.
async fn node(cluster: &RedisCluster, seed: usize, app: &str) -> Node {
    let words = cluster.words(seed);
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.extend(["--backplane-app", app, "--limit", "say-burst=1000000"]);
    let node = Node::start(&words).await;
    until_in("probe", &mut node.client().await).await;
    node
}

#[tokio::test]
async fn rooms_and_cache_are_spread_over_all_masters() {
    let cluster = RedisCluster::shared().await;
    let (one, other) = (
        node(&cluster, 1, "spread").await,
        node(&cluster, 2, "spread").await,
    );
    let (mut ann, mut bob) = (one.client().await, other.client().await);
    let mut used = [false; 3];
    for index in 0..12 {
        let room = format!("room{index}");
        used[cluster.home_of(&format!("al:spread:{{{room}}}"))] = true;
        for client in [&mut ann, &mut bob] {
            let moved = client.ask(&format!("roomChange {room}")).await;
            assert!(!moved.contains("scope"), "{moved}");
        }
        ann.until_members(2).await;
        assert_eq!(ann.ask(&format!("say in {room}")).await, OK);
        assert_eq!(said(&mut bob).await, format!("in {room}"));
        let results = ann
            .ask_json(&format!("cacheTest key=k{index} value=v"))
            .await;
        assert_eq!(results["cacheTestResults"]["loadResp"], "v", "{results}");
    }
    assert_eq!(used, [true; 3]);
    // What is over is heard no more, and is nowhere.
    drop(other);
    ann.until_members(1).await;
}

/// Two nodes; ann and bob are in one room, behind a master that is named by its number.
struct World {
    cluster: Arc<RedisCluster>,
    nodes: [Node; 2],
    ann: TestClient,
    /// Away while it listens.
    bob: Option<TestClient>,
    home: usize,
}

impl World {
    /// The seed is this node, the room behind another master than these.
    async fn new(seed: usize, home: usize) -> Self {
        let cluster = Arc::new(RedisCluster::new().await);
        let nodes = [
            node(&cluster, seed, "world").await,
            node(&cluster, seed, "world").await,
        ];
        let mut rooms = (0..).map(|index| format!("room{index}"));
        let room = rooms.find(|room| cluster.home_of(&format!("al:world:{{{room}}}")) == home);
        let room = room.expect("one of all rooms");
        let (mut ann, mut bob) = (nodes[0].client().await, nodes[1].client().await);
        for client in [&mut ann, &mut bob] {
            client.ask(&format!("roomChange {room}")).await;
        }
        for client in [&mut ann, &mut bob] {
            client.until_members(2).await;
        }
        Self {
            cluster,
            nodes,
            ann,
            bob: Some(bob),
            home,
        }
    }

    fn room(&self) -> String {
        let mut rooms = (0..).map(|index| format!("al:world:{{room{index}}}"));
        let room = rooms.find(|room| self.cluster.home_of(room) == self.home);
        room.expect("one of all rooms")
    }

    /// Ann speaks while `harm` is done, and when all is well again; then what bob heard is judged.
    async fn speak_while(&mut self, harm: impl FnOnce(&RedisCluster) + Send + 'static) {
        let cluster = self.cluster.clone();
        let harm = tokio::task::spawn_blocking(move || harm(&cluster));
        let bob = self.bob.take().expect("it listens to one at a time");
        let bob = tokio::spawn(listen(bob));
        let mut confirmed = Vec::new();
        let mut number = 0;
        let speak = async {
            loop {
                let done = harm.is_finished();
                if until_reply(&mut self.ann, &format!("say {number}")).await == OK {
                    confirmed.push(number);
                    if done {
                        break;
                    }
                }
                number += 1;
            }
        };
        soon("a confirmation", speak).await;
        harm.await.expect("it is done");
        self.healed().await;
        let healed = number + 1;
        for number in healed..healed + 100 {
            assert_eq!(
                until_reply(&mut self.ann, &format!("say {number}")).await,
                OK
            );
        }
        assert_eq!(until_reply(&mut self.ann, "say last").await, OK);
        let (bob, heard, gaps) = bob.await.expect("it hears the last one");
        self.bob = Some(bob);
        assert!(
            heard.is_sorted_by(|one, next| one < next),
            "doubled or reordered: {heard:?}"
        );
        assert!(heard.ends_with(&(healed..healed + 100).collect::<Vec<_>>()));
        let lost = confirmed.iter().filter(|number| !heard.contains(number));
        let lost = lost.count();
        assert!(lost == 0 || gaps > 0, "{lost} lost, and nobody was told");
    }

    /// Both nodes have their link, and both clients are members for ann.
    async fn healed(&mut self) {
        until_whole(&mut self.nodes[1].client().await).await;
        soon("the members of both", async {
            let whole = r#""membersCount":2}}"#;
            while !until_reply(&mut self.ann, "roomView").await.contains(whole) {}
        })
        .await;
    }

    async fn logged(&mut self, what: &str) {
        for node in &mut self.nodes {
            node.logs(what).await;
        }
    }
}

#[tokio::test]
async fn a_slot_moves_while_two_speak_in_its_room() {
    let mut world = World::new(0, 1).await;
    let room = world.room();
    world
        .speak_while(move |cluster| cluster.migrate(&room, 1, 2))
        .await;
    world.logged("no link to the other nodes").await;
    let left: Vec<String> = world.cluster.nodes[1].ask(&[b"PUBSUB", b"SHARDCHANNELS", b"*room*"]);
    assert_eq!(left, [""; 0], "nobody hears where nobody speaks");
}

#[tokio::test]
async fn a_slot_that_nobody_uses_moves() {
    let mut world = World::new(0, 1).await;
    let mut quiet = (0..).map(|index| format!("quiet{index}"));
    let quiet = quiet.find(|key| world.cluster.home_of(key) == 0);
    world
        .cluster
        .migrate(&quiet.expect("one of all keys"), 0, 2);
    // Only who looks at the slots can tell.
    world.logged("with another master now").await;
    world.speak_while(|_| {}).await;
}

#[tokio::test]
async fn a_replica_takes_over_from_the_seed_and_gives_it_back() {
    let mut world = World::new(0, 0).await;
    let cluster = Arc::get_mut(&mut world.cluster).expect("nobody else has it");
    cluster.nodes[0].kill();
    world.logged("no link to the other nodes").await;
    world.speak_while(RedisCluster::take_over).await;
    let cluster = Arc::get_mut(&mut world.cluster).expect("nobody else has it");
    cluster.nodes[0].start();
    world.cluster.serves().await;
    assert_eq!(until_reply(&mut world.ann, "say on").await, OK);
    // Now with the other one alive: it says itself that it serves no more.
    world.speak_while(|cluster| cluster.give_back()).await;
    world.logged("no link to the other nodes").await;
}

#[tokio::test]
async fn a_master_dies_and_comes_back() {
    let mut world = World::new(0, 1).await;
    let cluster = Arc::get_mut(&mut world.cluster).expect("nobody else has it");
    cluster.nodes[2].kill();
    world.logged("no link to the other nodes").await;
    assert_eq!(until_reply(&mut world.ann, "say alone").await, LOCAL);
    let cluster = Arc::get_mut(&mut world.cluster).expect("nobody else has it");
    cluster.nodes[2].start();
    world.speak_while(|_| {}).await;
}

#[tokio::test]
async fn who_takes_one_for_the_other_is_told() {
    let redis = RedisServer::new();
    let mut wrong = Node::start(&["--backplane-sharded", "--backplane", &redis.url()]).await;
    wrong
        .logs("it is no Redis Cluster: start this server without backplane-sharded")
        .await;
    let cluster = RedisCluster::shared().await;
    let seed = (cluster.home_of("al:actionline:{nodes}") + 1) % 3;
    let mut wrong = Node::start(&["--backplane", &cluster.nodes[seed].url()]).await;
    wrong
        .logs("it is a Redis Cluster: start this server with backplane-sharded")
        .await;
    assert_eq!(wrong.client().await.ask("say alone").await, LOCAL);
}

/// What is said until the last, as numbers; and how often it was told of a gap.
async fn listen(mut client: TestClient) -> (TestClient, Vec<u32>, u32) {
    let (mut heard, mut gaps) = (Vec::new(), 0);
    loop {
        let line = client.json().await;
        gaps += u32::from(line["status"] == "gap");
        match line["message"].as_str() {
            Some("last") => return (client, heard, gaps),
            message => heard.extend(message.and_then(|text| text.parse::<u32>().ok())),
        }
    }
}
