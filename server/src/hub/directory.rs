//! Connections by id.

use crate::connection::Connection;
use crate::hub::id::ConnId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// Every open connection of this node.
#[derive(Debug, Default)]
pub(crate) struct Directory(Mutex<HashMap<ConnId, Weak<Connection>>>);

impl Directory {
    fn lock(&self) -> MutexGuard<'_, HashMap<ConnId, Weak<Connection>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn insert(&self, conn: &Arc<Connection>) {
        self.lock().insert(conn.id(), Arc::downgrade(conn));
    }

    pub(crate) fn remove(&self, id: ConnId) {
        self.lock().remove(&id);
    }

    pub(crate) fn get(&self, id: ConnId) -> Option<Arc<Connection>> {
        self.lock().get(&id).and_then(Weak::upgrade)
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().len()
    }

    /// Every connection open now.
    pub(crate) fn all(&self) -> Vec<Arc<Connection>> {
        self.lock().values().filter_map(Weak::upgrade).collect()
    }
}
