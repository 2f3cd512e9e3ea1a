//! The seam to other nodes. The hub serves this node's members; a bus speaks for the others only. Nothing here blocks.

use crate::hub::id::{ConnId, NodeId};
pub use crate::hub::link::{Dropped, LinkMeter};
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::SystemTime;
use tokio::sync::oneshot;

/// A room's name, shared.
pub type RoomName = Arc<str>;

/// Why something reached this node only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// There is no link to the others.
    Down,
    /// They did not confirm in time.
    Slow,
    /// Too much waits to be sent.
    Full,
    /// The link is new; not every node may be back.
    Settling,
}

/// How far a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To every node that it concerns. Of a direct message to a connection of another node: that node took it; whether the
    /// connection has closed there in the meantime is not asked.
    Everywhere,
    /// To this node only; the reply carries `scope:"local"` (protocol §9).
    Here(Why),
    /// There is no such connection, or its node is gone.
    Nobody,
}

/// A message's reach, known now or later. A future; if the sender is dropped, the link is down.
#[derive(Debug)]
pub enum Receipt {
    /// Known now.
    Done(Reach),
    /// Known later.
    Owed(oneshot::Receiver<Reach>),
}

impl Future for Receipt {
    type Output = Reach;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Reach> {
        match self.get_mut() {
            Receipt::Done(reach) => Poll::Ready(*reach),
            Receipt::Owed(receiver) => Pin::new(receiver)
                .poll(cx)
                .map(|reach| reach.unwrap_or(Reach::Here(Why::Down))),
        }
    }
}

/// A cold answer, known now (nothing is allocated) or later.
pub enum Answer<'a, T> {
    /// Known now.
    Ready(T),
    /// Known later.
    Later(Pin<Box<dyn Future<Output = T> + Send + 'a>>),
}

impl<'a, T> IntoFuture for Answer<'a, T> {
    type Output = T;
    type IntoFuture = Awaited<'a, T>;

    fn into_future(self) -> Awaited<'a, T> {
        Awaited(Some(self))
    }
}

/// Waits for an [`Answer`].
pub struct Awaited<'a, T>(Option<Answer<'a, T>>);

/// Nothing borrows from a value that is known.
impl<T> Unpin for Awaited<'_, T> {}

impl<T> Future for Awaited<'_, T> {
    type Output = T;

    /// # Panics
    /// After it was ready, as futures do.
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        if let Some(Answer::Later(future)) = &mut self.0 {
            return future.as_mut().poll(cx);
        }
        match self.0.take() {
            Some(Answer::Ready(value)) => Poll::Ready(value),
            _ => panic!("polled after it was ready"),
        }
    }
}

/// Something said in a room.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The room.
    pub room: &'a RoomName,
    /// The speaker.
    pub from: ConnId,
    /// What was said.
    pub message: &'a str,
}

/// The part of a room that is on other nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Some of its members.
    pub members: Vec<ConnId>,
    /// How many there are.
    pub count: u64,
    /// How much of that is certain.
    pub reach: Reach,
}

/// One node's counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Connections open now.
    pub connections: u64,
    /// Requests since the start.
    pub requests: u64,
    /// `say`s since the start.
    pub said: u64,
}

/// The other nodes' counters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// The other nodes.
    pub nodes: Vec<NodeId>,
    /// Their counters, added up.
    pub counters: Counters,
    /// How much of that is certain.
    pub reach: Reach,
}

/// How the link to the others is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// There are no others.
    Solo,
    /// It works.
    Up {
        /// Since when.
        since: SystemTime,
        /// How many other nodes there are.
        nodes: u32,
    },
    /// It does not.
    Down {
        /// Since when.
        since: SystemTime,
        /// Why.
        why: Why,
    },
}

/// The other nodes. Local members have been served before any of these is called.
pub trait Bus: Debug + Send + Sync + 'static {
    /// This node; part of every new [`ConnId`].
    fn node(&self) -> NodeId;
    /// Passes on what was said: a bounded try-send.
    fn say(&self, said: Said<'_>) -> Receipt;
    /// "Look again whether `id` is in `room`": level-triggered.
    fn moved(&self, room: &RoomName, id: ConnId) -> Receipt;
    /// Sends to a connection that is not on this node; `json` is an object.
    fn send(&self, to: ConnId, json: &str) -> Receipt;
    /// The others' part of a room; at most `limit` members, 0 for the count alone.
    fn view<'a>(&'a self, room: &'a RoomName, limit: usize) -> Answer<'a, View>;
    /// The others' counters.
    fn totals(&self) -> Answer<'_, Totals>;
    /// How the link is.
    fn health(&self) -> Health;
    /// Leaves cleanly.
    fn leave(&self) -> Answer<'_, ()>;
}

/// This node as a bus sees it. Nothing here may block or await.
pub trait Local: Send + Sync + 'static {
    /// Gives a room's members here what was said elsewhere; answers how many got it.
    fn deliver(&self, room: &str, from: ConnId, message: &str) -> usize;
    /// Gives a connection here a direct message; false when it is gone.
    fn deliver_to(&self, to: ConnId, json: &str) -> bool;
    /// Whether `id` is in `room`.
    fn has(&self, room: &str, id: ConnId) -> bool;
    /// Whether anybody here is in `room`.
    fn hosts(&self, room: &str) -> bool;
    /// Every member here of every room.
    fn each_member(&self, f: &mut dyn FnMut(&RoomName, ConnId));
    /// This node's counters.
    fn counters(&self) -> Counters;
    /// The link changed. When it is back after it was down, this node's clients are told of the gap.
    fn link(&self, health: Health);
    /// Where the bus reports what it measures.
    fn meter(&self) -> &LinkMeter;
}

/// One node alone: everybody is here.
#[derive(Debug)]
pub struct Solo {
    node: NodeId,
}

impl Solo {
    /// The only node.
    pub fn new(node: NodeId) -> Self {
        Self { node }
    }
}

impl Bus for Solo {
    fn node(&self) -> NodeId {
        self.node
    }
    fn say(&self, _: Said<'_>) -> Receipt {
        Receipt::Done(Reach::Everywhere)
    }
    fn moved(&self, _: &RoomName, _: ConnId) -> Receipt {
        Receipt::Done(Reach::Everywhere)
    }
    fn send(&self, _: ConnId, _: &str) -> Receipt {
        Receipt::Done(Reach::Nobody)
    }
    fn view<'a>(&'a self, _: &'a RoomName, _: usize) -> Answer<'a, View> {
        Answer::Ready(View {
            members: Vec::new(),
            count: 0,
            reach: Reach::Everywhere,
        })
    }
    fn totals(&self) -> Answer<'_, Totals> {
        Answer::Ready(Totals {
            nodes: Vec::new(),
            counters: Counters::default(),
            reach: Reach::Everywhere,
        })
    }
    fn health(&self) -> Health {
        Health::Solo
    }
    fn leave(&self) -> Answer<'_, ()> {
        Answer::Ready(())
    }
}
