//! Several nodes in one process, with links that a test cuts: the bus that only tests have.

use actionline::bus::{
    Answer, Bus, Counters, Health, LinkMeter, Local, Reach, Receipt, RoomName, Said, Totals, View,
    Why,
};
use actionline::{ConnId, NodeId};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use tokio::sync::{Semaphore, oneshot};

/// The nodes and the links between them. What is said reaches the others at once; confirmations may be held back.
#[derive(Debug, Default, Clone)]
pub struct Mesh(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    nodes: Mutex<Vec<Node>>,
    /// Confirmations are kept back.
    held: AtomicBool,
    owed: Mutex<Vec<Owed>>,
    /// Views are answered later.
    late: AtomicBool,
    views: Views,
}

/// A confirmation that is kept back.
#[derive(Debug)]
struct Owed {
    to: ConnId,
    sender: oneshot::Sender<Reach>,
    reach: Reach,
}

impl Owed {
    /// Its client may be gone.
    fn answer(self, reach: Reach) {
        let _ = self.sender.send(reach);
    }
}

/// A permit for each view that may be answered.
#[derive(Debug)]
struct Views(Semaphore);

impl Default for Views {
    fn default() -> Self {
        Self(Semaphore::new(0))
    }
}

#[derive(Clone)]
struct Node {
    id: NodeId,
    local: Arc<dyn Local>,
    since: SystemTime,
    /// Since when its link is cut.
    cut: Option<SystemTime>,
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Node").field("id", &self.id).finish()
    }
}

impl Mesh {
    /// What [`Server::bus`](actionline::Server::bus) takes: one more node.
    pub fn join(&self) -> impl FnOnce(Arc<dyn Local>) -> Arc<dyn Bus> + Send + 'static {
        let mesh = self.clone();
        move |local| {
            let mut nodes = mesh.nodes();
            let node = NodeId(0xa000_0000 + nodes.len() as u32);
            nodes.push(Node {
                id: node,
                local,
                since: SystemTime::now(),
                cut: None,
            });
            drop(nodes);
            Arc::new(MeshBus { mesh, node })
        }
    }

    fn nodes(&self) -> MutexGuard<'_, Vec<Node>> {
        self.0.nodes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cuts the link of a node, counted from 0, or mends it; the node notices at once.
    pub fn cut(&self, index: usize, cut: bool) {
        let mut nodes = self.nodes();
        let node = &mut nodes[index];
        node.cut = cut.then(SystemTime::now);
        node.since = SystemTime::now();
        let (id, local) = (node.id, Arc::clone(&node.local));
        drop(nodes);
        local.link(self.health(id));
    }

    fn health(&self, node: NodeId) -> Health {
        let nodes = self.nodes();
        let own = nodes.iter().find(|other| other.id == node);
        match own {
            None => Health::Solo,
            Some(Node {
                cut: Some(since), ..
            }) => Health::Down {
                since: *since,
                why: Why::Down,
            },
            Some(Node { since, .. }) => Health::Up {
                since: *since,
                nodes: nodes.iter().filter(|other| other.cut.is_none()).count() as u32 - 1,
            },
        }
    }

    /// What a node measures of its link, counted from 0.
    pub fn meter<T>(&self, index: usize, report: impl FnOnce(&LinkMeter) -> T) -> T {
        let local = Arc::clone(&self.nodes()[index].local);
        report(local.meter())
    }

    /// Keeps confirmations back from now on.
    pub fn hold(&self) {
        self.0.held.store(true, Ordering::SeqCst);
    }

    /// Keeps no more confirmations back; those that are stay.
    pub fn release(&self) {
        self.0.held.store(false, Ordering::SeqCst);
    }

    /// Sends the confirmations that were kept back, and keeps no more.
    pub fn confirm(&self) {
        for owed in self.settle() {
            let reach = owed.reach;
            owed.answer(reach);
        }
    }

    /// Sends the confirmations that were kept back from one connection, and goes on keeping them.
    pub fn confirm_to(&self, to: ConnId) {
        for owed in self.owed().extract_if(.., |owed| owed.to == to) {
            let reach = owed.reach;
            owed.answer(reach);
        }
    }

    /// Answers one of the confirmations that are kept back, counted from 0, or forgets it.
    pub fn answer(&self, index: usize, reach: Option<Reach>) {
        let owed = self.owed().remove(index);
        if let Some(reach) = reach {
            owed.answer(reach);
        }
    }

    /// How many confirmations are kept back.
    pub fn owing(&self) -> usize {
        self.owed().len()
    }

    /// Says of what was kept back that it was too late, and keeps no more.
    pub fn time_out(&self) {
        for owed in self.settle() {
            owed.answer(Reach::Here(Why::Slow));
        }
    }

    /// Forgets what was kept back, as a link does that breaks down, and keeps no more.
    pub fn forget(&self) {
        drop(self.settle());
    }

    fn settle(&self) -> Vec<Owed> {
        self.release();
        std::mem::take(&mut *self.owed())
    }

    fn owed(&self) -> MutexGuard<'_, Vec<Owed>> {
        self.0.owed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers views later from now on: each after one [`Mesh::show`].
    pub fn delay_views(&self) {
        self.0.late.store(true, Ordering::SeqCst);
    }

    /// Lets one delayed view be answered.
    pub fn show(&self) {
        self.0.views.0.add_permits(1);
    }

    /// The nodes that this one reaches; nothing when its own link is cut.
    fn others(&self, node: NodeId) -> Option<Vec<Node>> {
        let nodes = self.nodes();
        let own = nodes.iter().find(|other| other.id == node)?;
        let linked = nodes
            .iter()
            .filter(|other| other.id != node && other.cut.is_none());
        own.cut.is_none().then(|| linked.cloned().collect())
    }

    fn receipt(&self, to: ConnId, reach: Reach) -> Receipt {
        if !self.0.held.load(Ordering::SeqCst) {
            return Receipt::Done(reach);
        }
        let (sender, receiver) = oneshot::channel();
        self.owed().push(Owed { to, sender, reach });
        Receipt::Owed(receiver)
    }
}

