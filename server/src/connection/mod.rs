//! What one client has, and what handlers see of it.

mod access;
mod identity;
mod params;

use crate::bucket::Bucket;
use crate::handle::Handle;
use crate::hub::bus::{Reach, Receipt};
use crate::hub::id::ConnId;
use crate::hub::outbox::Outbox;
use crate::hub::rooms::Room;
use crate::protocol::push::{self, Push};
use crate::rights::Bits;
use crate::shared::Shared;
use crate::sticky::Sticky;
pub use access::{TooManyLogins, UnknownRight, constant_time_eq};
use actionline_specs::limits::Limit;
use actionline_specs::wire::Reason;
use actionline_specs::{Code, Fault, limits, wire};
pub use identity::Identity;
use serde_json::{Map, Value};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One client's connection, as an action sees it: take `conn: &Connection` as an argument.
///
/// Nothing here waits. What another client gets is queued for it; a [`Receipt`] tells how far it came.
#[derive(Debug)]
pub struct Connection {
    shared: Arc<Shared>,
    id: ConnId,
    /// Unix time in milliseconds.
    connected_at: i64,
    peer: Option<SocketAddr>,
    identity: Option<Box<Identity>>,
    outbox: Arc<Outbox>,
    kept: Mutex<Kept>,
    /// Bytes of saved params, counted among those of all connections. Changed under the lock of `kept` alone.
    saved_bytes: AtomicUsize,
    /// None before the client may be in one, and when it may no longer.
    room: Mutex<Option<Arc<Room>>>,
    /// What it may do. Changed under the lock of `room` alone.
    rights: AtomicU64,
}

/// What stays on a connection from one request to the next.
#[derive(Debug, Default)]
struct Kept {
    sticky: Sticky,
    /// Few connections have any.
    details: Option<Box<Map<String, Value>>>,
    /// How much it may say.
    says: Bucket,
}

impl Connection {
    /// A connection with these rights.
    pub(crate) fn open(
        shared: &Arc<Shared>,
        peer: Option<SocketAddr>,
        identity: Option<Identity>,
        rights: Bits,
    ) -> Arc<Self> {
        let id = ConnId::new(shared.hub.bus.node());
        let outbox = Arc::new(Outbox::new(shared.limits.backlog() as usize));
        let conn = Arc::new(Self {
            id,
            connected_at: shared.clock.utc().as_millisecond(),
            peer,
            identity: identity.map(Box::new),
            outbox,
            kept: Mutex::default(),
            saved_bytes: AtomicUsize::new(0),
            room: Mutex::default(),
            rights: AtomicU64::new(0),
            shared: shared.clone(),
        });
        shared.hub.local.directory.insert(id, conn.outbox.clone());
        let period = Duration::from_secs(shared.limits.keep_alive());
        let now = shared.clock.now();
        shared.hub.local.heartbeat.add(now, period, &conn.outbox);
        shared.hub.local.stats.accepted();
        conn.change_rights(|_| rights);
        conn
    }

    /// Takes the connection out of its room and of the directory. It happens once, whatever ended the connection.
    pub(crate) fn leave(&self) {
        let hub = &self.shared.hub;
        let room = {
            let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(room) = &*room {
                hub.local.rooms.leave(room, self.id);
            }
            // Whoever comes with another room now finds nobody to move.
            self.outbox.close();
            room.take()
        };
        hub.local.directory.remove(self.id);
        hub.local.heartbeat.left();
        if let Some(room) = room {
            drop(hub.bus.moved(room.name(), self.id));
            self.announce(&room, wire::LEFT);
        }
    }

