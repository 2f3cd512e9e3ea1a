//! The cache that all nodes share.

use super::common::Commands;
use super::ended::within;
use super::keys::Keys;
use crate::hub::bus::Answer;
use crate::hub::store::{Loaded, Saved, Store, Unavailable};
use redis::{Cmd, FromRedisValue, cmd};
use std::sync::Arc;
use std::time::Duration;

/// Saves a value and tells whether there was one, without sending the old one back. Without a time it stays for ever.
const SAVE: &str = "local old=redis.call('EXISTS',KEYS[1]) \
    if ARGV[2]=='' then redis.call('SET',KEYS[1],ARGV[1]) \
    elseif ARGV[2]=='0' then redis.call('DEL',KEYS[1]) \
    else redis.call('SET',KEYS[1],ARGV[1],'PX',ARGV[2]) end return old";

/// A cache in Redis; it goes over the link's connections for commands.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) commands: Arc<Commands>,
    pub(super) keys: Arc<Keys>,
    pub(super) timeout: Duration,
}

impl Shared {
    async fn ask<T: FromRedisValue>(&self, key: &str, what: &Cmd) -> Result<T, Unavailable> {
        let mut conn = self.commands.get().ok_or(Unavailable)?.of(key);
        match within(self.timeout, what.query_async(&mut conn)).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the cache does not answer as it should");
                Err(Unavailable)
            }
            Err(_) => Err(Unavailable),
        }
    }
}

impl Store for Shared {
    fn save<'a>(
        &'a self,
        key: &'a str,
        value: &'a [u8],
        ttl: Option<Duration>,
    ) -> Answer<'a, Result<Saved, Unavailable>> {
        Answer::Later(Box::pin(async move {
            let ttl = ttl.map(|ttl| ttl.as_millis().min(LONGEST).to_string());
            let mut save = cmd("EVAL");
            let key = self.keys.cache(key);
            save.arg(SAVE).arg(1).arg(&key);
            save.arg(value).arg(ttl.unwrap_or_default());
            Ok(match self.ask(&key, &save).await? {
                0u8 => Saved::New,
                _ => Saved::Replaced,
            })
        }))
    }

    fn load<'a>(&'a self, key: &'a str) -> Answer<'a, Result<Option<Loaded>, Unavailable>> {
        Answer::Later(Box::pin(async move {
            let (mut get, key) = (cmd("GET"), self.keys.cache(key));
            let value: Option<Vec<u8>> = self.ask(&key, get.arg(&key)).await?;
            Ok(value.map(Loaded::from))
        }))
    }

    fn destroy<'a>(&'a self, key: &'a str) -> Answer<'a, Result<bool, Unavailable>> {
        Answer::Later(Box::pin(async move {
            let (mut del, key) = (cmd("DEL"), self.keys.cache(key));
            let count: u8 = self.ask(&key, del.arg(&key)).await?;
            Ok(count > 0)
        }))
    }
}

/// Longest time to live, in milliseconds: a hundred years. Redis adds it to its own time.
const LONGEST: u128 = 100 * 365 * 24 * 60 * 60 * 1000;
