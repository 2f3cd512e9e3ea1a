//! The end of a server: who asks for it, and how everybody leaves.

use crate::hub::stopping;
use crate::shared::Shared;
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

/// SIGHUP, which asks a server to read its files anew and would else end the process. It is noted from when this is made;
/// where there is no such signal, none comes.
#[cfg(feature = "cli")]
#[derive(Debug)]
pub(crate) struct Hangups {
    #[cfg(unix)]
    signal: Signal,
}

#[cfg(feature = "cli")]
impl Hangups {
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            signal: signal(SignalKind::hangup())?,
        })
    }

    /// Does this for each; never done.
    #[cfg_attr(not(unix), expect(unused_mut, unused_variables))]
    pub(crate) async fn each(mut self, mut act: impl FnMut()) {
        #[cfg(unix)]
        while self.signal.recv().await.is_some() {
            act();
        }
        std::future::pending().await
    }
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
    shared.stopping.cancel();
    for (id, outbox) in shared.hub.local.directory.all() {
        outbox.end(stopping(id));
    }
    let limit = Duration::from_secs(shared.limits.drain());
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
