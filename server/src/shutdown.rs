//! The end of a server: who asks for it, and how everybody leaves.

use crate::hub::outbox::Ending;
use crate::protocol::push::retry_after_ms;
use crate::shared::Shared;
use actionline_specs::wire::Reason;
#[cfg(feature = "signal")]
use std::io;
use std::time::Duration;
#[cfg(all(feature = "signal", unix))]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(feature = "signal")]
use tokio::sync::oneshot;
use tokio::time::timeout;
use tokio_util::task::TaskTracker;

/// After the clients were cut, a task that still runs (a handler that blocks its thread) is left alone after so long.
const LAST: Duration = Duration::from_secs(2);

/// Two futures: done when the process is asked to stop, and when it is asked again.
#[cfg(feature = "signal")]
pub(crate) fn signals() -> io::Result<(impl Future<Output = ()>, impl Future<Output = ()>)> {
    let mut signals = Signals::listen()?;
    let (pass, passed) = oneshot::channel();
    let stop = async move {
        signals.next().await;
        tracing::info!("asked to stop");
        // A server that has failed meanwhile needs no second signal.
        let _ = pass.send(signals);
    };
    let again = async move {
        match passed.await {
            Ok(mut signals) => signals.next().await,
            Err(_) => std::future::pending().await,
        }
        tracing::info!("asked to stop at once");
    };
    Ok((stop, again))
}

#[cfg(all(feature = "signal", unix))]
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

#[cfg(all(feature = "signal", unix))]
impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(all(feature = "signal", not(unix)))]
struct Signals;

#[cfg(all(feature = "signal", not(unix)))]
impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

/// Says goodbye to everybody and waits until all are gone; cuts those who are not by the `drain` limit, or when `hurry`
/// is done.
pub(crate) async fn drain(shared: &Shared, tasks: &TaskTracker, hurry: impl Future<Output = ()>) {
    shared.hub.local.stats.drains();
    for (id, outbox) in shared.hub.local.directory.all() {
        // The id is random: a jitter that needs no other source.
        outbox.end(Ending {
            reason: Reason::ShuttingDown,
            retry_after_ms: Some(retry_after_ms(id.0 as u64)),
        });
    }
    let limit = Duration::from_secs(shared.config.limits.drain);
    let gone = tokio::select! {
        waited = timeout(limit, tasks.wait()) => waited.is_ok(),
        () = hurry => false,
    };
    if gone {
        return;
    }
    let late = shared.hub.local.directory.all();
    tracing::warn!(clients = late.len(), "cut clients that took too long");
    for (_, outbox) in late {
        outbox.cut();
    }
    if timeout(LAST, tasks.wait()).await.is_err() {
        tracing::warn!(tasks = tasks.len(), "left tasks that do not end");
    }
}
