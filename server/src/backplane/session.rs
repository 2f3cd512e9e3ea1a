//! One session with Redis: two connections, everybody written, and the tasks that keep it.

use super::common::{Core, Phase};
use super::connect::{Wire, connect};
use super::ended::{Ended, asked, within};
use super::lease::Leases;
use super::members::Members;
use super::{publisher, pulse, reaper};
use crate::hub::bus::Why;
use redis::PushInfo;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// After Redis has forgotten this node, the others need so long to come back, too.
const SETTLES: Duration = Duration::from_secs(3);

/// A session that is up.
pub(super) struct Session {
    core: Arc<Core>,
    number: u32,
    commands: Wire,
    subscriber: Wire,
    members: Members,
}

/// Connects, subscribes, writes everybody, and only then is up.
pub(super) async fn open(core: &Arc<Core>, number: u32) -> Result<Session, Ended> {
    let (options, timeout) = (&core.options, core.options.timeout);
    let inlet = core.clone();
    let take = move |push: PushInfo| {
        inlet.inlet.take(number, push, &inlet.live, &inlet.local);
    };
    let name = |what| format!("actionline-{:08x}-{what}", core.node.0);
    let (commands, subscriber) = (name("commands"), name("subscriber"));
    let connecting = async {
        tokio::try_join!(
            connect(options, &commands, None::<fn(PushInfo)>),
            connect(options, &subscriber, Some(take)),
        )
    };
    let wires = within(timeout, connecting).await?;
    let (commands, subscriber) = wires.map_err(|error| Ended::Broken(error.to_string()))?;
    core.inlet.admit(number);
    let mut own = subscriber.conn.clone();
    let channels = vec![core.keys.node(core.node), core.keys.nodes()];
    asked(timeout, own.subscribe(channels)).await?;
    core.dirty.join(Why::Down);
    let mut members = Members {
        core: core.clone(),
        commands: commands.conn.clone(),
        subscriber: subscriber.conn.clone(),
        lease: core.new_lease(),
    };
    let before = members.register().await?;
    // A node that has just started has no lease to find, and misses nobody.
    let forgotten = number > 1 && !before.alive;
    let now = SystemTime::now();
    core.set(Phase::Up {
        since: now,
        well: now,
        settling: forgotten.then(|| Instant::now() + SETTLES),
        lease: members.lease,
    });
    core.commands.set(Some(commands.conn.clone()));
    core.dirty.open();
    core.queue.open();
    core.local.meter().connected();
    Ok(Session {
        core: core.clone(),
        number,
        commands,
        subscriber,
        members,
    })
}

impl Session {
    /// Keeps it until it ends.
    pub(super) async fn live(self) -> Ended {
        let Session {
            core,
            number,
            mut commands,
            mut subscriber,
            members,
        } = self;
        let conn = commands.conn.clone();
        let dead = Arc::new(Notify::new());
        let mut tasks = JoinSet::new();
        tasks.spawn(publisher::run(core.clone(), conn.clone(), number));
        tasks.spawn(members.run());
        let pulse = pulse::run(core.clone(), conn.clone(), subscriber.conn, dead.clone());
        tasks.spawn(pulse);
        tasks.spawn(reaper::run(core.clone(), conn, dead));
        let mut left = 0;
        let ended = loop {
            tokio::select! {
                Some(done) = tasks.join_next() => match done {
                    // Those two have something to finish.
                    Ok(Ended::Left) if left == 0 => left += 1,
                    Ok(Ended::Left) => break leave(&core, &commands).await,
                    Ok(ended) => break ended,
                    Err(error) => break Ended::Broken(error.to_string()),
                },
                _ = &mut commands.driver => break gone(),
                _ = &mut subscriber.driver => break gone(),
            }
        };
        // Each task settles what it was about.
        tasks.shutdown().await;
        ended
    }
}

fn gone() -> Ended {
    Ended::Broken("the connection was closed".to_owned())
}

/// Everything is written; now nobody counts this node any more.
async fn leave(core: &Core, commands: &Wire) -> Ended {
    let Some(lease) = core.lease() else {
        return Ended::Left;
    };
    let mut leases = Leases {
        keys: &core.keys,
        conn: commands.conn.clone(),
    };
    let leaving = async {
        leases.drop(&[lease]).await?;
        Members::tell(core, &mut leases.conn).await
    };
    // Otherwise the lease ends by itself.
    let _ = asked(core.options.timeout, leaving).await;
    Ended::Left
}
