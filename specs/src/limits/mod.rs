//! What a limit is: name, default, unit, what happens beyond it, and why the default is what it is. Settings, `--help`,
//! docs, `status` and tests read the table.

mod in_force;
mod table;

use crate::wire::Reason;
use crate::{Code, Fault, fill};
pub use in_force::InForce;
pub use table::*;

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes.
    Bytes,
    /// Characters (Unicode code points).
    Characters,
    /// Seconds.
    Seconds,
    /// Things.
    Count,
    /// Things a second.
    PerSecond,
}

impl Unit {
    /// The word after a number: `bytes`; empty for things that are just counted.
    pub const fn word(self) -> &'static str {
        match self {
            Unit::Bytes => "bytes",
            Unit::Characters => "characters",
            Unit::Seconds => "seconds",
            Unit::Count => "",
            Unit::PerSecond => "a second",
        }
    }
}

/// What a client meets that goes beyond a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// The request is refused with [`Code::LimitReached`]; its text begins with this.
    Reached(&'static str),
    /// The request is refused with this code.
    Refused(Code),
    /// The connection is closed for this reason.
    Closed(Reason),
    /// Nothing is refused: the server waits, cuts off or leaves out, as `meaning` says.
    Kept,
}

/// When a limit that is changed while the server runs holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// For whatever happens from then on.
    AtOnce,
    /// For connections made from then on.
    NewConnections,
    /// Once the server is started anew.
    Restart,
}

impl Holds {
    /// As the docs say it.
    pub const fn phrase(self) -> &'static str {
        match self {
            Holds::AtOnce => "at once",
            Holds::NewConnections => "new connections",
            Holds::Restart => "restart",
        }
    }
}

/// One limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The name in settings and docs.
    pub name: &'static str,
    /// The value when nothing else is set.
    pub default: u64,
    /// The least it may be set to; the default too, when the limit is part of the protocol and cannot be set.
    pub least: u64,
    /// The most it may be set to.
    pub most: u64,
    /// What it counts.
    pub unit: Unit,
    /// What is limited, and what happens beyond it.
    pub meaning: &'static str,
    /// What a client is told.
    pub beyond: Beyond,
    /// Why the default is what it is.
    pub reason: &'static str,
    /// When a change holds.
    pub holds: Holds,
}

impl Limit {
    /// Whether it belongs to the protocol and cannot be set.
    pub const fn is_fixed(&self) -> bool {
        self.least == self.most
    }

    /// What a client is told, in Markdown; nothing when nobody is told.
    pub fn told(&self) -> String {
        match self.beyond {
            Beyond::Reached(what) => {
                let text = fill(Code::LimitReached.template(), &[("what", what)]);
                format!("`{}`: {text}", Code::LimitReached.word())
            }
            Beyond::Refused(code) => format!("`{}`", code.word()),
            Beyond::Closed(reason) => format!("goodbye: {}", reason.word()),
            Beyond::Kept => String::new(),
        }
    }

    /// The fault for a request beyond it. `value` is what is in force, `args` stand for what differs in the text.
    pub fn reached(&'static self, value: u64, args: &[(&str, &str)]) -> Fault {
        let limit = format!("{value} {}", self.unit.word());
        let limit = limit.trim_end();
        let fault = match self.beyond {
            Beyond::Reached(what) => {
                let what = fill(what, args);
                Fault::new(Code::LimitReached, &[("what", &what), ("limit", limit)])
            }
            Beyond::Refused(code) => Fault::new(code, &[("limit", limit)]),
            Beyond::Closed(_) | Beyond::Kept => return Fault::new(Code::InternalError, &[]),
        };
        Fault {
            limit: Some(self),
            ..fault
        }
    }
}

/// The limit with this name.
pub fn by_name(name: &str) -> Option<&'static Limit> {
    ALL.iter().find(|limit| limit.name == name)
}
