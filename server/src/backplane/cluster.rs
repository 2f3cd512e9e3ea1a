//! What a session asks of a Redis Cluster: who has which slots, and whether that is still so. It never follows a slot that
//! moves: the session is over then, and the next one asks anew.

use super::address::Address;
use super::common::Core;
use super::connect::connect;
use super::ended::{Ended, asked};
use super::route::Route;
use super::slots::Slots;
use redis::{Cmd, PushInfo, Value, cmd};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio_util::sync::CancellationToken;

/// What the log says of a Redis that is none of a cluster.
const ALONE: &str = "it is no Redis Cluster: start this server without backplane-sharded";
/// What the log says of a cluster without the setting.
pub(super) const SHARDED: &str = "it is a Redis Cluster: start this server with backplane-sharded";

/// The nodes that a cluster was last seen to have: each session asks another, as the one that was named may be gone.
#[derive(Debug, Default)]
pub(super) struct Seeds(Mutex<Vec<Address>>);

impl Seeds {
    fn lock(&self) -> MutexGuard<'_, Vec<Address>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whom the session of this number asks: the named one first, and then all in turn.
    fn pick(&self, named: &Address, number: u32) -> Address {
        let known = self.lock();
        let turn = (number as usize).saturating_sub(1) % (known.len() + 1);
        let known = turn.checked_sub(1).and_then(|turn| known.get(turn));
        known.unwrap_or(named).clone()
    }
}

fn ask_slots() -> Cmd {
    let mut ask = cmd("CLUSTER");
    ask.arg("SLOTS");
    ask
}

/// Asks one node for all of them.
pub(super) async fn read(core: &Core, number: u32) -> Result<Slots, Ended> {
    let seed = core.seeds.pick(&core.options.address, number);
    let failed = |error: &dyn std::fmt::Display| Ended::Broken(format!("{seed}: {error}"));
    let name = core.client_name("slots");
    let wire = connect(&core.options, &seed, &name, None::<fn(PushInfo)>).await;
    let mut wire = wire.map_err(|error| failed(&error))?;
    let answer: Value = match ask_slots().query_async(&mut wire.conn).await {
        Ok(answer) => answer,
        Err(error) if error.to_string().contains("support disabled") => {
            return Err(Ended::Broken(ALONE.to_owned()));
        }
        Err(error) => return Err(failed(&error)),
    };
    let slots = Slots::read(&answer, &seed).map_err(|why| failed(&why))?;
    core.seeds.lock().clone_from(&slots.nodes().to_vec());
    Ok(slots)
}

/// Whether each master still serves, and every slot is where it was. A master that the others have cut off says itself
/// that it does not serve; of the slots one is asked, each time another.
pub(super) async fn look(core: &Core, route: &Route, turn: usize) -> Result<(), Ended> {
    let Some(slots) = route.slots() else {
        return Ok(());
    };
    let timeout = core.options.timeout;
    let mut info = cmd("CLUSTER");
    info.arg("INFO");
    for answer in asked(timeout, route.each(&info)).await? {
        let text = answer.extract_error().and_then(|answer| {
            let text: String = redis::from_redis_value(answer)?;
            Ok(text)
        });
        let text = text.map_err(|error| Ended::broken(&error))?;
        if !text.contains("cluster_state:ok") {
            let why = "the cluster does not serve all slots";
            return Err(Ended::Broken(why.to_owned()));
        }
    }
    let conns = route.conns();
    let mut conn = conns[turn % conns.len()].clone();
    let answer: Value = asked(timeout, ask_slots().query_async(&mut conn)).await?;
    match Slots::read(&answer, &core.options.address) {
        Ok(now) if now == *slots => Ok(()),
        Ok(_) => Err(Ended::Moved),
        Err(why) => Err(Ended::Broken(why.to_string())),
    }
}

/// Subscriptions that Redis says are over: those that were asked for, and others, whose slot has moved.
#[derive(Debug, Default)]
pub(super) struct Parted {
    asked: AtomicI64,
    lost: CancellationToken,
}

impl Parted {
    /// So many are about to be asked for.
    pub(super) fn ask(&self, count: usize) {
        self.asked.fetch_add(count as i64, Ordering::SeqCst);
    }

    /// One is over.
    pub(super) fn told(&self) {
        if self.asked.fetch_sub(1, Ordering::SeqCst) <= 0 {
            self.lost.cancel();
        }
    }

    /// Waits until one is over that nobody asked for.
    pub(super) async fn lost(&self) {
        self.lost.cancelled().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_that_was_seen_is_asked_in_turn() {
        let address = |text| Address::read(text).expect("a good URL");
        let (named, seeds) = (address("redis://named"), Seeds::default());
        let picked = |number| seeds.pick(&named, number).host;
        assert_eq!(
            (picked(1), picked(2)),
            ("named".to_owned(), "named".to_owned())
        );
        *seeds.lock() = vec![address("redis://a"), address("redis://b")];
        let turns: Vec<String> = (1..=4).map(picked).collect();
        assert_eq!(turns, ["named", "a", "b", "named"]);
    }

    #[test]
    fn one_subscription_more_than_was_asked_for_is_lost() {
        let parted = Parted::default();
        parted.ask(2);
        parted.told();
        parted.told();
        assert!(!parted.lost.is_cancelled());
        parted.told();
        assert!(parted.lost.is_cancelled());
    }
}
