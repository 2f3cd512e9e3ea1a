//! Actions that wait until the test lets them go on.

use crate::client::soon;
use actionline::{ActionError, Connection, Failure, FileReply, Reply, State, action};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// What slow actions wait for: a test sees each of them come, and opens the gate for so many of them.
#[derive(Debug, Clone, Default)]
pub struct Gates(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    gates: Mutex<HashMap<String, Arc<Gate>>>,
    /// How many wait now, at any gate.
    waiting: AtomicUsize,
    /// The most that ever waited at once.
    peak: AtomicUsize,
    /// Whether blocked threads may go on.
    unblocked: Mutex<bool>,
    unblock: Condvar,
}

#[derive(Debug)]
struct Gate {
    /// A permit for each that has come and was not counted yet.
    come: Semaphore,
    /// A permit for each that may go on.
    open: Semaphore,
}

impl Gates {
    fn gate(&self, name: &str) -> Arc<Gate> {
        let mut gates = self.0.gates.lock().unwrap_or_else(PoisonError::into_inner);
        let gate = gates.entry(name.to_owned()).or_insert_with(|| {
            Arc::new(Gate {
                come: Semaphore::new(0),
                open: Semaphore::new(0),
            })
        });
        gate.clone()
    }

    /// Waits until one more request has come to the gate.
    ///
    /// # Panics
    /// When none comes.
    pub async fn come(&self, name: &str) {
        let gate = self.gate(name);
        let come = soon("a request at the gate", gate.come.acquire()).await;
        come.expect("never closed").forget();
    }

    /// Lets so many go on, those that are still to come included.
    pub fn open(&self, name: &str, count: usize) {
        self.gate(name).open.add_permits(count);
    }

    /// The most requests that ever waited at once.
    pub fn peak(&self) -> usize {
        self.0.peak.load(Ordering::SeqCst)
    }

    /// How many wait now.
    pub fn waiting(&self) -> usize {
        self.0.waiting.load(Ordering::SeqCst)
    }

    /// Lets blocked threads go on.
    pub fn unblock(&self) {
        *self
            .0
            .unblocked
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = true;
        self.0.unblock.notify_all();
    }

    fn block(&self) {
        self.gate("blocked").come.add_permits(1);
        let unblocked = self.0.unblocked.lock();
        let unblocked = unblocked.unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .0
            .unblock
            .wait_while(unblocked, |unblocked| !*unblocked);
        drop(waited);
    }

    /// Comes to the gate, and waits until it is opened.
    ///
    /// # Panics
    /// Never: no gate is closed for good.
    pub async fn pass(&self, name: &str) {
        let gate = self.gate(name);
        let waits = Waits::start(&self.0);
        gate.come.add_permits(1);
        gate.open.acquire().await.expect("never closed").forget();
        drop(waits);
    }
}

/// Counts one that waits, also one that is given up.
struct Waits<'a>(&'a Inner);

impl<'a> Waits<'a> {
    fn start(inner: &'a Inner) -> Self {
        let now = inner.waiting.fetch_add(1, Ordering::SeqCst) + 1;
        inner.peak.fetch_max(now, Ordering::SeqCst);
        Self(inner)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Which gate it was.
#[derive(Debug, Reply)]
pub struct Gated {
    gate: String,
}

/// Waits at the gate.
#[action(spec = "src/lab.yaml")]
pub async fn gated(gate: &str, gates: State<'_, Gates>) -> Gated {
    gates.pass(gate).await;
    Gated {
        gate: gate.to_owned(),
    }
}

/// Waits at the gate, but not long.
#[action(spec = "src/lab.yaml")]
pub async fn gated_briefly(gate: &str, gates: State<'_, Gates>) -> Gated {
    gated(gate, gates).await
}

/// There is no file.
#[derive(Debug, ActionError)]
pub enum NoFile {
    /// Always.
    Gone,
}

/// Waits at the gate, then has no file.
#[action(spec = "src/lab.yaml")]
pub async fn gated_file(gate: &str, gates: State<'_, Gates>) -> Result<FileReply, NoFile> {
    gates.pass(gate).await;
    Err(NoFile::Gone)
}

/// Waits at the gate, then panics.
#[action(spec = "src/lab.yaml")]
pub async fn gated_panic(gate: &str, gates: State<'_, Gates>) {
    gates.pass(gate).await;
    panic!("as asked, after a wait");
}

/// Waits at the gate, then moves.
#[action(spec = "src/lab.yaml")]
pub async fn gated_move(
    gate: &str,
    room: &str,
    gates: State<'_, Gates>,
    conn: &Connection,
) -> Result<(), Failure> {
    gates.pass(gate).await;
    let receipt = conn.change_room(room).map_err(|fault| fault.message)?;
    receipt.await;
    Ok(())
}

/// Moves its connection later, from outside of it, and passes the gate `moved` then.
#[action(spec = "src/lab.yaml")]
pub fn move_later(gate: &str, room: &str, gates: State<'_, Gates>, conn: &Arc<Connection>) {
    let (gate, room) = (gate.to_owned(), room.to_owned());
    let (gates, conn) = (gates.clone(), conn.clone());
    tokio::spawn(async move {
        gates.pass(&gate).await;
        let moved = conn.change_room(&room).map(drop);
        gates.pass("moved").await;
        moved.map_err(|fault| fault.message)
    });
}

/// Blocks its thread.
#[action(spec = "src/lab.yaml")]
pub fn blocked(gates: State<'_, Gates>) {
    gates.block();
}
