//! A node says no more than it can hear. Messages come back over the other connection, with those of all nodes; if they wait
//! there, the speakers wait too. Without this a node that cannot keep up would lose its link for it.

use super::common::Core;
use super::ended::Ended;
use super::pulse::ping;
use super::route::Route;
use std::sync::Arc;
use tokio_util::task::AbortOnDropHandle;

/// After so many messages the other connection is asked; before as many again are sent, it has answered. What is to be heard
/// stands before its answer.
const AHEAD: usize = 2048;

/// How far ahead a node is of what it hears.
pub(super) struct Pace {
    core: Arc<Core>,
    subscriber: Route,
    sent: usize,
    asked: Option<AbortOnDropHandle<Result<(), Ended>>>,
}

impl Pace {
    pub(super) fn new(core: Arc<Core>, subscriber: Route) -> Self {
        Self {
            core,
            subscriber,
            sent: 0,
            asked: None,
        }
    }

    /// So many more were sent: waits if that is too far ahead.
    pub(super) async fn keep(&mut self, count: usize) -> Result<(), Ended> {
        self.sent += count;
        if self.sent < AHEAD {
            return Ok(());
        }
        self.sent = 0;
        if let Some(asked) = self.asked.take() {
            let heard = asked.await;
            heard.map_err(|error| Ended::Broken(error.to_string()))??;
        }
        let (core, subscriber) = (self.core.clone(), self.subscriber.clone());
        let asking = tokio::spawn(async move { ping(&core, &subscriber).await });
        self.asked = Some(AbortOnDropHandle::new(asking));
        Ok(())
    }
}
