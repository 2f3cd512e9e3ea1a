//! The connections of one session: a pair to the one Redis, or to each master of a cluster.

use super::address::Address;
use super::cluster::{self, Parted};
use super::common::Core;
use super::connect::{Unreached, Wire, connect};
use super::ended::Ended;
use super::inlet::Ear;
use super::route::Route;
use redis::PushInfo;
use std::sync::Arc;
use tokio::task::JoinSet;
use tokio_util::task::AbortOnDropHandle;

/// What a session speaks over.
pub(super) struct Dialled {
    pub(super) commands: Route,
    pub(super) subscriber: Route,
    /// Each ends with its connection.
    pub(super) drivers: JoinSet<()>,
    pub(super) parted: Arc<Parted>,
}

/// Connects to all, at once.
pub(super) async fn dial(core: &Arc<Core>, number: u32) -> Result<Dialled, Ended> {
    let slots = match core.options.sharded {
        true => Some(Arc::new(cluster::read(core, number).await?)),
        false => None,
    };
    let addresses: Vec<Address> = match &slots {
        Some(slots) => slots.masters().cloned().collect(),
        None => vec![core.options.address.clone()],
    };
    let parted = Arc::<Parted>::default();
    let pairs = addresses.into_iter().enumerate().map(|(shard, address)| {
        let ear = Ear {
            session: number,
            shard: shard as u16,
            node: core.node(),
            channel: core.keys.node(core.node()),
            parted: parted.clone(),
        };
        AbortOnDropHandle::new(tokio::spawn(pair(core.clone(), address, ear)))
    });
    let pairs: Vec<_> = pairs.collect();
    let (mut commands, mut subscriber) = (Vec::new(), Vec::new());
    let mut drivers = JoinSet::new();
    for pair in pairs {
        let pair = pair
            .await
            .map_err(|error| Ended::Broken(error.to_string()))?;
        let (one, other) = pair?;
        for (wire, conns) in [(one, &mut commands), (other, &mut subscriber)] {
            conns.push(wire.conn);
            drivers.spawn(async move {
                // Aborted or panicked, it has ended.
                let _ = wire.driver.await;
            });
        }
    }
    Ok(Dialled {
        commands: Route::new(commands, slots.clone(), parted.clone()),
        subscriber: Route::new(subscriber, slots, parted.clone()),
        drivers,
        parted,
    })
}

/// For commands, and for what others say.
async fn pair(core: Arc<Core>, address: Address, ear: Ear) -> Result<(Wire, Wire), Ended> {
    let (commands, subscriber) = (core.client_name("commands"), core.client_name("subscriber"));
    let inlet = core.clone();
    let take = move |push: PushInfo| inlet.inlet.take(&ear, push, &inlet.live, &inlet.local);
    let pair = tokio::try_join!(
        connect(&core.options, &address, &commands, None::<fn(PushInfo)>),
        connect(&core.options, &address, &subscriber, Some(take)),
    );
    pair.map_err(|error: Unreached| match core.options.sharded {
        // The log names the one that was given.
        true => Ended::Broken(format!("{address}: {error}")),
        false => Ended::Broken(error.to_string()),
    })
}
