//! Nodes that share their rooms, in every way that there is.

use actionline::Backplane;
use actionline_tests::{Mesh, RedisCluster, RedisServer, Setup, TestClient, TestServer, soon};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Some nodes that share their rooms.
pub(crate) struct World {
    pub(crate) name: String,
    pub(crate) mesh: Mesh,
    pub(crate) nodes: Vec<TestServer>,
    /// Dropped last: the nodes leave it first.
    pub(crate) redis: Option<Redis>,
}

/// What the nodes of a world share.
pub(crate) enum Redis {
    One(#[expect(dead_code, reason = "it runs until it is dropped")] RedisServer),
    Cluster(#[expect(dead_code, reason = "as above")] Arc<RedisCluster>),
}

impl World {
    pub(crate) async fn solo() -> Self {
        Self {
            name: "solo".to_owned(),
            mesh: Mesh::default(),
            nodes: vec![TestServer::lab().await],
            redis: None,
        }
    }

    pub(crate) async fn of(size: usize) -> Self {
        let mesh = Mesh::default();
        let mut nodes = Vec::new();
        for _ in 0..size {
            nodes.push(Setup::lab().bus(mesh.join()).start().await);
        }
        Self {
            name: format!("a mesh of {size}"),
            mesh,
            nodes,
            redis: None,
        }
    }

    async fn over_redis(size: usize) -> Self {
        let redis = RedisServer::new();
        let backplane = redis.backplane();
        let name = format!("{size} over Redis");
        Self::over(name, size, &backplane, Redis::One(redis)).await
    }

    async fn over_a_cluster(size: usize) -> Self {
        static APPS: AtomicU32 = AtomicU32::new(0);
        let cluster = RedisCluster::shared().await;
        let app = format!("app{}", APPS.fetch_add(1, Ordering::Relaxed));
        let backplane = cluster.backplane(&app);
        let name = format!("{size} over a Redis Cluster");
        Self::over(name, size, &backplane, Redis::Cluster(cluster)).await
    }

    async fn over(name: String, size: usize, backplane: &Backplane, redis: Redis) -> Self {
        let mut nodes = Vec::new();
        for _ in 0..size {
            let setup = Setup::lab().backplane(backplane.clone());
            nodes.push(setup.start().await);
        }
        for node in &nodes {
            soon("the link", async { while !node.is_linked().await {} }).await;
        }
        Self {
            name,
            mesh: Mesh::default(),
            nodes,
            redis: Some(redis),
        }
    }

    /// Two nodes, in every way that nodes are linked.
    pub(crate) async fn pairs() -> [Self; 3] {
        [
            Self::of(2).await,
            Self::over_redis(2).await,
            Self::over_a_cluster(2).await,
        ]
    }

    /// Every form of the bus that there is.
    pub(crate) async fn forms() -> Vec<Self> {
        let mut forms = vec![Self::solo().await];
        for size in 1..=3 {
            forms.push(Self::of(size).await);
            forms.push(Self::over_redis(size).await);
            forms.push(Self::over_a_cluster(size).await);
        }
        forms
    }

    /// Clients spread over the nodes.
    pub(crate) async fn clients<const N: usize>(&self) -> [TestClient; N] {
        let mut clients = Vec::new();
        for index in 0..N {
            clients.push(self.nodes[index % self.nodes.len()].client().await);
        }
        // Redis is told of them a moment later.
        for client in &mut clients {
            client.until_members(N as u64).await;
        }
        clients.try_into().expect("so many clients")
    }
}
