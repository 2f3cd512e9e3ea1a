//! What a client may have under way besides what everybody has: places among the actions that wait, and the files.

use super::Session;
use crate::address;
use crate::files::FileSource;
use crate::gauge::{Seat, Share};
use crate::memory::Step;
use crate::table::ActionEntry;
use actionline_specs::{Fault, Returns, limits};

/// The places that a request takes up.
#[derive(Debug, Default)]
pub(super) struct Seats {
    /// Among all actions that wait.
    pub(super) action: Option<Seat>,
    /// Among the files.
    pub(super) file: Option<FileSeat>,
}

/// A file's place: among all, and among those of its client's address.
#[derive(Debug)]
pub(super) struct FileSeat {
    _all: Seat,
    _address: Option<Share>,
}

/// A file on its way.
#[derive(Debug)]
pub(super) struct Sending {
    pub(super) source: Box<dyn FileSource>,
    pub(super) _seat: Option<FileSeat>,
}

impl Session {
    /// A place for the file that an action answers with, if it does.
    pub(super) fn file_seat(&mut self, entry: &ActionEntry) -> Result<Option<FileSeat>, Fault> {
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
        let (shared, most) = (self.conn.shared(), limits.address_files());
        let peer = self.conn.peer().map(|peer| peer.ip());
        let address = peer.and_then(|peer| address::counted(peer, &shared.config.exempt));
        let share = address.map(|address| {
            let share = shared.address_files.try_take(address, most);
            share.ok_or_else(|| limits::ADDRESS_FILES.reached(most, &[]))
        });
        let share = share.transpose()?;
        let all = limits.files_total();
        let seat = shared.files.try_enter(all);
        let seat = seat.ok_or_else(|| limits::FILES_TOTAL.reached(all, &[]))?;
        Ok(Some(FileSeat {
            _all: seat,
            _address: share,
        }))
    }
}
