//! Signs of life: whether Redis answers on both connections, and that this node is alive. Also what has to be done now and
//! then: clearing away what the dead left, keeping what is this node's own.

use super::cluster;
use super::common::Core;
use super::ended::{Ended, asked};
use super::lease::Leases;
use super::members::{KEPT, SWEEP};
use super::route::{Pipes, Route};
use redis::cmd;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, MissedTickBehavior, interval};

/// Both connections are tried so often.
const PING: Duration = Duration::from_secs(1);
/// The lease is lengthened with every third: so two may fail.
const BEAT: u64 = 3;

/// Beats until the session is over. `dead` hears of leases that have ended.
pub(super) async fn run(
    core: Arc<Core>,
    commands: Route,
    subscriber: Route,
    dead: Arc<Notify>,
) -> Ended {
    let mut ticks = interval(PING);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks.tick().await;
    let mut swept = Instant::now();
    for tick in 1u64.. {
        ticks.tick().await;
        let sent = core.options.utc();
        let beat = tick.is_multiple_of(BEAT);
        let (one, other) = tokio::join!(
            async {
                match beat {
                    true => self::beat(&core, &commands, tick, &dead).await,
                    false => ping(&core, &commands).await,
                }
            },
            ping(&core, &subscriber),
        );
        if let Err(ended) = one.and(other) {
            return ended;
        }
        core.well(sent);
        if swept.elapsed() >= SWEEP {
            swept = Instant::now();
            if let Err(ended) = keep(&core, &commands).await {
                return ended;
            }
        }
    }
    Ended::Left
}

/// Whether Redis answers, after all that was sent before.
pub(super) async fn ping(core: &Core, route: &Route) -> Result<(), Ended> {
    asked(core.options.timeout, route.each(&cmd("PING"))).await?;
    Ok(())
}

/// Keeps the sets of rooms that nobody enters or leaves.
async fn keep(core: &Core, route: &Route) -> Result<(), Ended> {
    let Some(lease) = core.lease() else {
        return Ok(());
    };
    for rooms in core.heard.all().chunks(1000) {
        let mut pipes = Pipes::new(route, rooms.len());
        for room in rooms {
            let key = core.keys.members(room, lease);
            pipes.cmd("EXPIRE", &key).arg(KEPT.as_secs());
        }
        asked(core.options.timeout, pipes.done()).await?;
    }
    Ok(())
}

async fn beat(core: &Core, route: &Route, tick: u64, dead: &Notify) -> Result<(), Ended> {
    let Some(lease) = core.lease() else {
        return Ok(());
    };
    let mut leases = Leases::new(&core.keys, route);
    let beating = leases.beat(lease, core.local.counters());
    let beat = asked(core.options.timeout, beating).await?;
    // Meanwhile it may have been taken anew.
    if !beat.alive && core.lease() == Some(lease) {
        core.dirty.renew();
    }
    if beat.alive {
        core.others.store(beat.others, Ordering::Relaxed);
    }
    if beat.dead > 0 {
        dead.notify_one();
    }
    cluster::look(core, route, (tick / BEAT) as usize).await
}
