//! This node's members as Redis has them: one set a room, under this node's lease. One task writes them, so that what it
//! writes last is what is so.

use super::common::Core;
use super::dirty::{self, Rooms};
use super::ended::{Ended, asked};
use super::frame::{Frame, Kind, Stamp};
use super::keys::Lease;
use super::lease::{Beat, Leases};
use super::route::{Pipes, Route};
use crate::hub::bus::{Reach, RoomName, Why};
use crate::hub::id::ConnId;
use redis::RedisResult;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// A set outlives its node by no more, whatever was written late.
pub(super) const KEPT: Duration = Duration::from_secs(60 * 60);
/// Sets of rooms that nobody enters or leaves are kept anew so often.
pub(super) const SWEEP: Duration = Duration::from_secs(20 * 60);
/// Most members, and most rooms, written at once.
const CHUNK: usize = 2048;

/// Writes members.
pub(super) struct Members {
    pub(super) core: Arc<Core>,
    pub(super) commands: Route,
    pub(super) subscriber: Route,
    /// Under which they are written now.
    pub(super) lease: Lease,
}

impl Members {
    /// Writes what moves, until the session is over.
    pub(super) async fn run(mut self) -> Ended {
        loop {
            tokio::select! {
                () = self.core.dirty.stirred() => {}
                () = self.core.leaving.cancelled() => {
                    if self.core.dirty.is_clean() {
                        return Ended::Left;
                    }
                }
            }
            let done = match self.core.dirty.to_renew() {
                true => self.renew().await,
                false => self.flush().await,
            };
            if let Err(ended) = done {
                return ended;
            }
        }
    }

    /// Everybody anew, as others have dropped this node's members.
    async fn renew(&mut self) -> Result<(), Ended> {
        self.lease = self.core.new_lease();
        self.register().await?;
        tracing::warn!("the lease had ended: registered anew");
        self.core.renewed(self.lease);
        Ok(())
    }

    /// Writes everybody under this lease, then takes it: whoever counts finds all or none.
    pub(super) async fn register(&mut self) -> Result<Beat, Ended> {
        let mut rooms: HashMap<RoomName, Vec<ConnId>> = HashMap::new();
        let local = self.core.local.clone();
        local.each_member(&mut |room, id| match rooms.get_mut(room) {
            Some(ids) => ids.push(id),
            None => {
                rooms.insert(room.clone(), vec![id]);
            }
        });
        let gone = self.core.heard.all().into_iter();
        let gone: Vec<_> = gone.filter(|room| !rooms.contains_key(room)).collect();
        let mut write = Write::new(&self.commands);
        for room in gone {
            write.forget.push(room);
        }
        for (room, ids) in rooms {
            if !self.core.heard.has(&room) {
                write.hear.push(room.clone());
            }
            for some in ids.chunks(CHUNK) {
                self.add(&mut write, &room, some);
                if write.is_large() {
                    let some = std::mem::replace(&mut write, Write::new(&self.commands));
                    self.send(some).await?;
                }
            }
        }
        self.send(write).await?;
        let mut leases = Leases::new(&self.core.keys, &self.commands);
        let counters = self.core.local.counters();
        let taking = leases.take(self.lease, self.core.first_epoch, counters);
        let beat = asked(self.core.options.timeout, taking).await?;
        let beat = beat.ok_or(Ended::Taken)?;
        self.core.others.store(beat.others, Ordering::Relaxed);
        let telling = Self::tell(&self.core, &self.commands);
        asked(self.core.options.timeout, telling).await?;
        Ok(beat)
    }

    /// Tells the others that the list of nodes is another.
    pub(super) async fn tell(core: &Core, commands: &Route) -> RedisResult<()> {
        let frame = Frame {
            kind: Kind::Nodes,
            stamp: Stamp {
                node: core.node(),
                session: 0,
                seq: 0,
            },
            id: ConnId(0),
            room: "",
            text: "",
        };
        let channel = core.keys.nodes();
        let mut publish = redis::cmd(commands.publish());
        publish.arg(&channel).arg(frame.encode());
        publish.query_async(&mut commands.of(&channel)).await
    }

    async fn flush(&mut self) -> Result<(), Ended> {
        let rooms = Taken(self.core.dirty.take());
        let core = self.core.clone();
        let mut write = Write::new(&self.commands);
        for (room, changed) in &rooms.0 {
            match (core.local.hosts(room), core.heard.has(room)) {
                (true, false) => write.hear.push(room.clone()),
                (false, true) => write.forget.push(room.clone()),
                _ => {}
            }
            let (come, gone): (Vec<_>, Vec<_>) = changed
                .ids
                .iter()
                .partition(|id| core.local.has(room, **id));
            self.add(&mut write, room, &come);
            if !gone.is_empty() {
                let key = core.keys.members(room, self.lease);
                write.ids("SREM", &key, &gone);
            }
            if write.is_large() {
                let some = std::mem::replace(&mut write, Write::new(&self.commands));
                self.send(some).await?;
            }
        }
        self.send(write).await?;
        dirty::settle(rooms.whole(), core.reach());
        Ok(())
    }

    fn add(&self, write: &mut Write, room: &str, ids: &[ConnId]) {
        if ids.is_empty() {
            return;
        }
        let key = self.core.keys.members(room, self.lease);
        write.ids("SADD", &key, ids);
        write.pipes.cmd("EXPIRE", &key).arg(KEPT.as_secs());
    }

    async fn send(&mut self, write: Write) -> Result<(), Ended> {
        let heard = &self.core.heard;
        heard.remove(&write.forget);
        let timeout = self.core.options.timeout;
        let channels = |rooms: &[RoomName]| -> Vec<String> {
            let names = rooms.iter().map(|room| self.core.keys.room(room));
            names.collect()
        };
        let (hear, forget) = (channels(&write.hear), channels(&write.forget));
        // Whoever is counted hears already.
        if !hear.is_empty() {
            asked(timeout, self.subscriber.subscribe(hear)).await?;
        }
        let (unsubscribed, written) = tokio::join!(
            async {
                match forget.is_empty() {
                    true => Ok(()),
                    false => asked(timeout, self.subscriber.unsubscribe(forget)).await,
                }
            },
            async {
                match write.pipes.is_empty() {
                    true => Ok(()),
                    false => asked(timeout, write.pipes.done()).await,
                }
            },
        );
        unsubscribed.and(written)?;
        heard.add(write.hear);
        Ok(())
    }
}

/// What is written at once.
struct Write {
    hear: Vec<RoomName>,
    forget: Vec<RoomName>,
    pipes: Pipes,
    /// Members in it.
    count: usize,
}

impl Write {
    fn new(commands: &Route) -> Self {
        Self {
            hear: Vec::new(),
            forget: Vec::new(),
            pipes: Pipes::new(commands, 0),
            count: 0,
        }
    }

    fn ids(&mut self, command: &str, key: &str, ids: &[ConnId]) {
        let pipe = self.pipes.cmd(command, key);
        for id in ids {
            pipe.arg(&id.0.to_be_bytes()[..]);
        }
        self.count += ids.len();
    }

    fn is_large(&self) -> bool {
        self.count + self.hear.len() + self.forget.len() >= CHUNK
    }
}

/// What is being written; what is left of it when the session ends has not reached Redis.
struct Taken(Rooms);

impl Taken {
    fn whole(mut self) -> Rooms {
        std::mem::take(&mut self.0)
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        dirty::settle(std::mem::take(&mut self.0), Reach::Here(Why::Down));
    }
}
