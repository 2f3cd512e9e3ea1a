//! Publishes what waits: one batch in flight, so that each sender's messages keep their order. Nothing is tried twice.

use super::common::Core;
use super::ended::{Ended, within};
use super::frame::{Frame, Kind, Stamp};
use super::lease::number;
use super::pace::Pace;
use super::queue::{Entry, Letter};
use super::route::{Pipes, Route};
use crate::hub::bus::{Reach, Why};
use redis::Value;
use std::sync::Arc;
use tokio::time::Instant;

/// Most messages of one batch.
const BATCH: usize = 1024;

/// Messages on their way. However that ends, each gets its receipt.
struct Batch {
    core: Arc<Core>,
    entries: Vec<Entry>,
}

impl Batch {
    /// Settles all that is left.
    fn lost(&mut self, why: Why) {
        let count = self.entries.len() as u64;
        self.core.local.meter().unconfirmed(count, why);
        for entry in self.entries.drain(..) {
            // Its client may be gone.
            let _ = entry.receipt.send(Reach::Here(why));
        }
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.lost(Why::Down);
    }
}

/// Publishes until the session is over; `session` is its number.
pub(super) async fn run(core: Arc<Core>, route: Route, mut pace: Pace, session: u32) -> Ended {
    let mut batch = Batch {
        core: core.clone(),
        entries: Vec::new(),
    };
    let mut seq = 0;
    loop {
        tokio::select! {
            () = core.queue.filled() => {}
            () = core.leaving.cancelled() => {
                if core.queue.is_empty() {
                    return Ended::Left;
                }
            }
        }
        let (left, bytes) = core.queue.take(BATCH, &mut batch.entries);
        let meter = core.local.meter();
        meter.queued(left as u64, bytes as u64);
        meter.owed((left + batch.entries.len()) as u64);
        let Some(oldest) = batch.entries.first().map(|entry| entry.at) else {
            continue;
        };
        let mut pipes = Pipes::new(&route, batch.entries.len());
        for entry in &batch.entries {
            // Stamped here: two speakers could come out of step before.
            seq += 1;
            let stamp = Stamp {
                node: core.node(),
                session,
                seq,
            };
            let (channel, frame) = wrapped(&core, &entry.letter, stamp);
            pipes.cmd(route.publish(), &channel).arg(frame);
        }
        let sent = Instant::now();
        let left = (oldest + core.options.timeout).saturating_duration_since(sent);
        // What has waited long still gets a little time on its way.
        let limit = left.max(core.options.timeout / 4);
        let answers = match within(limit, pipes.send()).await {
            Ok(Ok(answers)) => answers,
            Ok(Err(error)) => return Ended::broken(&error),
            Err(slow) => {
                batch.lost(Why::Slow);
                return slow;
            }
        };
        let count = batch.entries.len();
        let settled = settle(&core, &mut batch.entries, answers, sent);
        meter.owed(0);
        let kept = match settled {
            Ok(()) => pace.keep(count).await,
            broken => broken,
        };
        if let Err(ended) = kept {
            return ended;
        }
    }
}

fn wrapped(core: &Core, letter: &Letter, stamp: Stamp) -> (String, Vec<u8>) {
    let (kind, id, room, text) = match letter {
        Letter::Say {
            room,
            from,
            message,
        } => (Kind::Say, *from, &**room, message),
        Letter::Direct { to, json } => (Kind::Direct, *to, "", json),
    };
    let frame = Frame {
        kind,
        stamp,
        id,
        room,
        text,
    };
    let channel = match letter {
        Letter::Say { room, .. } => core.keys.room(room),
        Letter::Direct { to, .. } => core.keys.node(to.node()),
    };
    (channel, frame.encode())
}

/// Tells how far each message came. An error: nobody hears a channel that this node should hear.
fn settle(
    core: &Core,
    batch: &mut Vec<Entry>,
    answers: Vec<Value>,
    sent: Instant,
) -> Result<(), Ended> {
    let confirmed = core.reach();
    let meter = core.local.meter();
    let now = Instant::now();
    let mut deaf = false;
    let mut refused = None;
    for (entry, answer) in batch.drain(..).zip(answers) {
        let reach = match (number(&answer), &entry.letter) {
            (None, _) => {
                refused = answer.extract_error().err();
                Reach::Here(Why::Down)
            }
            (Some(0), Letter::Direct { .. }) if confirmed == Reach::Everywhere => Reach::Nobody,
            (Some(1..), Letter::Direct { .. }) => Reach::Everywhere,
            (Some(hearers), Letter::Say { room, .. }) => {
                deaf |= hearers == 0 && core.heard.since_before(room, sent);
                confirmed
            }
            (Some(_), Letter::Direct { .. }) => confirmed,
        };
        match reach {
            Reach::Here(why) => meter.unconfirmed(1, why),
            _ => meter.published(1, now.saturating_duration_since(entry.at)),
        }
        // Its client may be gone.
        let _ = entry.receipt.send(reach);
    }
    match (refused, deaf) {
        (Some(error), _) => Err(Ended::broken(&error)),
        (None, true) => Err(Ended::Broken("the subscriptions are gone".to_owned())),
        (None, false) => Ok(()),
    }
}
