//! Keeps the link: one session with Redis after another, for as long as the node lives. The redis crate's own way of
//! reconnecting gives up in the end, and stays deaf.

use super::cluster::SHARDED;
use super::common::{Core, Phase};
use super::ended::Ended;
use super::session;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The wait between two attempts, at first and at most.
const WAIT: (Duration, Duration) = (Duration::from_millis(50), Duration::from_millis(1500));

/// The log is told no more of one outage.
const MOST_TOLD: usize = 32;

/// Runs sessions until the node leaves.
pub(super) async fn run(core: Arc<Core>) {
    let _left = core.left.clone().drop_guard();
    let mut wait = WAIT.0;
    let mut link = Told::default();
    for number in 1.. {
        let begun = Instant::now();
        let opened = tokio::select! {
            opened = session::open(&core, number) => opened,
            () = core.leaving.cancelled() => Err(Ended::Left),
        };
        let (ended, up) = match opened {
            Ok(session) => {
                core.local.link(core.health());
                (session.live().await, true)
            }
            Err(ended) => (ended, false),
        };
        close(&core, &ended);
        if ended == Ended::Left {
            return;
        }
        link.down(&core, &ended, up);
        if ended == Ended::Taken {
            link.taken(&core);
        }
        if up && begun.elapsed() > WAIT.1 {
            wait = WAIT.0;
        }
        // So that not all nodes come at once.
        let jitter = wait.mul_f64(fastrand::f64() / 2.0);
        tokio::select! {
            () = sleep(wait / 2 + jitter) => {}
            () = core.leaving.cancelled() => return,
        }
        wait = (wait * 2).min(WAIT.1);
    }
}

/// Settles all that waits, and takes nothing more.
fn close(core: &Core, ended: &Ended) {
    let why = ended.why();
    let now = core.options.utc();
    core.commands.set(None);
    core.inlet.admit(0);
    let down = |since| Phase::Down { since, why };
    match core.set(down(now)) {
        // What came after may not have.
        Phase::Up { well, .. } => core.set(down(well)),
        Phase::Down { since, .. } => core.set(down(since)),
    };
    core.queue.close(why, core.local.meter());
    core.dirty.close(why);
    core.heard.clear();
    core.live.forget();
}

/// What others know of a link that is down: each thing is told once.
#[derive(Default)]
struct Told {
    /// The node was told that it is.
    down: bool,
    /// What the log was told of why: the nodes of a cluster may tell in turn.
    why: Vec<String>,
    /// The log was told that this node cannot be linked.
    taken: bool,
}

impl Told {
    fn down(&mut self, core: &Core, ended: &Ended, was_up: bool) {
        if was_up || !self.down {
            self.down = true;
            core.local.link(core.health());
        }
        let why = match ended {
            // Without the setting no slot is followed at all.
            Ended::Moved if !core.options.sharded => SHARDED.to_owned(),
            ended => ended.to_string(),
        };
        if was_up {
            self.why.clear();
        }
        if self.why.len() < MOST_TOLD && !self.why.contains(&why) {
            let redis = &core.options.address;
            tracing::warn!(%redis, why, "no link to the other nodes: clients reach those of this node only");
            self.why.push(why);
        }
    }
    /// Another process has this node's number, as one of four thousand million has. It is part of the ids of those who are
    /// connected: only while nobody is, this node takes another.
    fn taken(&mut self, core: &Core) {
        let node = core.node();
        if core.renumber() {
            tracing::warn!(%node, now = %core.node(), "another server has the id of this one, which takes another");
        } else if !std::mem::replace(&mut self.taken, true) {
            tracing::error!(%node, "another server has the id of this one, and clients have it in theirs: restart this server");
        }
    }
}
