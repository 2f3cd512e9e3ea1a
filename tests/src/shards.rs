//! A Redis Cluster of the test's own: three masters, and a replica of the first.

use crate::client::soon;
use crate::redis::RedisServer;
use actionline::Backplane;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// Slots of a cluster.
const SLOTS: u16 = 16_384;

/// The nodes; they are gone when this is dropped.
#[derive(Debug)]
pub struct RedisCluster {
    /// Three masters, then the replica of the first.
    pub nodes: Vec<RedisServer>,
    ids: Vec<String>,
}

/// The cluster that tests of one program share.
static SHARED: Mutex<Weak<RedisCluster>> = Mutex::new(Weak::new());

impl RedisCluster {
    /// One for tests that harm nobody: whoever comes while it is there shares it.
    pub async fn shared() -> Arc<Self> {
        let running = || SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cluster) = running().upgrade() {
            return cluster;
        }
        let cluster = Arc::new(Self::new().await);
        let mut shared = running();
        if let Some(other) = shared.upgrade() {
            return other;
        }
        *shared = Arc::downgrade(&cluster);
        cluster
    }

    /// Starts one, and waits until all of it serves.
    ///
    /// # Panics
    /// When it does not.
    #[allow(clippy::new_without_default)]
    pub async fn new() -> Self {
        let nodes: Vec<RedisServer> = (0..4).map(|_| RedisServer::node()).collect();
        let ids = nodes.iter().map(|node| node.ask(&[b"CLUSTER", b"MYID"]));
        let ids: Vec<String> = ids.collect();
        let masters = &nodes[..3];
        for (index, node) in masters.iter().enumerate() {
            let part = SLOTS / 3 + 1;
            let first = index as u16 * part;
            let last = (first + part).min(SLOTS) - 1;
            let (first, last) = (first.to_string(), last.to_string());
            let words = [
                b"CLUSTER".as_slice(),
                b"ADDSLOTSRANGE",
                first.as_bytes(),
                last.as_bytes(),
            ];
            let _: String = node.ask(&words);
            let epoch = (index + 1).to_string();
            let _: String = node.ask(&[b"CLUSTER", b"SET-CONFIG-EPOCH", epoch.as_bytes()]);
        }
        for node in &nodes[1..] {
            let (port, bus) = (node.port().to_string(), node.bus_port().to_string());
            let words = [
                b"CLUSTER".as_slice(),
                b"MEET",
                b"127.0.0.1",
                port.as_bytes(),
                bus.as_bytes(),
            ];
            let _: String = nodes[0].ask(&words);
        }
        let cluster = Self { nodes, ids };
        let replicate = [
            b"CLUSTER".as_slice(),
            b"REPLICATE",
            cluster.ids[0].as_bytes(),
        ];
        soon("the replica's master", async {
            while cluster.nodes[3].try_ask::<String>(&replicate).is_err() {
                tokio::task::yield_now().await;
            }
        })
        .await;
        cluster.serves().await;
        cluster
    }

    /// Waits until each node that runs says that all slots are served, and the same of who has them.
    ///
    /// # Panics
    /// When they do not.
    pub async fn serves(&self) {
        soon("the cluster", async {
            while !self.agrees() {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }

    fn agrees(&self) -> bool {
        let mut said = Vec::new();
        for node in self.nodes.iter().filter(|node| node.is_running()) {
            let info = node.try_ask::<String>(&[b"CLUSTER", b"INFO"]);
            if !info.is_ok_and(|info| info.contains("cluster_state:ok")) {
                return false;
            }
            let Ok(all) = node.try_ask::<String>(&[b"CLUSTER", b"NODES"]) else {
                return false;
            };
            if all.lines().count() != self.nodes.len() {
                return false;
            }
            // Who has which slots: a line of a master ends with them.
            let masters = all.lines().filter(|line| line.contains("master"));
            let mut slots: Vec<String> = masters
                .map(|line| {
                    let words: Vec<&str> = line.split(' ').collect();
                    format!("{} {}", words[0], words[8..].join(" "))
                })
                .collect();
            slots.sort_unstable();
            said.push(slots);
        }
        said.windows(2).all(|two| two[0] == two[1])
    }

    /// A backplane over it, for an application of this name.
    ///
    /// # Panics
    /// When the name is none.
    pub fn backplane(&self, app: &str) -> Backplane {
        let backplane = self.nodes[1].backplane().sharded().expect("no database");
        backplane.app(app).expect("a name")
    }

    /// The words for a process over it, whose seed is this node.
    pub fn words(&self, seed: usize) -> [String; 3] {
        let url = self.nodes[seed].url();
        [
            "--backplane-sharded".to_owned(),
            "--backplane".to_owned(),
            url,
        ]
    }

    fn slot(&self, key: &str) -> u16 {
        self.nodes[0].ask(&[b"CLUSTER", b"KEYSLOT", key.as_bytes()])
    }

    /// Which of the nodes, as they were at first, has this key.
    pub fn home_of(&self, key: &str) -> usize {
        usize::from(self.slot(key) / (SLOTS / 3 + 1))
    }

    /// Moves the slot of a key, with all in it, from one master to another.
    ///
    /// # Panics
    /// When a node refuses.
    pub fn migrate(&self, key: &str, from: usize, to: usize) {
        let slot = self.slot(key).to_string();
        let set = |node: usize, what: &str, id: usize| {
            let id = self.ids[id].as_bytes();
            let words = [
                b"CLUSTER".as_slice(),
                b"SETSLOT",
                slot.as_bytes(),
                what.as_bytes(),
                id,
            ];
            let _: String = self.nodes[node].ask(&words);
        };
        set(to, "IMPORTING", from);
        set(from, "MIGRATING", to);
        let port = self.nodes[to].port().to_string();
        loop {
            let words = [
                b"CLUSTER".as_slice(),
                b"GETKEYSINSLOT",
                slot.as_bytes(),
                b"100",
            ];
            let keys: Vec<String> = self.nodes[from].ask(&words);
            if keys.is_empty() {
                break;
            }
            let mut words = vec![
                b"MIGRATE".as_slice(),
                b"127.0.0.1",
                port.as_bytes(),
                b"",
                b"0",
            ];
            words.extend([b"5000".as_slice(), b"REPLACE", b"KEYS"]);
            words.extend(keys.iter().map(|key| key.as_bytes()));
            let _: String = self.nodes[from].ask(&words);
        }
        for node in [to, from, 3 - to - from] {
            set(node, "NODE", to);
        }
    }

    /// The replica takes the place of the first master, whether that lives or not.
    ///
    /// # Panics
    /// When it refuses.
    pub fn take_over(&self) {
        let _: String = self.nodes[3].ask(&[b"CLUSTER", b"FAILOVER", b"TAKEOVER"]);
    }

    /// And the first master its own again, when both live and each has what the other has.
    ///
    /// # Panics
    /// When it refuses.
    pub fn give_back(&self) {
        let _: String = self.nodes[0].ask(&[b"CLUSTER", b"FAILOVER"]);
    }
}
