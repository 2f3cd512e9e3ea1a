//! Handlers that may wait. What a call needs memory for is lent by the thread and given back with the answer: one that
//! does not wait after all allocates nothing.

use super::{Cx, Outcome};
use crate::connection::Connection;
use actionline_specs::{OwnedSlots, Slot};
use std::cell::Cell;
use std::future::Future;
use std::sync::Arc;
use tokio_util::sync::ReusableBoxFuture;

/// A handler that may wait: makes its future, in the place of an earlier one if there is any.
pub type AsyncCall = fn(OwnedCx, Option<Answering>) -> Answering;

/// The future of a handler that may wait.
pub type Answering = ReusableBoxFuture<'static, Answered>;

/// Who calls and with what, for a handler that may wait. The slots are bound and validated, one for each declared
/// param in declared order, the spec's common params last.
#[derive(Debug)]
pub struct OwnedCx {
    conn: Arc<Connection>,
    memory: Box<Memory>,
}

/// What came of a call.
#[derive(Debug)]
pub struct Answered {
    /// What the handler did.
    pub outcome: Outcome,
    /// Among it the JSON object that it wrote, if it did.
    pub memory: Box<Memory>,
}

/// The memory of a call, beside its future's.
#[derive(Debug, Default)]
pub struct Memory {
    slots: OwnedSlots,
    /// The reply.
    pub out: Vec<u8>,
}

/// A buffer that grew beyond this is not kept.
const KEEP: usize = 16 * 1024;

thread_local! {
    /// Taken out while in use, so that a handler which drives another connection on this thread cannot meet it.
    static SPARE: Cell<Option<(Box<Memory>, Answering)>> = const { Cell::new(None) };
}

impl OwnedCx {
    /// The borrowed form, the bound params, and the buffer that the reply is written to.
    pub fn parts(&mut self) -> (Cx<'_>, &OwnedSlots, &mut Vec<u8>) {
        let Memory { slots, out } = &mut *self.memory;
        (Cx { conn: &self.conn }, slots, out)
    }

    /// Ends the call.
    pub fn answered(self, outcome: Outcome) -> Answered {
        Answered {
            outcome,
            memory: self.memory,
        }
    }
}

/// Makes the future of a call.
pub(crate) fn begin(call: AsyncCall, conn: &Arc<Connection>, slots: &[Slot<'_>]) -> Answering {
    let (mut memory, future) = match SPARE.take() {
        Some((memory, future)) => (memory, Some(future)),
        None => (Box::default(), None),
    };
    memory.slots.fill(slots);
    let conn = Arc::clone(conn);
    call(OwnedCx { conn, memory }, future)
}

/// Keeps the memory of a call that has been answered.
pub(crate) fn give_back(future: Answering, mut memory: Box<Memory>) {
    memory.out.clear();
    if memory.out.capacity() <= KEEP && memory.slots.capacity() <= KEEP {
        SPARE.set(Some((memory, future)));
    }
}

/// Puts a future where an earlier one was.
pub fn place<F>(earlier: Option<Answering>, future: F) -> Answering
where
    F: Future<Output = Answered> + Send + 'static,
{
    match earlier {
        Some(mut place) => {
            place.set(future);
            place
        }
        None => Answering::new(future),
    }
}
