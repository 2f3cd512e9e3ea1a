//! This node: its rooms, its connections, its counters.

use crate::clock::Clock;
use crate::hub::bus::{Counters, Health, Local, RoomName};
use crate::hub::counts::Counts;
use crate::hub::directory::Directory;
use crate::hub::gap::Gaps;
use crate::hub::heartbeat::Heartbeat;
use crate::hub::id::ConnId;
use crate::hub::link::LinkMeter;
use crate::hub::rooms::Rooms;
use crate::protocol::push::Direct;
use actionline_specs::wire::Reason;
use std::sync::atomic::{AtomicU64, Ordering};

/// What this node has.
#[derive(Debug, Default)]
pub(crate) struct Locals {
    pub(crate) rooms: Rooms,
    pub(crate) directory: Directory,
    pub(crate) heartbeat: Heartbeat,
    pub(crate) stats: Counts,
    pub(crate) link: LinkMeter,
    pub(crate) gaps: Gaps,
}

/// What a server counts, since its start unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Connections open now.
    pub connections: u64,
    /// Rooms in use now.
    pub rooms: u64,
    /// Connections accepted.
    pub accepted: u64,
    /// Bytes buffered for clients now; see the limit `memory`.
    pub buffered: u64,
    /// Connections turned away.
    pub refused: u64,
    /// Requests that were run, refused ones included.
    pub requests: u64,
    /// Messages said in rooms.
    pub said: u64,
    /// How often one of them was queued for a client of this server.
    pub delivered: u64,
    /// Clients closed because they did not read what they were owed.
    pub slow: u64,
    /// Handlers that panicked.
    pub panics: u64,
}

impl Locals {
    /// Everything but what is buffered, which is counted elsewhere.
    pub(crate) fn stats(&self) -> Stats {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Stats {
            connections: self.directory.len() as u64,
            rooms: self.rooms.count() as u64,
            accepted: read(&self.stats.accepted),
            buffered: 0,
            refused: self.stats.refused.iter().map(read).sum(),
            requests: read(&self.stats.requests),
            said: read(&self.stats.said),
            delivered: read(&self.stats.delivered),
            slow: read(&self.stats.closed[Reason::SlowConsumer as usize]),
            panics: read(&self.stats.panics),
        }
    }

    /// Tells clients of gaps, for ever.
    pub(crate) async fn tell_gaps(&self, clock: &dyn Clock) {
        self.gaps.run(&self.directory, &self.link, clock).await;
    }

    /// Gives a connection here a direct message; false when it is gone.
    pub(crate) fn push(&self, to: ConnId, message: Direct) -> bool {
        let outbox = self.directory.get(to);
        outbox.is_some_and(|outbox| outbox.try_send(&message.head()).is_ok())
    }
}

impl Local for Locals {
    fn deliver(&self, room: &str, from: ConnId, message: &str) -> usize {
        let room = self.rooms.get(room);
        let count = room.map_or(0, |room| room.broadcast(from, message));
        self.stats.delivered(count);
        count
    }

    fn deliver_to(&self, to: ConnId, json: &str) -> bool {
        Direct::read(json).is_some_and(|message| self.push(to, message))
    }

    fn has(&self, room: &str, id: ConnId) -> bool {
        self.rooms.get(room).is_some_and(|room| room.has(id))
    }

    fn hosts(&self, room: &str) -> bool {
        self.rooms.get(room).is_some()
    }

    fn each_member(&self, f: &mut dyn FnMut(&RoomName, ConnId)) {
        for room in self.rooms.all() {
            for id in room.view(usize::MAX).0 {
                f(room.name(), id);
            }
        }
    }

    fn counters(&self) -> Counters {
        let stats = self.stats();
        Counters {
            connections: stats.connections,
            requests: stats.requests,
            said: stats.said,
        }
    }

    fn link(&self, health: Health) {
        match health {
            Health::Solo => {}
            Health::Up { nodes, .. } => tracing::info!(nodes, "the link to the other nodes works"),
            Health::Down { why, .. } => {
                tracing::info!(?why, "the link to the other nodes does not work");
            }
        }
        self.gaps.link(health);
    }

    fn meter(&self) -> &LinkMeter {
        &self.link
    }
}
