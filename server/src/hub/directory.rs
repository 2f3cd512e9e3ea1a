//! Connections by id: whom a direct message, or the server's end, is for.

use crate::hub::id::ConnId;
use crate::hub::outbox::Outbox;
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The ids are random and our own, so a quick hash will do.
type Outboxes = HashMap<ConnId, Arc<Outbox>, FixedState>;

/// Every open connection of this node.
#[derive(Debug, Default)]
pub(crate) struct Directory(Mutex<Outboxes>);

impl Directory {
    fn lock(&self) -> MutexGuard<'_, Outboxes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn insert(&self, id: ConnId, outbox: Arc<Outbox>) {
        self.lock().insert(id, outbox);
    }

    pub(crate) fn remove(&self, id: ConnId) {
        self.lock().remove(&id);
    }

    pub(crate) fn get(&self, id: ConnId) -> Option<Arc<Outbox>> {
        self.lock().get(&id).cloned()
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().len()
    }

    /// Every connection open now.
    pub(crate) fn all(&self) -> Vec<(ConnId, Arc<Outbox>)> {
        let all = self.lock();
        all.iter()
            .map(|(id, outbox)| (*id, outbox.clone()))
            .collect()
    }
}
