//! The names of channels and keys in Redis. All begin with the application's own: pub/sub knows no databases.

use crate::hub::id::NodeId;
use std::fmt::{self, Write as _};
use std::str::FromStr;

/// One time that a node has registered its members: the name of its lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Lease {
    pub(super) node: NodeId,
    pub(super) epoch: u32,
}

impl fmt::Display for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}.{}", self.node.0, self.epoch)
    }
}

impl FromStr for Lease {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (node, epoch) = text.split_once('.').ok_or(())?;
        Ok(Self {
            node: NodeId(u32::from_str_radix(node, 16).map_err(|_| ())?),
            epoch: epoch.parse().map_err(|_| ())?,
        })
    }
}

/// Every name of one application.
#[derive(Debug)]
pub(super) struct Keys {
    prefix: String,
}

impl Keys {
    /// The names of this application; see [`is_app`].
    pub(super) fn new(app: &str) -> Self {
        Self {
            prefix: format!("al:{app}:"),
        }
    }

    /// A room's channel.
    pub(super) fn room(&self, room: &str) -> String {
        let mut key = String::with_capacity(self.prefix.len() + room.len() + 2);
        key.push_str(&self.prefix);
        key.push('{');
        // Braces in a name would make another hash tag: channel and members would part in a cluster.
        for byte in room.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                    key.push(char::from(byte));
                }
                other => {
                    let _ = write!(key, "%{other:02X}");
                }
            }
        }
        key.push('}');
        key
    }

    /// The set of a room's members under one lease.
    pub(super) fn members(&self, room: &str, lease: Lease) -> String {
        let mut key = self.room(room);
        let _ = write!(key, "{MEMBERS}{lease}");
        key
    }

    /// What every such set is called, as Redis matches names.
    pub(super) fn all_members(&self) -> String {
        format!("{}{{*}}{MEMBERS}*", self.prefix)
    }

    /// A node's own channel.
    pub(super) fn node(&self, node: NodeId) -> String {
        format!("{}n:{:08x}", self.prefix, node.0)
    }

    /// The channel of comings and goings.
    pub(super) fn nodes(&self) -> String {
        format!("{}n", self.prefix)
    }

    /// Leases and when they end.
    pub(super) fn leases(&self) -> String {
        format!("{}{{nodes}}", self.prefix)
    }

    /// The counters by lease.
    pub(super) fn counters(&self) -> String {
        format!("{}{{nodes}}:c", self.prefix)
    }

    /// Who clears away what the dead have left.
    pub(super) fn reaper(&self) -> String {
        format!("{}{{nodes}}:r", self.prefix)
    }

    /// A value of the cache.
    pub(super) fn cache(&self, key: &str) -> String {
        format!("{}c:{key}", self.prefix)
    }
}

/// Between a room's channel and a lease.
const MEMBERS: &str = ":m:";

/// The lease in the name of a set of members.
pub(super) fn lease_of(key: &str) -> Option<Lease> {
    key.rsplit_once(MEMBERS)?.1.parse().ok()
}

/// Whether an application may be called so: nothing that names and patterns of Redis give a meaning to.
pub(super) fn is_app(app: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=64).contains(&app.len()) && app.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LEASE: Lease = Lease {
        node: NodeId(0xab),
        epoch: 3,
    };

    #[test]
    fn names_are_as_documented() {
        let keys = Keys::new("app");
        assert_eq!(keys.room("defaultRoom"), "al:app:{defaultRoom}");
        assert_eq!(keys.room("}{ é:%"), "al:app:{%7D%7B%20%C3%A9%3A%25}");
        assert_eq!(keys.members("r", LEASE), "al:app:{r}:m:000000ab.3");
        assert_eq!(keys.all_members(), "al:app:{*}:m:*");
        assert_eq!(keys.node(NodeId(1)), "al:app:n:00000001");
        assert_eq!(keys.leases(), "al:app:{nodes}");
        assert_eq!(keys.cache("k:{}"), "al:app:c:k:{}");
    }

    #[test]
    fn an_application_has_a_plain_name() {
        let long = "x".repeat(65);
        for (app, good) in [
            ("a", true),
            ("my-app_2.x", true),
            ("", false),
            ("a:b", false),
            ("a*", false),
            (&long, false),
        ] {
            assert_eq!(is_app(app), good, "{app}");
        }
    }

    proptest! {
        #[test]
        fn two_rooms_have_two_names_and_one_hash_tag(a in ".{1,12}", b in ".{1,12}") {
            let keys = Keys::new("app");
            prop_assert_eq!(a == b, keys.room(&a) == keys.room(&b));
            let members = keys.members(&a, LEASE);
            prop_assert_eq!(lease_of(&members), Some(LEASE));
            prop_assert_eq!(members.matches(['{', '}']).count(), 2);
            prop_assert!(members.starts_with(&keys.room(&a)));
        }
    }
}
