//! What a client may do: rights that the application grants, and logins that fail.

use super::Connection;
use crate::address;
use crate::rights::Bits;
use actionline_specs::{Fault, wire};
use std::net::IpAddr;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// No mounted spec names a right: see [`Connection::grant`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no spec of the server names the right `{name}` under `requires`")]
pub struct UnknownRight {
    /// The name.
    pub name: String,
}

/// Too many logins wait already at the client's address: see [`Connection::login_turn`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("too many logins have failed from this address")]
pub struct TooManyLogins {
    /// When it is worth another try.
    pub retry_after: Duration,
}

impl Connection {
    /// Gives the client a right, as a login does. With all that the specs' own `requires` ask for, it enters the default
    /// room and the limits `login-time` and `login-bytes` are over.
    ///
    /// # Errors
    /// No mounted spec names the right.
    pub fn grant(&self, right: &str) -> Result<(), UnknownRight> {
        let bit = self.right(right)?;
        self.change_rights(|rights| rights | bit);
        Ok(())
    }

    /// Takes a right from the client. Without all that the specs' own `requires` ask for, it leaves its room. Requests
    /// that run already are not stopped.
    ///
    /// # Errors
    /// No mounted spec names the right.
    pub fn revoke(&self, right: &str) -> Result<(), UnknownRight> {
        let bit = self.right(right)?;
        self.change_rights(|rights| rights & !bit);
        Ok(())
    }

    /// Whether the client has a right. One that no spec names, nobody has.
    pub fn has_right(&self, right: &str) -> bool {
        self.right(right).is_ok_and(|bit| self.may(bit))
    }

    /// Waits for its turn to try a login. Call it before a password is looked at, and [`Connection::login_failed`] when
    /// that is wrong. An address from which no login has failed lately has no turns to wait for; after three that failed
    /// there are pauses, 250 milliseconds first, then twice as long each time, up to 4 seconds. After ten minutes without
    /// a failed login all is forgotten. An IPv6 network of 64 bits counts as one address; those of
    /// [`Config::exempt`](crate::Config::exempt) never wait.
    ///
    /// # Errors
    /// More than one wait already: refuse the login.
    pub async fn login_turn(&self) -> Result<(), TooManyLogins> {
        let Some(address) = self.address() else {
            return Ok(());
        };
        let shared = &self.shared;
        match shared.logins.turn(address, shared.clock.now()) {
            Ok(None) => {}
            Ok(Some(at)) => shared.clock.sleep_until(at).await,
            Err(retry_after) => return Err(TooManyLogins { retry_after }),
        }
        Ok(())
    }

    /// Notes that a login has failed: the next ones from the client's address wait. See [`Connection::login_turn`].
    pub fn login_failed(&self) {
        if let Some(address) = self.address() {
            let shared = &self.shared;
            shared.logins.failed(address, shared.clock.now());
        }
    }

    fn address(&self) -> Option<IpAddr> {
        address::counted(self.peer?.ip(), &self.shared.config.exempt)
    }

    fn right(&self, name: &str) -> Result<Bits, UnknownRight> {
        let bit = self.shared.rights.bit(name);
        bit.ok_or_else(|| UnknownRight {
            name: name.to_owned(),
        })
    }

    /// Whether the client has all these rights.
    pub(crate) fn may(&self, needs: Bits) -> bool {
        // Most actions of most specs need none.
        needs == 0 || needs & !self.rights.load(Ordering::Acquire) == 0
    }

    /// The fault for what the client has no rights to.
    #[cold]
    pub(crate) fn forbidden(&self, name: &str, needs: Bits) -> Fault {
        Fault::forbidden(name, self.shared.rights.names(needs))
    }

    /// Whether the client has what everything needs.
    pub(crate) fn is_admitted(&self) -> bool {
        self.may(self.shared.rights.entry())
    }

    /// Changes the rights, and sees that the client is in a room just as long as it may be.
    pub(super) fn change_rights(&self, change: impl Fn(Bits) -> Bits) {
        let hub = &self.shared.hub;
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        let rights = change(self.rights.load(Ordering::Acquire));
        // Changed under the lock alone.
        self.rights.store(rights, Ordering::Release);
        let admitted = self.is_admitted();
        self.outbox.set_strangers(!admitted);
        let (moved, said) = match (&*room, admitted) {
            (None, true) if !self.outbox.is_closed() => {
                let name = &self.shared.config.default_room;
                let entered = hub.local.rooms.join(name, self.id, &self.outbox);
                *room = Some(entered.clone());
                (entered, wire::ENTERED)
            }
            (Some(left), false) => {
                let left = left.clone();
                hub.local.rooms.leave(&left, self.id);
                *room = None;
                (left, wire::LEFT)
            }
            _ => return,
        };
        drop(room);
        drop(hub.bus.moved(moved.name(), self.id));
        self.announce(&moved, said);
    }
}

/// Compares secrets in a time that tells nothing of where they differ, only whether their lengths do.
pub fn constant_time_eq(one: &[u8], other: &[u8]) -> bool {
    use subtle::ConstantTimeEq;
    one.ct_eq(other).into()
}

#[cfg(test)]
mod tests {
    use super::constant_time_eq;

    #[test]
    fn only_equal_secrets_are_equal() {
        assert!(constant_time_eq(b"", b""));
        assert!(constant_time_eq(b"secret", b"secret"));
        for other in ["", "secre", "secrets", "Secret", "secreT"] {
            assert!(!constant_time_eq(b"secret", other.as_bytes()));
        }
    }
}