    fn announce(&self, room: &Room, text: &str) {
        if self.shared.config.announce {
            self.shared.hub.say(room, self.id, text);
        }
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    pub(crate) fn outbox(&self) -> &Arc<Outbox> {
        &self.outbox
    }

    pub(crate) fn current_room(&self) -> Option<Arc<Room>> {
        self.room
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What it is told when the server has too much to do, by this limit.
    pub(crate) fn overloaded(&self, limit: &'static Limit) -> Fault {
        let wait = push::retry_after_ms(self.id.0 as u64);
        let fault = Fault::new(Code::Overloaded, &[]).retry_after(Duration::from_millis(wait));
        Fault {
            limit: Some(limit),
            ..fault
        }
    }

    /// Whether the client may say something now; else how long it has to wait.
    pub(crate) fn may_say(&self, rate: u64, burst: u64) -> Result<(), Duration> {
        let now = self.shared.clock.now();
        self.kept().says.take(now, rate, burst)
    }

    /// The public id: 32 hex digits when printed.
    pub fn id(&self) -> ConnId {
        self.id
    }

    /// When the client connected: Unix time in milliseconds.
    pub fn connected_at(&self) -> i64 {
        self.connected_at
    }

    /// The client's address; none for a transport without one.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    /// Who the client's TLS certificate says it is; none when it has shown none. It was held against the roots that the
    /// server was given.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_deref()
    }

    /// The server that the connection is on.
    pub fn server(&self) -> Handle {
        Handle(self.shared.clone())
    }

    /// The application's value of this type, if the server was given one. Handlers take
    /// [`State`](crate::State) instead.
    pub fn state<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.shared.states.get()
    }

    /// What the application has noted about the connection with [`Connection::set_detail`].
    pub fn details(&self) -> Map<String, Value> {
        self.kept().details.as_deref().cloned().unwrap_or_default()
    }

    /// Notes something about the connection; `detailsView` shows it after `public`.
    pub fn set_detail(&self, name: impl Into<String>, value: impl Into<Value>) {
        let mut kept = self.kept();
        let details = kept.details.get_or_insert_default();
        details.insert(name.into(), value.into());
    }

    /// The name of the room it is in; none for a client that lacks what the specs' own `requires` ask for, and for one
    /// that has ended.
    pub fn room(&self) -> Option<Arc<str>> {
        Some(self.current_room()?.name().clone())
    }

    /// Moves it to another room, as `roomChange` does. A connection that has ended is nobody: it stays in none.
    ///
    /// # Errors
    /// The client may be in no room; or a name that is empty, has control characters or is longer than the `room-name` limit, or a new room beyond the
    /// `rooms` limit; it stays where it is.
    pub fn change_room(&self, name: &str) -> Result<Receipt, Fault> {
        let limit = self.shared.limits.room_name();
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(Fault::invalid_name("the name of a room"));
        }
        if name.len() as u64 > limit {
            return Err(limits::ROOM_NAME.reached(limit, &[]));
        }
        let hub = &self.shared.hub;
        let (from, to) = {
            let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
            if self.outbox.is_closed() {
                return Ok(Receipt::Done(Reach::Nobody));
            }
            let Some(room) = &mut *room else {
                return Err(self.forbidden("to be in a room", self.shared.rights.entry()));
            };
            let most = self.shared.limits.rooms();
            let rooms = &hub.local.rooms;
            let to = rooms.change(room, name, self.id, &self.outbox, most as usize);
            let to = to.ok_or_else(|| limits::ROOMS.reached(most, &[]))?;
            (std::mem::replace(room, to.clone()), to)
        };
        if from.name() == to.name() {
            return Ok(Receipt::Done(Reach::Everywhere));
        }
        self.announce(&from, wire::LEFT);
        self.announce(&to, wire::ENTERED);
        drop(hub.bus.moved(from.name(), self.id));
        Ok(hub.bus.moved(to.name(), self.id))
    }

    /// Says something to the others in its room, as `say` does; to nobody when it is in none.
    pub fn say(&self, message: &str) -> Receipt {
        match self.current_room() {
            Some(room) => self.shared.hub.say(&room, self.id, message),
            None => Receipt::Done(Reach::Nobody),
        }
    }

    /// Says something in another room, which it need not be in.
    pub fn say_in(&self, room: &str, message: &str) -> Receipt {
        self.server().say(room, self.id, message)
    }

    /// Sends one connection a message of its own: a line with the context `api` and the fields of the
    /// push. See [`Handle::send`].
    pub fn send<P: Push>(&self, to: ConnId, message: &P) -> Receipt {
        self.server().send(to, message)
    }

    /// Closes the connection: what it is owed is sent, then `goodbye`.
    pub fn close(&self) {
        self.outbox.end(Reason::Closed.into());
    }
}
