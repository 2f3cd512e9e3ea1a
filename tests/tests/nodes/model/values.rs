//! Keys, what they hold, and when they end.

use std::collections::{BTreeMap, BTreeSet};

/// Everything that is kept.
#[derive(Default)]
pub struct Values(BTreeMap<Vec<u8>, Kept>);

#[derive(Debug)]
struct Kept {
    value: Value,
    /// In milliseconds.
    until: Option<u64>,
}

#[derive(Debug)]
pub enum Value {
    Text(Vec<u8>),
    Set(BTreeSet<Vec<u8>>),
    /// Members and their scores.
    Scores(BTreeMap<Vec<u8>, i64>),
    Hash(BTreeMap<Vec<u8>, Vec<u8>>),
}

/// The key holds another kind of value.
#[derive(Debug)]
pub struct Wrong;

/// What can be kept, and found again by its kind.
pub trait Kind: Default {
    fn of(value: &mut Value) -> Option<&mut Self>;
    fn value(self) -> Value;
    fn is_empty(&self) -> bool;
}

macro_rules! kind {
    ($type:ty, $name:ident) => {
        impl Kind for $type {
            fn of(value: &mut Value) -> Option<&mut Self> {
                match value {
                    Value::$name(found) => Some(found),
                    _ => None,
                }
            }

            fn value(self) -> Value {
                Value::$name(self)
            }

            fn is_empty(&self) -> bool {
                self.is_empty()
            }
        }
    };
}

kind!(BTreeSet<Vec<u8>>, Set);
kind!(BTreeMap<Vec<u8>, i64>, Scores);
kind!(BTreeMap<Vec<u8>, Vec<u8>>, Hash);

impl Values {
    /// Time passes: what has ended is gone.
    pub fn pass(&mut self, now: u64) {
        self.0
            .retain(|_, kept| kept.until.is_none_or(|until| now < until));
    }

    /// Does something with what a key holds; empty, it is made before and gone afterwards.
    pub fn with<K: Kind, T>(
        &mut self,
        key: &[u8],
        what: impl FnOnce(&mut K) -> T,
    ) -> Result<T, Wrong> {
        let kept = self.0.entry(key.to_vec()).or_insert_with(|| Kept {
            value: K::default().value(),
            until: None,
        });
        let found = K::of(&mut kept.value).ok_or(Wrong)?;
        let done = what(found);
        if found.is_empty() {
            self.0.remove(key);
        }
        Ok(done)
    }

    pub fn has(&self, key: &[u8]) -> bool {
        self.0.contains_key(key)
    }

    pub fn text(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Wrong> {
        match self.0.get(key).map(|kept| &kept.value) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Wrong),
        }
    }

    pub fn set(&mut self, key: &[u8], text: &[u8], until: Option<u64>) {
        let value = Value::Text(text.to_vec());
        self.0.insert(key.to_vec(), Kept { value, until });
    }

    pub fn expire(&mut self, key: &[u8], until: u64) -> bool {
        let found = self.0.get_mut(key);
        found.map(|kept| kept.until = Some(until)).is_some()
    }

    pub fn remove(&mut self, key: &[u8]) -> bool {
        self.0.remove(key).is_some()
    }

    pub fn keys(&self) -> impl Iterator<Item = &Vec<u8>> {
        self.0.keys()
    }
}
