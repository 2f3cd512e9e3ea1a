//! The link to the other nodes; nothing when there are none.

use super::text::{Family, Text};
use crate::hub::Hub;
use crate::hub::bus::Health;
use crate::meter::BOUNDS;

pub(super) fn write(hub: &Hub, text: &mut Text) {
    let (up, nodes) = match hub.bus.health() {
        Health::Solo => return,
        Health::Up { nodes, .. } => (1, nodes),
        Health::Down { .. } => (0, 0),
    };
    let link = hub.local.link.read();
    for (name, help, value) in [
        (
            "actionline_link_up",
            "1 while the link to the other nodes works.",
            up,
        ),
        (
            "actionline_link_nodes",
            "Other nodes that are known now.",
            nodes.into(),
        ),
        (
            "actionline_link_owed",
            "Receipts that other nodes owe now.",
            link.owed,
        ),
        (
            "actionline_link_queue_messages",
            "Messages that wait to be sent to other nodes.",
            link.queued,
        ),
        (
            "actionline_link_queue_bytes",
            "Bytes that wait to be sent to other nodes.",
            link.queued_bytes,
        ),
    ] {
        text.gauge(name, help).of(&[], value);
    }
    for (name, help, count) in [
        (
            "actionline_link_sessions_total",
            "Sessions with the backplane; all but the first are reconnects.",
            link.sessions,
        ),
        (
            "actionline_link_gaps_total",
            "How often clients were told that messages may be missing.",
            link.gaps,
        ),
        (
            "actionline_link_received_total",
            "Messages of other nodes that were delivered here.",
            link.received,
        ),
    ] {
        text.counter(name, help).of(&[], count);
    }
    let here = text.counter(
        "actionline_link_local_total",
        "Messages that reached this node only, by why.",
    );
    by_why(here, &link.here);
    let dropped = text.counter(
        "actionline_link_dropped_total",
        "Messages of other nodes that were not delivered, by why.",
    );
    by_why(dropped, &link.dropped);
    text.histogram(
        "actionline_link_publish_seconds",
        "From queuing a message for other nodes to its confirmation.",
    )
    .histogram(&[], &BOUNDS, &link.took, link.nanos);
}

fn by_why(mut family: Family<'_>, counts: &[(&str, u64)]) {
    for (why, count) in counts {
        family = family.of(&[("why", why)], *count);
    }
}
