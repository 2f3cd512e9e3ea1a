//! Clears away what dead nodes have left. Nobody counts it any more; it only takes room.

use super::common::Core;
use super::ended::{Ended, asked};
use super::keys::{Lease, lease_of};
use super::lease::{LASTS, Leases};
use super::route::Route;
use redis::aio::MultiplexedConnection;
use redis::{Pipeline, cmd};
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::Notify;

/// Keys looked at in one step: Redis serves others between two.
const STEP: u32 = 500;

/// Clears away, each time that there are dead, until the session is over.
pub(super) async fn run(core: Arc<Core>, route: Route, dead: Arc<Notify>) -> Ended {
    loop {
        dead.notified().await;
        if let Err(ended) = reap(&core, &route).await {
            return ended;
        }
    }
}

async fn reap(core: &Core, route: &Route) -> Result<(), Ended> {
    let timeout = core.options.timeout;
    // One node at a time; if that one dies, another one after a while.
    let (mut lock, key) = (cmd("SET"), core.keys.reaper());
    let mut conn = route.of(&key);
    lock.arg(key).arg(core.node().0);
    lock.arg("NX").arg("PX").arg(LASTS.as_millis() as u64);
    let locked: Option<String> = asked(timeout, lock.query_async(&mut conn)).await?;
    if locked.is_none() {
        return Ok(());
    }
    let mut leases = Leases::new(&core.keys, route);
    let dead = asked(timeout, leases.dead()).await?;
    if dead.is_empty() {
        return Ok(());
    }
    let all: HashSet<Lease> = dead.iter().copied().collect();
    let mut cleared = 0;
    for conn in route.conns() {
        cleared += clear(core, conn.clone(), &all).await?;
    }
    asked(timeout, leases.drop(&dead)).await?;
    tracing::info!(
        leases = dead.len(),
        sets = cleared,
        "cleared away what nodes left that are gone"
    );
    Ok(())
}

/// Removes the sets of these leases from one Redis; answers how many there were.
async fn clear(
    core: &Core,
    mut conn: MultiplexedConnection,
    dead: &HashSet<Lease>,
) -> Result<usize, Ended> {
    let timeout = core.options.timeout;
    let mut cursor = 0u64;
    let mut cleared = 0;
    loop {
        let mut scan = cmd("SCAN");
        scan.arg(cursor).arg("MATCH").arg(core.keys.all_members());
        scan.arg("COUNT").arg(STEP);
        let found: (u64, Vec<Vec<u8>>) = asked(timeout, scan.query_async(&mut conn)).await?;
        let mut pipe = Pipeline::new();
        for key in found.1 {
            let lease = std::str::from_utf8(&key).ok().and_then(lease_of);
            if lease.is_some_and(|lease| dead.contains(&lease)) {
                // Keys of two slots may not stand in one command.
                pipe.cmd("UNLINK").arg(key);
            }
        }
        if !pipe.is_empty() {
            cleared += pipe.len();
            asked(timeout, pipe.query_async::<()>(&mut conn)).await?;
        }
        cursor = found.0;
        if cursor == 0 {
            return Ok(cleared);
        }
    }
}
