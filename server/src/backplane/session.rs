//! One session with Redis: its connections, everybody written, and the tasks that keep it.

use super::common::{Core, Phase};
use super::dial::{Dialled, dial};
use super::ended::{Ended, asked, within};
use super::lease::Leases;
use super::members::Members;
use super::pace::Pace;
use super::route::Route;
use super::{cluster, publisher, pulse, reaper};
use crate::hub::bus::Why;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// After Redis has forgotten this node, the others need so long to come back, too.
const SETTLES: Duration = Duration::from_secs(3);

/// A session that is up.
pub(super) struct Session {
    core: Arc<Core>,
    number: u32,
    dialled: Dialled,
    members: Members,
}

/// Connects, subscribes, writes everybody, and only then is up.
pub(super) async fn open(core: &Arc<Core>, number: u32) -> Result<Session, Ended> {
    let timeout = core.options.timeout;
    let dialled = within(timeout, dial(core, number)).await??;
    cluster::look(core, &dialled.commands, 0).await?;
    core.inlet.admit(number);
    let channels = vec![core.keys.node(core.node()), core.keys.nodes()];
    asked(timeout, dialled.subscriber.subscribe(channels)).await?;
    core.dirty.join(Why::Down);
    let mut members = Members {
        core: core.clone(),
        commands: dialled.commands.clone(),
        subscriber: dialled.subscriber.clone(),
        lease: core.new_lease(),
    };
    let before = members.register().await?;
    // A node that has just started has no lease to find, and misses nobody. A cluster may have forgotten what another of
    // its masters had, and all nodes come back from that one by one.
    let forgotten = number > 1 && (!before.alive || core.options.sharded);
    let now = core.options.utc();
    core.set(Phase::Up {
        since: now,
        well: now,
        settling: forgotten.then(|| Instant::now() + SETTLES),
        lease: members.lease,
    });
    core.commands.set(Some(dialled.commands.clone()));
    core.dirty.open();
    core.queue.open();
    core.local.meter().connected();
    Ok(Session {
        core: core.clone(),
        number,
        dialled,
        members,
    })
}

impl Session {
    /// Keeps it until it ends.
    pub(super) async fn live(self) -> Ended {
        let Session {
            core,
            number,
            dialled,
            members,
        } = self;
        let Dialled {
            commands,
            subscriber,
            mut drivers,
            parted,
        } = dialled;
        let dead = Arc::new(Notify::new());
        let mut tasks = JoinSet::new();
        let pace = Pace::new(core.clone(), subscriber.clone());
        tasks.spawn(publisher::run(core.clone(), commands.clone(), pace, number));
        tasks.spawn(members.run());
        let pulse = pulse::run(core.clone(), commands.clone(), subscriber, dead.clone());
        tasks.spawn(pulse);
        tasks.spawn(reaper::run(core.clone(), commands.clone(), dead));
        let mut left = 0;
        let ended = loop {
            tokio::select! {
                // Always in this order: so a simulation can repeat it.
                biased;
                Some(done) = tasks.join_next() => match done {
                    // Those two have something to finish.
                    Ok(Ended::Left) if left == 0 => left += 1,
                    Ok(Ended::Left) => break leave(&core, &commands).await,
                    Ok(ended) => break ended,
                    Err(error) => break Ended::Broken(error.to_string()),
                },
                _ = drivers.join_next() => break Ended::Broken("the connection was closed".to_owned()),
                () = parted.lost() => break Ended::Moved,
            }
        };
        // Each task settles what it was about.
        tasks.shutdown().await;
        ended
    }
}

/// Everything is written; now nobody counts this node any more.
async fn leave(core: &Core, commands: &Route) -> Ended {
    let Some(lease) = core.lease() else {
        return Ended::Left;
    };
    let mut leases = Leases::new(&core.keys, commands);
    let leaving = async {
        leases.drop(&[lease]).await?;
        Members::tell(core, commands).await
    };
    // Otherwise the lease ends by itself.
    let _ = asked(core.options.timeout, leaving).await;
    Ended::Left
}
