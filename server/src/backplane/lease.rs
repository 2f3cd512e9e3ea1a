//! Leases: which nodes are alive, by the clock of Redis. No node's own clock counts.

use super::keys::{Keys, Lease};
use super::route::Route;
use crate::hub::bus::Counters;
use redis::aio::MultiplexedConnection;
use redis::{RedisResult, Value, cmd};
use std::time::Duration;

/// A lease lasts so long after its last beat.
pub(super) const LASTS: Duration = Duration::from_secs(10);

/// Milliseconds by the clock of Redis.
const NOW: &str =
    "local t=redis.call('TIME') local now=t[1]*1000+math.floor(t[2]/1000) local n=ARGV[1] ";

/// Takes a new lease. Those that the node had before end now, so that what they named is cleared away. Answers whether one
/// of them was alive; or, and nothing else then, that the lease of another process with the same number is.
const TAKE: &str = "local alive=0 local mine=string.sub(n,1,9) local last=tonumber(string.sub(n,10)) local own={} \
    for _,l in ipairs(redis.call('ZRANGEBYSCORE',KEYS[1],'(0','+inf')) do if l~=n and string.sub(l,1,9)==mine then \
    local e=tonumber(string.sub(l,10)) local lives=tonumber(redis.call('ZSCORE',KEYS[1],l))>now \
    if lives and not (e and e>=tonumber(ARGV[4]) and e<=last) then return {2,0,0} end \
    if lives then alive=1 end own[#own+1]=l end end for _,l in ipairs(own) do \
    redis.call('ZADD',KEYS[1],0,l) redis.call('HDEL',KEYS[2],l) end \
    redis.call('ZADD',KEYS[1],now+ARGV[2],n) redis.call('HSET',KEYS[2],n,ARGV[3]) \
    return {alive,redis.call('ZCOUNT',KEYS[1],'('..now,'+inf')-1,0}";

/// Lengthens a lease. One that has ended stays so: others have dropped its members.
const BEAT: &str = "local s=redis.call('ZSCORE',KEYS[1],n) \
    if not s or tonumber(s)<=now then return {0,0,0} end \
    redis.call('ZADD',KEYS[1],now+ARGV[2],n) redis.call('HSET',KEYS[2],n,ARGV[3]) \
    return {1,redis.call('ZCOUNT',KEYS[1],'('..now,'+inf')-1,redis.call('ZCOUNT',KEYS[1],'-inf',now)}";

const LIVE: &str = "return redis.call('ZRANGEBYSCORE',KEYS[1],'('..now,'+inf')";
const DEAD: &str = "return redis.call('ZRANGEBYSCORE',KEYS[1],'-inf',now)";

/// What a beat came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Beat {
    /// The lease was alive (of a new lease: one before it).
    pub(super) alive: bool,
    /// Other nodes that are alive.
    pub(super) others: u32,
    /// Leases that have ended and are still to be cleared away.
    pub(super) dead: u32,
}

/// The leases of one application.
#[derive(Debug)]
pub(super) struct Leases<'a> {
    keys: &'a Keys,
    conn: MultiplexedConnection,
}

impl<'a> Leases<'a> {
    pub(super) fn new(keys: &'a Keys, route: &Route) -> Self {
        Self {
            keys,
            conn: route.of(&keys.leases()),
        }
    }

    /// Takes a lease, in place of those before, from that of epoch `first` on. Nothing: another process has the number.
    pub(super) async fn take(
        &mut self,
        lease: Lease,
        first: u32,
        counters: Counters,
    ) -> RedisResult<Option<Beat>> {
        self.beaten(TAKE, lease, first, counters).await
    }

    /// Lengthens a lease that is alive.
    pub(super) async fn beat(&mut self, lease: Lease, counters: Counters) -> RedisResult<Beat> {
        let beat = self.beaten(BEAT, lease, 0, counters).await?;
        Ok(beat.unwrap_or_default())
    }

    async fn beaten(
        &mut self,
        script: &str,
        lease: Lease,
        first: u32,
        counters: Counters,
    ) -> RedisResult<Option<Beat>> {
        let mut eval = cmd("EVAL");
        eval.arg(format!("{NOW}{script}")).arg(2);
        eval.arg(self.keys.leases()).arg(self.keys.counters());
        eval.arg(lease.to_string()).arg(LASTS.as_millis() as u64);
        eval.arg(line(counters)).arg(first);
        let (alive, others, dead): (u8, u32, u32) = eval.query_async(&mut self.conn).await?;
        Ok((alive < 2).then_some(Beat {
            alive: alive == 1,
            others,
            dead,
        }))
    }

    /// The leases that are alive.
    pub(super) async fn live(&mut self) -> RedisResult<Vec<Lease>> {
        self.list(LIVE).await
    }

    /// Those that have ended.
    pub(super) async fn dead(&mut self) -> RedisResult<Vec<Lease>> {
        self.list(DEAD).await
    }

    async fn list(&mut self, script: &str) -> RedisResult<Vec<Lease>> {
        let names: Vec<String> = cmd("EVAL")
            .arg(format!("{NOW}{script}"))
            .arg(1)
            .arg(self.keys.leases())
            .arg("")
            .query_async(&mut self.conn)
            .await?;
        // A name that no node gives itself is a stranger's.
        Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
    }

    /// Ends leases for good: nothing that they named is left.
    pub(super) async fn drop(&mut self, leases: &[Lease]) -> RedisResult<()> {
        let names: Vec<String> = leases.iter().map(Lease::to_string).collect();
        let mut pipe = redis::pipe();
        pipe.cmd("ZREM").arg(self.keys.leases()).arg(&names);
        pipe.cmd("HDEL").arg(self.keys.counters()).arg(&names);
        pipe.query_async(&mut self.conn).await
    }
}

/// Counters as they stand beside a lease.
fn line(counters: Counters) -> String {
    let Counters {
        connections,
        requests,
        said,
    } = counters;
    format!("{connections} {requests} {said}")
}

/// The same read back; nothing for what a node of another version wrote.
pub(super) fn counters(line: &str) -> Option<Counters> {
    let mut numbers = line.split(' ').map(|number| number.parse().ok());
    let mut next = || numbers.next().flatten();
    Some(Counters {
        connections: next()?,
        requests: next()?,
        said: next()?,
    })
}

/// The number that a command answered; nothing for an error.
pub(super) fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(*number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_survive_redis() {
        let some = Counters {
            connections: 1,
            requests: 2,
            said: u64::MAX,
        };
        assert_eq!(counters(&line(some)), Some(some));
        for bad in ["", "1 2", "1 2 x"] {
            assert_eq!(counters(bad), None);
        }
        // A later version may add to it.
        assert_eq!(counters(&format!("{} 9", line(some))), Some(some));
    }
}
