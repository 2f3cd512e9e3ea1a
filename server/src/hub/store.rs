//! The cache: values with a time to live. Apart from the bus, as it fails in other ways.

use crate::hub::bus::Answer;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry as Place;
use std::fmt::Debug;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
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
    fn load<'a>(&'a self, key: &'a str) -> Answer<'a, Result<Option<Vec<u8>>, Unavailable>>;
    /// Forgets a value; true when there was one.
    fn destroy<'a>(&'a self, key: &'a str) -> Answer<'a, Result<bool, Unavailable>>;
}

/// A store in this process's memory.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use actionline::{Memory, Saved, Store};
/// let store = Memory::default();
/// assert_eq!(store.save("key", b"value", None).get().await, Ok(Saved::New));
/// assert_eq!(store.load("key").get().await, Ok(Some(b"value".to_vec())));
/// assert_eq!(store.destroy("key").get().await, Ok(true));
/// # });
/// ```
#[derive(Debug, Default)]
pub struct Memory(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    table: HashTable<Entry>,
    /// Strangers choose the keys.
    seed: RandomState,
    /// The table's size at which expired values are swept out next.
    sweep_at: usize,
}

impl Entries {
    fn hash(&self, key: &str) -> u64 {
        hash(&self.seed, key.as_bytes())
    }
}

fn hash(seed: &RandomState, key: &[u8]) -> u64 {
    let mut hasher = seed.build_hasher();
    hasher.write(key);
    hasher.finish()
}

#[derive(Debug)]
struct Entry {
    /// The key, then the value.
    bytes: Box<[u8]>,
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
            bytes: [key.as_bytes(), value].concat().into(),
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
            hash(seed, key.as_bytes()),
            |entry| entry.key() == key.as_bytes(),
            |entry| hash(seed, entry.key()),
        );
        Answer::Ready(Ok(match place {
            Place::Occupied(mut place) => {
                let old = std::mem::replace(place.get_mut(), new);
                match old.is_live(now) {
                    true => Saved::Replaced,
                    false => Saved::New,
                }
            }
            Place::Vacant(place) => {
                place.insert(new);
                Saved::New
            }
        }))
    }

    fn load<'a>(&'a self, key: &'a str) -> Answer<'a, Result<Option<Vec<u8>>, Unavailable>> {
        let entries = self.lock();
        let found = entries
            .table
            .find(entries.hash(key), |entry| entry.key() == key.as_bytes());
        let live = found.filter(|entry| entry.is_live(Instant::now()));
        Answer::Ready(Ok(live.map(|entry| entry.value().to_vec())))
    }

    fn destroy<'a>(&'a self, key: &'a str) -> Answer<'a, Result<bool, Unavailable>> {
        let mut entries = self.lock();
        let hash = entries.hash(key);
        let found = entries
            .table
            .find_entry(hash, |entry| entry.key() == key.as_bytes());
        Answer::Ready(Ok(match found {
            Ok(place) => place.remove().0.is_live(Instant::now()),
            Err(_) => false,
        }))
    }
}
