//! Everything the server counts, as text that Prometheus reads (exposition format 0.0.4). No label holds a client's text:
//! values are names of the spec, of the table of limits, and words of this code.

mod link;
mod text;

use crate::meter::{BOUNDS, Meter, OUTCOMES};
use crate::process;
use crate::shared::Shared;
use actionline_specs::wire::Reason;
use std::sync::atomic::Ordering::Relaxed;
use text::{Family, Text};

/// Writes it.
pub(crate) fn write(shared: &Shared) -> String {
    let mut text = Text::default();
    build(shared, &mut text);
    connections(shared, &mut text);
    requests(shared, &mut text);
    rooms(shared, &mut text);
    queues(shared, &mut text);
    link::write(&shared.hub, &mut text);
    if let Some(meter) = &shared.meter {
        by_action(meter, &mut text);
    }
    machine(&mut text);
    text.end()
}

fn build(shared: &Shared, text: &mut Text) {
    let info = text.gauge("actionline_build_info", "1, with the versions served.");
    let (title, api) = shared
        .specs
        .first()
        .map_or(("", ""), |spec| (&spec.info.title, &spec.info.version));
    let library = env!("CARGO_PKG_VERSION");
    let labels = [("version", library), ("api", title), ("api_version", api)];
    info.of(&labels, 1);
    let up = shared.clock.now().duration_since(shared.started);
    text.gauge("actionline_uptime_seconds", "Since the server started.")
        .of(&[], up.as_secs());
    let draining = shared.stopping.is_cancelled();
    text.gauge(
        "actionline_draining",
        "1 while the server waits for its clients to go.",
    )
    .of(&[], draining.into());
    let mut limits = text.gauge("actionline_limit", "The limits in force, by name.");
    for (name, value) in shared.limits.all() {
        limits = limits.of(&[("limit", name)], value);
    }
}

/// What the process takes of the machine, under the names that Prometheus clients agree on.
fn machine(text: &mut Text) {
    for (name, help, value) in [
        (
            "process_resident_memory_bytes",
            "Memory in use, in bytes.",
            process::resident(),
        ),
        (
            "process_open_fds",
            "Open file descriptors.",
            process::open_files(),
        ),
        (
            "process_max_fds",
            "File descriptors that may be open.",
            process::most_files(),
        ),
    ] {
        if let Some(value) = value {
            text.gauge(name, help).of(&[], value);
        }
    }
}

fn connections(shared: &Shared, text: &mut Text) {
    let stats = shared.hub.local.stats();
    text.gauge("actionline_connections", "Connections open now.")
        .of(&[], stats.connections);
    text.counter(
        "actionline_connections_accepted_total",
        "Connections accepted.",
    )
    .of(&[], stats.accepted);
    let counts = &shared.hub.local.stats;
    let refused = text.counter(
        "actionline_connections_refused_total",
        "Clients turned away, by what they are told.",
    );
    by_reason(refused, counts.refused_by_reason(), TURNED_AWAY);
    let closed = text.counter(
        "actionline_connections_closed_total",
        "Connections that the server ended, by what the client is told.",
    );
    let later = |reason| !TURNED_AWAY(reason);
    by_reason(closed, counts.closed_by_reason(), later);
    let mut handshakes = text.counter(
        "actionline_handshakes_failed_total",
        "TLS handshakes that failed, by why.",
    );
    for (why, count) in counts.handshakes_failed() {
        handshakes = handshakes.of(&[("why", why.word())], count);
    }
    if let Some(end) = shared.certificate.get() {
        let end = end.load(Relaxed).try_into().unwrap_or(0);
        text.gauge(
            "actionline_certificate_end_seconds",
            "When the server's certificate ends: Unix time in seconds.",
        )
        .of(&[], end);
    }
    text.counter(
        "actionline_slow_consumers_total",
        "Clients closed because they did not read.",
    )
    .of(&[], stats.slow);
    let mut limits = text.counter(
        "actionline_limit_refusals_total",
        "Requests refused and connections ended or turned away, by the limit that was met.",
    );
    for (limit, count) in counts.by_limit() {
        limits = limits.of(&[("limit", limit)], count);
    }
}

