//! The end of a server: who asks for it, and how everybody leaves.

use crate::hub::outbox::Ending;
use crate::shared::Shared;
use actionline_specs::wire::Reason;
use std::time::Duration;
use tokio_util::task::TaskTracker;

/// Clients are asked to come back after at least this long, and at most twice as long, so that they do not all come at
/// once.
const RETRY_MS: u64 = 1000;

/// Done when the process is asked to stop.
#[cfg(feature = "signal")]
pub(crate) fn signal() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            tracing::info!("asked to stop");
        })
    }
    #[cfg(not(unix))]
    {
        Ok(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                tracing::info!("asked to stop");
            }
        })
    }
}

/// Says goodbye to everybody and waits until all are gone; cuts those who are not by the `drain` limit.
pub(crate) async fn drain(shared: &Shared, tasks: &TaskTracker) {
    for (id, outbox) in shared.hub.local.directory.all() {
        // The id is random: a jitter that needs no other source.
        let jitter = (id.0 as u64) % RETRY_MS;
        outbox.end(Ending {
            reason: Reason::ShuttingDown,
            retry_after_ms: Some(RETRY_MS + jitter),
        });
    }
    let limit = Duration::from_secs(shared.config.limits.drain);
    if tokio::time::timeout(limit, tasks.wait()).await.is_err() {
        let late = shared.hub.local.directory.all();
        tracing::warn!(clients = late.len(), "cut clients that took too long");
        for (_, outbox) in late {
            outbox.cut();
        }
        tasks.wait().await;
    }
}
