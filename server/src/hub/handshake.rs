//! Handshakes that came to nothing.

use std::io::{Error, ErrorKind};

/// Why one did, as metrics tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failed {
    /// The client spoke something else, or had no certificate that is good.
    Refused,
    /// It was not done by `login-time`.
    Late,
    /// The client went first.
    Left,
}

impl Failed {
    pub(crate) const ALL: [Self; 3] = [Self::Refused, Self::Late, Self::Left];

    pub(crate) fn of(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::TimedOut => Self::Late,
            ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe => Self::Left,
            _ => Self::Refused,
        }
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Late => "late",
            Self::Left => "left",
        }
    }
}