/// The reasons of the door.
const TURNED_AWAY: fn(Reason) -> bool = |reason| {
    use Reason::{
        ConnectingTooFast, Denied, ShortOfMemory, TooManyConnections, TooManyFromAddress,
    };
    matches!(
        reason,
        TooManyConnections | ShortOfMemory | TooManyFromAddress | ConnectingTooFast | Denied
    )
};

/// Reasons of a kind are shown even before they have happened; others when they have.
fn by_reason(
    mut family: Family<'_>,
    counts: impl Iterator<Item = (Reason, u64)>,
    shown: impl Fn(Reason) -> bool,
) {
    for (reason, count) in counts {
        if shown(reason) || count > 0 {
            family = family.of(&[("reason", reason.word())], count);
        }
    }
}

fn requests(shared: &Shared, text: &mut Text) {
    let stats = shared.hub.local.stats();
    for (name, help, count) in [
        (
            "actionline_requests_total",
            "Requests run, refused ones included.",
            stats.requests,
        ),
        (
            "actionline_panics_total",
            "Handlers that panicked.",
            stats.panics,
        ),
        (
            "actionline_said_total",
            "Messages said in rooms.",
            stats.said,
        ),
        (
            "actionline_delivered_total",
            "How often something said was queued for a client.",
            stats.delivered,
        ),
    ] {
        text.counter(name, help).of(&[], count);
    }
}

fn rooms(shared: &Shared, text: &mut Text) {
    text.gauge("actionline_rooms", "Rooms in use now.")
        .of(&[], shared.hub.local.rooms.count() as u64);
}

/// What waits. The sums over the outboxes are looked up now, for nobody keeps such sums.
fn queues(shared: &Shared, text: &mut Text) {
    let (mut bytes, mut largest, mut pushes, mut clients) = (0, 0, 0, 0);
    for (_, outbox) in shared.hub.local.directory.all() {
        let waits = outbox.bytes() as u64;
        bytes += waits;
        largest = largest.max(waits);
        if waits > 0 {
            clients += 1;
            pushes += outbox.waiting() as u64;
        }
    }
    for (name, help, value) in [
        (
            "actionline_buffered_bytes",
            "Bytes buffered for clients, as the limit memory counts them.",
            shared.memory.used() as u64,
        ),
        (
            "actionline_saved_bytes",
            "Bytes of these that are params saved on connections.",
            shared.saved.bytes() as u64,
        ),
        (
            "actionline_actions_waiting",
            "Actions that wait for something.",
            shared.actions.taken() as u64,
        ),
        (
            "actionline_files",
            "Files that are opened or sent.",
            shared.files.taken() as u64,
        ),
        (
            "actionline_outbox_bytes",
            "Bytes of pushes that wait for clients.",
            bytes,
        ),
        (
            "actionline_outbox_largest_bytes",
            "Bytes that wait for the client with most of them.",
            largest,
        ),
        (
            "actionline_outbox_pushes",
            "Pushes that wait for clients.",
            pushes,
        ),
        (
            "actionline_outbox_clients",
            "Clients for whom pushes wait.",
            clients,
        ),
    ] {
        text.gauge(name, help).of(&[], value);
    }
}

fn by_action(meter: &Meter, text: &mut Text) {
    let mut outcomes = text.counter(
        "actionline_action_requests_total",
        "Requests by verb or action (- for no known one) and outcome.",
    );
    for row in meter.read() {
        for (word, count) in OUTCOMES.iter().zip(row.outcomes) {
            // Those that never happened are left out, for there may be very many.
            if count > 0 || *word == OUTCOMES[0] {
                outcomes = outcomes.of(&[("action", row.name), ("outcome", word)], count);
            }
        }
    }
    let mut took = text.histogram(
        "actionline_action_seconds",
        "From a request's turn to its answer's last byte in memory, by verb or action.",
    );
    for row in meter.read().filter(|row| row.took.iter().any(|n| *n > 0)) {
        took = took.histogram(&[("action", row.name)], &BOUNDS, &row.took, row.nanos);
    }
}
