//! The other nodes' counters, which each writes beside its lease.

use super::common::Core;
use super::ended::{Ended, asked};
use super::lease;
use crate::hub::bus::{Counters, Reach, Totals};
use crate::hub::id::NodeId;
use redis::cmd;
use std::collections::HashMap;

/// Adds them up.
pub(super) async fn add(core: &Core) -> Totals {
    let (nodes, counters, reach) = match read(core).await {
        Ok((nodes, counters)) => (nodes, counters, core.reach()),
        Err(reach) => (Vec::new(), Counters::default(), reach),
    };
    Totals {
        nodes,
        counters,
        reach,
    }
}

async fn read(core: &Core) -> Result<(Vec<NodeId>, Counters), Reach> {
    let route = core.commands.get().ok_or_else(|| core.reach())?;
    let told = |ended: Ended| Reach::Here(ended.why());
    let others = core.live.others(core, &route).await.map_err(told)?;
    let mut get = cmd("HGETALL");
    let key = core.keys.counters();
    let mut conn = route.of(&key);
    let all = get.arg(key).query_async(&mut conn);
    let all: HashMap<String, String> = asked(core.options.timeout, all).await.map_err(told)?;
    let mut sum = Counters::default();
    for lease in &*others {
        let line = all.get(&lease.to_string());
        let more = line.and_then(|line| lease::counters(line));
        let more = more.unwrap_or_default();
        sum.connections = sum.connections.saturating_add(more.connections);
        sum.requests = sum.requests.saturating_add(more.requests);
        sum.said = sum.said.saturating_add(more.said);
    }
    Ok((others.iter().map(|lease| lease.node).collect(), sum))
}
