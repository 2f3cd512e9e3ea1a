//! Three nodes with ten clients each, all in one room, over one Redis.

use super::client::{Begun, Role, live};
use super::history::{At, Record};
use super::nodes::{Redis, node};
use super::proxy::Proxy;
use super::wrong;
use crate::rival::Process;
use rustix::process::Pid;
use std::io;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub(super) const NODES: usize = 3;
pub(super) const MEMBERS: usize = 10;
/// One client of each node says something so often.
const SPEAKS: Duration = Duration::from_millis(10);
/// Another looks into the room so often.
const LOOKS: Duration = Duration::from_millis(25);

/// All that runs.
pub(super) struct World {
    pub(super) redis: Redis,
    pub(super) proxies: Vec<Proxy>,
    nodes: Vec<Option<Process>>,
    clients: Vec<JoinHandle<io::Result<Record>>>,
    begun: Begun,
    stop: watch::Sender<bool>,
}

impl World {
    /// Starts it, with Redis or without.
    pub(super) async fn new(redis_runs: bool) -> io::Result<Self> {
        let mut redis = Redis::absent()?;
        if redis_runs {
            redis.start()?;
        }
        let mut world = Self {
            redis,
            proxies: Vec::new(),
            nodes: Vec::new(),
            clients: Vec::new(),
            begun: Begun::now(),
            stop: watch::Sender::new(false),
        };
        for index in 0..NODES {
            world.proxies.push(Proxy::to(world.redis.address).await?);
            world.nodes.push(None);
            world.start(index)?;
        }
        Ok(world)
    }

    /// Starts a node, and its clients.
    pub(super) fn start(&mut self, index: usize) -> io::Result<()> {
        let process = node(Some(self.proxies[index].address))?;
        for member in 0..MEMBERS {
            let role = Role {
                node: index,
                index: self.clients.len(),
                speaks: (member == 0).then_some(SPEAKS),
                looks: (member == 1).then_some(LOOKS),
            };
            let stop = self.stop.subscribe();
            let client = live(process.address, role, self.begun, stop);
            self.clients.push(tokio::spawn(client));
        }
        self.nodes[index] = Some(process);
        Ok(())
    }

    pub(super) fn pid(&self, index: usize) -> Option<Pid> {
        self.nodes[index].as_ref().map(Process::id)
    }

    /// Lets a killed node's remains go.
    pub(super) fn forget(&mut self, index: usize) {
        self.nodes[index] = None;
    }

    pub(super) fn now(&self) -> At {
        self.begun.at.elapsed()
    }

    /// Stops the clients; answers what each has been through.
    pub(super) async fn end(self) -> io::Result<Vec<Record>> {
        self.stop.send_replace(true);
        let mut records = Vec::new();
        for client in self.clients {
            let record = client.await.map_err(io::Error::other)?;
            records.push(record.map_err(|error| wrong(format!("a client: {error}")))?);
        }
        Ok(records)
    }
}
