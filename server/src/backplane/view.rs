//! The other nodes' part of a room: how many are counted, and few are listed.

use super::common::Core;
use super::ended::{Ended, asked};
use super::keys::Lease;
use super::lease::Leases;
use super::route::Route;
use crate::hub::bus::{Reach, View};
use crate::hub::id::ConnId;
use redis::cmd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How long the list of nodes may be used: a dead node's members are counted so much longer than its lease lasts.
const FRESH: Duration = Duration::from_secs(1);

/// The leases that are alive, as they were a moment ago.
#[derive(Debug, Default)]
pub(super) struct Live(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    leases: Option<(Instant, Arc<[Lease]>)>,
    /// How often it was forgotten: what was asked before is not kept after.
    turn: u64,
}

impl Live {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A node has come or gone.
    pub(super) fn forget(&self) {
        let mut known = self.lock();
        known.leases = None;
        known.turn += 1;
    }

    /// The leases that are alive, those of other nodes.
    pub(super) async fn others(&self, core: &Core, route: &Route) -> Result<Arc<[Lease]>, Ended> {
        let turn = {
            let known = self.lock();
            if let Some((at, leases)) = &known.leases
                && at.elapsed() < FRESH
            {
                return Ok(leases.clone());
            }
            known.turn
        };
        let mut leases = Leases::new(&core.keys, route);
        let at = Instant::now();
        let mut all = asked(core.options.timeout, leases.live()).await?;
        all.retain(|lease| lease.node != core.node());
        let all: Arc<[Lease]> = all.into();
        let mut known = self.lock();
        if known.turn == turn {
            known.leases = Some((at, all.clone()));
        }
        Ok(all)
    }
}

/// Looks at a room.
pub(super) async fn look(core: &Core, room: &str, limit: usize) -> View {
    let nothing = |reach| View {
        members: Vec::new(),
        count: 0,
        reach,
    };
    let Some(route) = core.commands.get() else {
        return nothing(core.reach());
    };
    match count(core, &route, room, limit).await {
        Ok((members, count)) => View {
            members,
            count,
            reach: core.reach(),
        },
        Err(ended) => nothing(Reach::Here(ended.why())),
    }
}

async fn count(
    core: &Core,
    route: &Route,
    room: &str,
    limit: usize,
) -> Result<(Vec<ConnId>, u64), Ended> {
    let others = core.live.others(core, route).await?;
    let keys: Vec<String> = others
        .iter()
        .map(|lease| core.keys.members(room, *lease))
        .collect();
    if keys.is_empty() {
        return Ok((Vec::new(), 0));
    }
    // All of them have the hash tag of the room.
    let mut conn = route.of(&core.keys.room(room));
    let mut pipe = redis::Pipeline::with_capacity(keys.len());
    for key in &keys {
        pipe.cmd("SCARD").arg(key);
    }
    let timeout = core.options.timeout;
    let counts: Vec<u64> = asked(timeout, pipe.query_async(&mut conn)).await?;
    let mut members = Vec::new();
    for (key, _) in keys.iter().zip(&counts).filter(|(_, count)| **count > 0) {
        let mut cursor = 0u64;
        while members.len() < limit {
            let mut scan = cmd("SSCAN");
            scan.arg(key).arg(cursor).arg("COUNT");
            scan.arg(limit - members.len());
            let some: (u64, Vec<Vec<u8>>) = asked(timeout, scan.query_async(&mut conn)).await?;
            cursor = some.0;
            let ids = some.1.into_iter().filter_map(|id| id.try_into().ok());
            members.extend(ids.map(|id| ConnId(u128::from_be_bytes(id))));
            if cursor == 0 {
                break;
            }
        }
    }
    members.truncate(limit);
    Ok((members, counts.iter().sum()))
}
