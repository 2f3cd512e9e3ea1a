//! What comes from other nodes. It runs where the connection is read, so that a node that is slow is felt by Redis, and
//! does not grow.

use super::cluster::Parted;
use super::frame::{Frame, Kind, Stamp};
use super::view::Live;
use crate::hub::bus::{Dropped, Local};
use crate::hub::id::NodeId;
use redis::{PushInfo, PushKind, Value};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Strangers may make up nodes: beyond so many, all are forgotten.
const MOST_NODES: usize = 65_536;

/// A connection that brings messages of other nodes.
pub(super) struct Ear {
    /// The number of its session.
    pub(super) session: u32,
    /// Which of the session's connections it is.
    pub(super) shard: u16,
    pub(super) node: NodeId,
    /// This node's own channel.
    pub(super) channel: String,
    pub(super) parted: Arc<Parted>,
}

/// Where they arrive.
#[derive(Default)]
pub(super) struct Inlet {
    gate: Mutex<Gate>,
}

/// Held while a message is delivered: so the last one of a session comes before the first of the next.
#[derive(Debug, Default)]
struct Gate {
    /// The number of the session that may deliver.
    session: u32,
    /// By node and shard: what comes over two connections has no order, and a room is behind one of them.
    last: HashMap<(NodeId, u16), (u32, u64)>,
}

impl Gate {
    /// Whether this comes after all that came from its node. A connection that was given up may still drain: what it
    /// brings is late, and nobody was promised it.
    fn admits(&mut self, shard: u16, stamp: Stamp) -> bool {
        let (from, now) = ((stamp.node, shard), (stamp.session, stamp.seq));
        if self.last.get(&from).is_some_and(|last| now <= *last) {
            return false;
        }
        if self.last.len() >= MOST_NODES && !self.last.contains_key(&from) {
            self.last.clear();
        }
        self.last.insert(from, now);
        true
    }
}

impl Inlet {
    fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Only this session delivers from now on; 0 for none.
    pub(super) fn admit(&self, session: u32) {
        self.gate().session = session;
    }

    /// Takes what Redis pushes over a connection.
    pub(super) fn take(&self, ear: &Ear, push: PushInfo, live: &Live, local: &Arc<dyn Local>) {
        match push.kind {
            PushKind::Message | PushKind::SMessage => {}
            PushKind::SUnsubscribe => return ear.parted.told(),
            _ => return,
        }
        let [Value::BulkString(channel), Value::BulkString(bytes)] = &push.data[..] else {
            return;
        };
        if Frame::origin(bytes) == Some(ear.node) {
            return;
        }
        let mut gate = self.gate();
        if gate.session != ear.session {
            return;
        }
        let direct = *channel == ear.channel.as_bytes();
        let delivered = Frame::decode(bytes)
            .and_then(|frame| Self::deliver(&mut gate, ear.shard, frame, direct, live, &**local));
        match delivered {
            Ok(()) => local.meter().received(1),
            Err(why) => local.meter().dropped(why),
        }
    }

    fn deliver(
        gate: &mut Gate,
        shard: u16,
        frame: Frame<'_>,
        direct: bool,
        live: &Live,
        local: &dyn Local,
    ) -> Result<(), Dropped> {
        match (frame.kind, direct) {
            // No part of any order: it only says "look again".
            (Kind::Nodes, false) => {
                live.forget();
                return Ok(());
            }
            (Kind::Say, false) | (Kind::Direct, true) => {}
            _ => return Err(Dropped::Malformed),
        }
        if !gate.admits(shard, frame.stamp) {
            return Err(Dropped::Stale);
        }
        let found = match frame.kind {
            Kind::Direct => local.deliver_to(frame.id, frame.text),
            // Its speaker may be the only member of the room here.
            _ => local.deliver(frame.room, frame.id, frame.text) > 0,
        };
        found.then_some(()).ok_or(Dropped::Nobody)
    }
}

impl std::fmt::Debug for Inlet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inlet")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_late_or_doubled_is_not_admitted() {
        let mut gate = Gate::default();
        let mut admits = |node, session, seq| {
            let node = NodeId(node);
            gate.admits(0, Stamp { node, session, seq })
        };
        assert!(admits(1, 1, 1) && admits(1, 1, 3) && admits(2, 1, 1));
        assert!(!admits(1, 1, 3), "doubled");
        assert!(!admits(1, 1, 2), "overtaken");
        assert!(admits(1, 2, 1), "a new session begins anew");
        assert!(!admits(1, 1, 4), "the old connection drains");
        assert!(admits(1, 2, 2));
    }

    #[test]
    fn what_comes_over_two_connections_has_no_order() {
        let mut gate = Gate::default();
        let mut admits = |shard, seq| {
            let (node, session) = (NodeId(1), 1);
            gate.admits(shard, Stamp { node, session, seq })
        };
        assert!(admits(1, 2) && admits(0, 1) && admits(1, 3));
        assert!(!admits(0, 1) && !admits(1, 3), "doubled");
    }
}
