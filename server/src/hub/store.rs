//! The cache: values with a time to live. Apart from the bus, as it fails in other ways.

use crate::hub::bus::Answer;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry as Slot;
use siphasher::sip::SipHasher13;
use smallvec::SmallVec;
use std::fmt::Debug;
use std::hash::{BuildHasher, RandomState};
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What [`Store::save`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// There was nothing under this key.
    New,
    /// An older value was replaced.
    Replaced,
}

/// The store cannot be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the store cannot be reached")]
pub struct Unavailable;

/// A value as it was loaded. A short one needs no memory of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded(SmallVec<[u8; 24]>);

impl Deref for Loaded {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<&[u8]> for Loaded {
    fn from(bytes: &[u8]) -> Self {
        Self(SmallVec::from_slice(bytes))
    }
}

impl From<Vec<u8>> for Loaded {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

/// A cache of bytes by key.
pub trait Store: Debug + Send + Sync + 'static {
    /// Keeps a value, for ever or for `ttl`.
    fn save<'a>(
        &'a self,
        key: &'a str,
        value: &'a [u8],
        ttl: Option<Duration>,
    ) -> Answer<'a, Result<Saved, Unavailable>>;
    /// The value under this key, unless it is too old.
    fn load<'a>(&'a self, key: &'a str) -> Answer<'a, Result<Option<Loaded>, Unavailable>>;
    /// Forgets a value; true when there was one.
    fn destroy<'a>(&'a self, key: &'a str) -> Answer<'a, Result<bool, Unavailable>>;
}

/// The cache that [`Server::cache`](crate::Server::cache) gives an application: in this process's memory, or what all nodes
/// share.
#[derive(Debug, Clone)]
pub struct Cache(Place);

#[derive(Debug, Clone)]
enum Place {
    Here(Arc<Memory>),
    Shared(Arc<dyn Store>),
}

impl Cache {
    /// What these nodes share.
    pub(crate) fn shared(store: Arc<dyn Store>) -> Self {
        Self(Place::Shared(store))
    }
}

/// In memory.
impl Default for Cache {
    fn default() -> Self {
        Self(Place::Here(Arc::default()))
    }
}

impl Store for Cache {
    fn save<'a>(
        &'a self,
        key: &'a str,
        value: &'a [u8],
        ttl: Option<Duration>,
    ) -> Answer<'a, Result<Saved, Unavailable>> {
        match &self.0 {
            Place::Here(memory) => memory.save(key, value, ttl),
            Place::Shared(store) => store.save(key, value, ttl),
        }
    }

    fn load<'a>(&'a self, key: &'a str) -> Answer<'a, Result<Option<Loaded>, Unavailable>> {
        match &self.0 {
            Place::Here(memory) => memory.load(key),
            Place::Shared(store) => store.load(key),
        }
    }

    fn destroy<'a>(&'a self, key: &'a str) -> Answer<'a, Result<bool, Unavailable>> {
        match &self.0 {
            Place::Here(memory) => memory.destroy(key),
            Place::Shared(store) => store.destroy(key),
        }
    }
}

/// A store in this process's memory.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use actionline::{Memory, Saved, Store};
/// let store = Memory::default();
/// assert_eq!(store.save("key", b"value", None).await, Ok(Saved::New));
/// assert_eq!(store.load("key").await, Ok(Some(b"value"[..].into())));
/// assert_eq!(store.destroy("key").await, Ok(true));
/// # });
/// ```
#[derive(Debug, Default)]
pub struct Memory(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    table: HashTable<Entry>,
    seed: Seed,
    /// The table's size at which expired values are swept out next.
    sweep_at: usize,
}

/// Strangers choose the keys: without the seed nobody finds many that fall together.
#[derive(Debug)]
struct Seed(SipHasher13);

impl Default for Seed {
    fn default() -> Self {
        let random = |salt: u64| RandomState::new().hash_one(salt);
        Self(SipHasher13::new_with_keys(random(0), random(1)))
    }
}

/// A key and a value that are together no longer than this need no memory of their own.
const SHORT: usize = 32;

#[derive(Debug)]
struct Entry {
    /// The key, then the value.
    bytes: SmallVec<[u8; SHORT]>,
    /// Where the value begins.
    from: usize,
    until: Option<Instant>,
}

impl Entry {
    fn key(&self) -> &[u8] {
        &self.bytes[..self.from]
    }

    fn value(&self) -> &[u8] {
        &self.bytes[self.from..]
    }

    fn is_live(&self, now: Instant) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// Long ones get exactly what they need, and once.
fn joined(key: &[u8], value: &[u8]) -> SmallVec<[u8; SHORT]> {
    if key.len() + value.len() > SHORT {
        return SmallVec::from_vec([key, value].concat());
    }
    let mut bytes = SmallVec::from_slice(key);
    bytes.extend_from_slice(value);
    bytes
}

impl Memory {
    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Memory {
    fn save<'a>(
        &'a self,
        key: &'a str,
        value: &'a [u8],
        ttl: Option<Duration>,
    ) -> Answer<'a, Result<Saved, Unavailable>> {
        let now = Instant::now();
        let new = Entry {
            bytes: joined(key.as_bytes(), value),
            from: key.len(),
            until: ttl.and_then(|ttl| now.checked_add(ttl)),
        };
        let mut entries = self.lock();
        let Entries {
            table,
            seed,
            sweep_at,
        } = &mut *entries;
        // Sweeping when the table has doubled keeps the cost of a save constant on average.
        if table.len() >= (*sweep_at).max(1024) {
            table.retain(|entry| entry.is_live(now));
            *sweep_at = table.len() * 2;
        }
        let place = table.entry(
            seed.0.hash(key.as_bytes()),
            |entry| entry.key() == key.as_bytes(),
            |entry| seed.0.hash(entry.key()),
        );
        Answer::Ready(Ok(match place {
            Slot::Occupied(mut place) => {
                let old = std::mem::replace(place.get_mut(), new);
                match old.is_live(now) {
                    true => Saved::Replaced,
                    false => Saved::New,
                }
            }
            Slot::Vacant(place) => {
                place.insert(new);
                Saved::New
            }
        }))
    }

    fn load<'a>(&'a self, key: &'a str) -> Answer<'a, Result<Option<Loaded>, Unavailable>> {
        let entries = self.lock();
        let found = entries
            .table
            .find(entries.seed.0.hash(key.as_bytes()), |entry| {
                entry.key() == key.as_bytes()
            });
        let live = found.filter(|entry| entry.is_live(Instant::now()));
        Answer::Ready(Ok(live.map(|entry| entry.value().into())))
    }

    fn destroy<'a>(&'a self, key: &'a str) -> Answer<'a, Result<bool, Unavailable>> {
        let mut entries = self.lock();
        let hash = entries.seed.0.hash(key.as_bytes());
        let found = entries
            .table
            .find_entry(hash, |entry| entry.key() == key.as_bytes());
        Answer::Ready(Ok(match found {
            Ok(place) => place.remove().0.is_live(Instant::now()),
            Err(_) => false,
        }))
    }
}
