//! Where a command goes: to the one Redis, or to the master that has its key.

use super::cluster::Parted;
use super::slots::Slots;
use redis::aio::MultiplexedConnection;
use redis::{Cmd, Pipeline, RedisResult, Value};
use std::io;
use std::sync::Arc;
use tokio_util::task::AbortOnDropHandle;

/// The connections of one session for one purpose: to the one Redis, or to each master of a cluster.
#[derive(Clone)]
pub(super) struct Route(Arc<Inner>);

struct Inner {
    conns: Vec<MultiplexedConnection>,
    /// None for one Redis.
    slots: Option<Arc<Slots>>,
    parted: Arc<Parted>,
}

impl Route {
    /// One connection; or with `slots` one for each of their masters, in their order.
    pub(super) fn new(
        conns: Vec<MultiplexedConnection>,
        slots: Option<Arc<Slots>>,
        parted: Arc<Parted>,
    ) -> Self {
        Self(Arc::new(Inner {
            conns,
            slots,
            parted,
        }))
    }

    /// All of them.
    pub(super) fn conns(&self) -> &[MultiplexedConnection] {
        &self.0.conns
    }

    /// Who has what, in a cluster.
    pub(super) fn slots(&self) -> Option<&Slots> {
        self.0.slots.as_deref()
    }

    fn home_of(&self, key: &str) -> usize {
        self.slots().map_or(0, |slots| slots.home_of(key))
    }

    /// The connection for this key.
    pub(super) fn of(&self, key: &str) -> MultiplexedConnection {
        self.0.conns[self.home_of(key)].clone()
    }

    /// The command that publishes.
    pub(super) fn publish(&self) -> &'static str {
        match self.slots() {
            None => "PUBLISH",
            Some(_) => "SPUBLISH",
        }
    }

    /// Asks all of them the same, at once.
    pub(super) async fn each(&self, what: &Cmd) -> RedisResult<Vec<Value>> {
        if let [conn] = self.conns() {
            let answer = conn.clone().send_packed_command(what).await?;
            return Ok(vec![answer]);
        }
        let asking = self.conns().iter().map(|conn| {
            let (mut conn, what) = (conn.clone(), what.clone());
            async move { conn.send_packed_command(&what).await }
        });
        all(asking).await
    }

    /// Hears these channels from now on.
    pub(super) async fn subscribe(&self, channels: Vec<String>) -> RedisResult<()> {
        match (self.slots(), self.conns()) {
            (None, [conn]) => conn.clone().subscribe(channels).await,
            _ => self.one_by_one("SSUBSCRIBE", channels).await,
        }
    }

    /// Hears them no more.
    pub(super) async fn unsubscribe(&self, channels: Vec<String>) -> RedisResult<()> {
        match (self.slots(), self.conns()) {
            (None, [conn]) => conn.clone().unsubscribe(channels).await,
            _ => {
                self.0.parted.ask(channels.len());
                self.one_by_one("SUNSUBSCRIBE", channels).await
            }
        }
    }

    /// Channels of two slots may not stand in one command.
    async fn one_by_one(&self, command: &str, channels: Vec<String>) -> RedisResult<()> {
        let mut pipes = Pipes::new(self, channels.len());
        for channel in channels {
            pipes.cmd(command, &channel);
        }
        pipes.done().await
    }
}

/// Commands that are sent together, each to where its key is.
pub(super) struct Pipes {
    route: Route,
    pipes: Vec<Pipeline>,
    /// Where each command went, in a cluster: so the answers come in the order of the commands.
    homes: Vec<u16>,
}

impl Pipes {
    /// Room for so many.
    pub(super) fn new(route: &Route, capacity: usize) -> Self {
        let each = capacity / route.conns().len();
        let pipes = route.conns().iter();
        Self {
            route: route.clone(),
            pipes: pipes.map(|_| Pipeline::with_capacity(each)).collect(),
            homes: Vec::new(),
        }
    }

    /// Adds a command, whose first argument is its key.
    pub(super) fn cmd(&mut self, command: &str, key: &str) -> &mut Pipeline {
        let home = self.route.home_of(key);
        if self.pipes.len() > 1 {
            self.homes.push(home as u16);
        }
        self.pipes[home].cmd(command).arg(key)
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.pipes.iter().all(Pipeline::is_empty)
    }

    /// Sends them; answers come in the order of the commands, errors of single ones among them.
    pub(super) async fn send(self) -> RedisResult<Vec<Value>> {
        let Self {
            route,
            pipes,
            homes,
        } = self;
        let mut sending = route.conns().iter().zip(pipes).map(|(conn, pipe)| {
            let mut conn = conn.clone();
            async move {
                match pipe.len() {
                    0 => Ok(Vec::new()),
                    count => conn.send_packed_commands(&pipe, 0, count).await,
                }
            }
        });
        if homes.is_empty()
            && let Some(only) = sending.next()
        {
            return only.await;
        }
        let answers = all(sending).await?.into_iter();
        let mut answers: Vec<_> = answers.map(Vec::into_iter).collect();
        let homes = homes.into_iter();
        Ok(homes
            .filter_map(|home| answers[usize::from(home)].next())
            .collect())
    }

    /// Sends them; an error of one is the error of all.
    pub(super) async fn done(self) -> RedisResult<()> {
        for answer in self.send().await? {
            answer.extract_error()?;
        }
        Ok(())
    }
}

/// What comes of all, at once; or the first error.
async fn all<T: Send + 'static>(
    doing: impl Iterator<Item = impl Future<Output = RedisResult<T>> + Send + 'static>,
) -> RedisResult<Vec<T>> {
    let doing = doing.map(|one| AbortOnDropHandle::new(tokio::spawn(one)));
    let doing: Vec<_> = doing.collect();
    let mut done = Vec::with_capacity(doing.len());
    for one in doing {
        done.push(one.await.map_err(io::Error::other)??);
    }
    Ok(done)
}