const CUT: Reach = Reach::Here(Why::Down);

/// One node's link.
#[derive(Debug)]
struct MeshBus {
    mesh: Mesh,
    node: NodeId,
}

impl MeshBus {
    fn look(&self, room: &str, limit: usize) -> View {
        let Some(others) = self.mesh.others(self.node) else {
            return View {
                members: Vec::new(),
                count: 0,
                reach: CUT,
            };
        };
        let mut members = Vec::new();
        for other in &others {
            other.local.each_member(&mut |name, id| {
                if **name == *room {
                    members.push(id);
                }
            });
        }
        let count = members.len() as u64;
        members.truncate(limit);
        View {
            members,
            count,
            reach: Reach::Everywhere,
        }
    }
}

impl Bus for MeshBus {
    fn node(&self) -> NodeId {
        self.node
    }

    fn say(&self, said: Said<'_>) -> Receipt {
        let Some(others) = self.mesh.others(self.node) else {
            return Receipt::Done(CUT);
        };
        for other in others {
            other.local.deliver(said.room, said.from, said.message);
        }
        self.mesh.receipt(said.from, Reach::Everywhere)
    }

    fn moved(&self, _: &RoomName, id: ConnId) -> Receipt {
        match self.mesh.others(self.node) {
            Some(_) => self.mesh.receipt(id, Reach::Everywhere),
            None => Receipt::Done(CUT),
        }
    }

    fn send(&self, to: ConnId, json: &str) -> Receipt {
        let Some(others) = self.mesh.others(self.node) else {
            return Receipt::Done(CUT);
        };
        let node = others.iter().find(|other| other.id == to.node());
        let reach = match node {
            Some(node) if node.local.deliver_to(to, json) => Reach::Everywhere,
            _ => Reach::Nobody,
        };
        self.mesh.receipt(to, reach)
    }

    fn view<'a>(&'a self, room: &'a RoomName, limit: usize) -> Answer<'a, View> {
        if !self.mesh.0.late.load(Ordering::SeqCst) {
            return Answer::Ready(self.look(room, limit));
        }
        Answer::Later(Box::pin(async move {
            let permit = self.mesh.0.views.0.acquire().await;
            permit.expect("never closed").forget();
            self.look(room, limit)
        }))
    }

    fn totals(&self) -> Answer<'_, Totals> {
        let others = self.mesh.others(self.node);
        let reach = others.as_ref().map_or(CUT, |_| Reach::Everywhere);
        let others = others.unwrap_or_default();
        let mut counters = Counters::default();
        for other in &others {
            let more = other.local.counters();
            counters.connections += more.connections;
            counters.requests += more.requests;
            counters.said += more.said;
        }
        Answer::Ready(Totals {
            nodes: others.iter().map(|other| other.id).collect(),
            counters,
            reach,
        })
    }

    fn health(&self) -> Health {
        self.mesh.health(self.node)
    }

    fn leave(&self) -> Answer<'_, ()> {
        self.mesh.nodes().retain(|other| other.id != self.node);
        Answer::Ready(())
    }
}
