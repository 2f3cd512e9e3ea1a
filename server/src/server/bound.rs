//! A server that listens, and how it serves and ends.

use crate::app::App;
use crate::error::Error;
use crate::handle::Handle;
use crate::hub::relief::relieve;
use crate::shutdown;
use crate::transport::accept::{self, Listener};
use crate::transport::tcp::Tcp;
#[cfg(feature = "tls")]
use crate::transport::tls::TlsListener;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

/// A server that listens.
#[derive(Debug)]
pub struct Bound<L = Tcp> {
    pub(super) listener: L,
    pub(super) app: App,
}

impl Bound {
    /// Where it listens.
    pub fn local_addr(&self) -> SocketAddr {
        self.listener.local_addr()
    }
}

#[cfg(feature = "tls")]
impl Bound<TlsListener<Tcp>> {
    /// Where it listens.
    pub fn local_addr(&self) -> SocketAddr {
        self.listener.inner().local_addr()
    }
}

impl<L: Listener> Bound<L> {
    /// A handle for the rest of the application.
    pub fn handle(&self) -> Handle {
        Handle(self.app.shared.clone())
    }

    /// Serves until SIGINT or SIGTERM (Ctrl-C elsewhere), then stops as [`Bound::serve_until`] does. A second signal
    /// stops it at once.
    ///
    /// # Errors
    /// The signals cannot be listened for.
    #[cfg(feature = "signal")]
    pub async fn serve(self) -> Result<(), Error> {
        let (stop, hurry) = shutdown::signals()?;
        self.serve_with(stop, hurry).await
    }

    /// Serves until `stop` is done; then accepts nobody else, answers what was read, says goodbye to every client and
    /// closes. What takes longer than the `drain` limit is cut.
    ///
    /// # Errors
    /// None at present; a server that fails as a whole will say so here.
    pub async fn serve_until(self, stop: impl Future<Output = ()>) -> Result<(), Error> {
        self.serve_with(stop, std::future::pending()).await
    }

    /// [`Bound::serve_until`]; once `hurry` is done, those who are not gone yet are cut.
    pub(crate) async fn serve_with(
        self,
        stop: impl Future<Output = ()>,
        hurry: impl Future<Output = ()>,
    ) -> Result<(), Error> {
        let shared = Arc::clone(&self.app.shared);
        let tasks = TaskTracker::new();
        let tended = self.listener.tend(Arc::clone(&shared.clock));
        // A task like those of the connections: accepting then wakes no other thread.
        let accept = accept::accept(self.listener, self.app, tasks.clone());
        let mut accepting = AbortOnDropHandle::new(tokio::spawn(accept));
        let serving = async {
            let accepted = tokio::select! {
                () = stop => {
                    accepting.abort();
                    // Ended, it listens no more.
                    accepting.await
                }
                ended = &mut accepting => ended,
            };
            if let Err(error) = accepted
                && let Ok(panic) = error.try_into_panic()
            {
                std::panic::resume_unwind(panic);
            }
            tasks.close();
            shutdown::drain(&shared, &tasks, hurry).await;
        };
        let period = Duration::from_secs(shared.limits.keep_alive());
        tokio::select! {
            // Always in this order: so a simulation can repeat it.
            biased;
            () = serving => {}
            () = shared.hub.local.heartbeat.run(period, &*shared.clock) => {}
            () = shared.hub.local.tell_gaps(&*shared.clock) => {}
            () = tended => {}
            () = relieve(&shared.memory, &shared.hub.local, &*shared.clock) => {}
        }
        shared.hub.bus.leave().await;
        Ok(())
    }
}
