//! What a client may have under way besides what everybody has: places among the actions that wait, and the files.

use super::Session;
use crate::files::FileSource;
use crate::gauge::Seat;
use crate::memory::Step;
use crate::table::ActionEntry;
use actionline_specs::{Fault, Returns, limits};

/// The places that a request takes up.
#[derive(Debug, Default)]
pub(super) struct Seats {
    /// Among all actions that wait.
    pub(super) action: Option<Seat>,
    /// Among all files.
    pub(super) file: Option<Seat>,
}

/// A file on its way.
#[derive(Debug)]
pub(super) struct Sending {
    pub(super) source: Box<dyn FileSource>,
    pub(super) _seat: Option<Seat>,
}

impl Session {
    /// A place for the file that an action answers with, if it does.
    pub(super) fn file_seat(&mut self, entry: &ActionEntry) -> Result<Option<Seat>, Fault> {
        if !matches!(entry.spec.returns, Returns::File) {
            return Ok(None);
        }
        let running = self.turn.iter_mut().map(|turn| turn.last_mut());
        let running = running.chain(&mut self.labelled);
        let own = running.filter_map(|one| one.seats().file.as_ref()).count() as u64;
        if self.conn.shared().memory.sheds(Step::Files) {
            return Err(self.conn.overloaded(&limits::MEMORY));
        }
        let limits = self.limit();
        if own >= limits.files() {
            return Err(limits::FILES.reached(limits.files(), &[]));
        }
        let all = limits.files_total();
        let seat = self.conn.shared().files.try_enter(all);
        seat.map(Some)
            .ok_or_else(|| limits::FILES_TOTAL.reached(all, &[]))
    }
}
