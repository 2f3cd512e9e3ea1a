//! What the parts of a link share.

use super::cluster::Seeds;
use super::connect::Options;
use super::dirty::Dirty;
use super::heard::Heard;
use super::inlet::Inlet;
use super::keys::{Keys, Lease};
use super::queue::Queue;
use super::route::Route;
use super::view::Live;
use crate::hub::bus::{Health, Local, Reach, Why};
use crate::hub::id::NodeId;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// One node's link.
pub(super) struct Core {
    node: AtomicU32,
    pub(super) local: Arc<dyn Local>,
    pub(super) options: Arc<Options>,
    pub(super) keys: Arc<Keys>,
    pub(super) queue: Queue,
    pub(super) dirty: Dirty,
    pub(super) heard: Heard,
    pub(super) inlet: Inlet,
    pub(super) live: Live,
    pub(super) commands: Arc<Commands>,
    pub(super) seeds: Seeds,
    phase: Mutex<Phase>,
    /// The first lease's and the last one's.
    pub(super) first_epoch: u32,
    epoch: AtomicU32,
    /// Other nodes that were alive at the last beat.
    pub(super) others: AtomicU32,
    /// This node is to leave; it has left.
    pub(super) leaving: CancellationToken,
    pub(super) left: CancellationToken,
}

/// How the link is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Phase {
    Down {
        since: SystemTime,
        why: Why,
    },
    Up {
        since: SystemTime,
        /// When both connections worked for certain.
        well: SystemTime,
        /// Until then not every node may be back.
        settling: Option<Instant>,
        lease: Lease,
    },
}

impl Core {
    /// A link that is down.
    pub(super) fn new(
        node: NodeId,
        local: Arc<dyn Local>,
        options: Arc<Options>,
        keys: Arc<Keys>,
        commands: Arc<Commands>,
    ) -> Self {
        // Another process that has the same number has other epochs.
        let epoch = fastrand::u32(..u32::MAX / 2);
        Self {
            inlet: Inlet::default(),
            node: AtomicU32::new(node.0),
            phase: Mutex::new(Phase::Down {
                since: options.utc(),
                why: Why::Down,
            }),
            local,
            options,
            keys,
            queue: Queue::new(),
            dirty: Dirty::new(),
            heard: Heard::default(),
            live: Live::default(),
            commands,
            seeds: Seeds::default(),
            first_epoch: epoch,
            epoch: AtomicU32::new(epoch),
            others: AtomicU32::new(0),
            leaving: CancellationToken::new(),
            left: CancellationToken::new(),
        }
    }

    pub(super) fn node(&self) -> NodeId {
        NodeId(self.node.load(Ordering::Relaxed))
    }

    /// Takes another number, unless a connection may have the one that it has.
    pub(super) fn renumber(&self) -> bool {
        let free = self.local.counters().connections == 0;
        if free {
            self.node.store(NodeId::random().0, Ordering::Relaxed);
        }
        free
    }

    /// What `CLIENT LIST` of Redis calls one of its connections.
    pub(super) fn client_name(&self, what: &str) -> String {
        format!("actionline-{}-{what}", self.node())
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes it; answers how it was.
    pub(super) fn set(&self, phase: Phase) -> Phase {
        std::mem::replace(&mut *self.phase(), phase)
    }

    pub(super) fn health(&self) -> Health {
        match *self.phase() {
            Phase::Down { since, why } => Health::Down { since, why },
            Phase::Up { since, .. } => Health::Up {
                since,
                nodes: self.others.load(Ordering::Relaxed),
            },
        }
    }

    /// How far something comes that Redis confirms.
    pub(super) fn reach(&self) -> Reach {
        match *self.phase() {
            Phase::Down { why, .. } => Reach::Here(why),
            Phase::Up {
                settling: Some(until),
                ..
            } if Instant::now() < until => Reach::Here(Why::Settling),
            Phase::Up { .. } => Reach::Everywhere,
        }
    }

    /// A lease that this node has not had.
    pub(super) fn new_lease(&self) -> Lease {
        Lease {
            node: self.node(),
            epoch: self.epoch.fetch_add(1, Ordering::Relaxed) + 1,
        }
    }

    /// The link goes on under another lease.
    pub(super) fn renewed(&self, lease: Lease) {
        if let Phase::Up { lease: now, .. } = &mut *self.phase() {
            *now = lease;
        }
    }

    /// Redis answered what it was asked then.
    pub(super) fn well(&self, then: SystemTime) {
        if let Phase::Up { well, .. } = &mut *self.phase() {
            *well = then;
        }
    }

    /// This node's lease, while the link is up.
    pub(super) fn lease(&self) -> Option<Lease> {
        match *self.phase() {
            Phase::Up { lease, .. } => Some(lease),
            Phase::Down { .. } => None,
        }
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("node", &self.node())
            .field("options", &self.options)
            .field("phase", &self.phase())
            .finish_non_exhaustive()
    }
}

/// The connections for commands, while there are any.
#[derive(Default)]
pub(super) struct Commands(Mutex<Option<Route>>);

impl Commands {
    fn lock(&self) -> MutexGuard<'_, Option<Route>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn get(&self) -> Option<Route> {
        self.lock().clone()
    }

    pub(super) fn set(&self, route: Option<Route>) {
        *self.lock() = route;
    }
}

impl fmt::Debug for Commands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Commands")
    }
}
