//! The cache: values with a time to live. Apart from the bus, as it fails in other ways.

use crate::hub::bus::Answer;
use std::collections::HashMap;
use std::fmt::Debug;
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
    map: HashMap<Box<str>, Entry>,
    /// The map's size at which expired values are swept out next.
    sweep_at: usize,
}

#[derive(Debug)]
struct Entry {
    value: Box<[u8]>,
    until: Option<Instant>,
}

impl Entry {
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
        let entry = Entry {
            value: value.into(),
            until: ttl.and_then(|ttl| now.checked_add(ttl)),
        };
        let mut entries = self.lock();
        // Sweeping when the map has doubled keeps the cost of a save constant on average.
        if entries.map.len() >= entries.sweep_at.max(1024) {
            entries.map.retain(|_, entry| entry.is_live(now));
            entries.sweep_at = entries.map.len() * 2;
        }
        let old = entries.map.insert(key.into(), entry);
        let replaced = old.is_some_and(|old| old.is_live(now));
        Answer::Ready(Ok(if replaced {
            Saved::Replaced
        } else {
            Saved::New
        }))
    }

    fn load<'a>(&'a self, key: &'a str) -> Answer<'a, Result<Option<Vec<u8>>, Unavailable>> {
        let entries = self.lock();
        let entry = entries
            .map
            .get(key)
            .filter(|entry| entry.is_live(Instant::now()));
        Answer::Ready(Ok(entry.map(|entry| entry.value.to_vec())))
    }

    fn destroy<'a>(&'a self, key: &'a str) -> Answer<'a, Result<bool, Unavailable>> {
        let old = self.lock().map.remove(key);
        Answer::Ready(Ok(old.is_some_and(|old| old.is_live(Instant::now()))))
    }
}
