//! Who is who: node ids and connection ids.

use std::cell::RefCell;
use std::fmt;
use std::str::FromStr;

/// One server process; random at each start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// One connection's public id: 32 lowercase hex digits on the wire. The first eight name its node, so that a direct
/// message needs no lookup; the other 24 are random.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConnId(pub u128);

impl NodeId {
    /// A random id.
    ///
    /// # Panics
    /// When the operating system gives no randomness.
    pub fn random() -> Self {
        Self(random() as u32)
    }
}

impl ConnId {
    /// A new id on this node.
    ///
    /// # Panics
    /// When the operating system gives no randomness.
    pub fn new(node: NodeId) -> Self {
        Self((u128::from(node.0) << 96) | (random() >> 32))
    }

    /// The node that the connection is on.
    pub fn node(self) -> NodeId {
        NodeId((self.0 >> 96) as u32)
    }
}

/// Numbers asked for at a time: asking is a system call, and ids are public anyway.
const BATCH: usize = 32;

thread_local! {
    /// Random numbers that nobody has got yet.
    static RANDOM: RefCell<Vec<u128>> = const { RefCell::new(Vec::new()) };
}

fn random() -> u128 {
    RANDOM.with_borrow_mut(|numbers| {
        numbers.pop().unwrap_or_else(|| {
            let mut bytes = [0; 16 * BATCH];
            getrandom::fill(&mut bytes).expect("the operating system gives randomness");
            let (bytes, _) = bytes.as_chunks();
            numbers.extend(bytes.iter().map(|bytes| u128::from_ne_bytes(*bytes)));
            numbers.pop().unwrap_or_default()
        })
    })
}

/// Eight lowercase hex digits, as its [`ConnId`]s begin.
impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl fmt::Display for ConnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for ConnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no connection id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a connection id is 32 lowercase hex digits")]
pub struct NoConnId;

impl FromStr for ConnId {
    type Err = NoConnId;

    fn from_str(text: &str) -> Result<Self, NoConnId> {
        let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if text.len() != 32 || !text.bytes().all(hex) {
            return Err(NoConnId);
        }
        u128::from_str_radix(text, 16)
            .map(Self)
            .map_err(|_| NoConnId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_names_its_node_and_survives_the_wire() {
        let id = ConnId::new(NodeId(0xdead_beef));
        assert_eq!(id.node(), NodeId(0xdead_beef));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(id.to_string().starts_with("deadbeef"));
        for bad in [
            "",
            "x",
            "+eadbeef000000000000000000000000",
            "DEADBEEF000000000000000000000000",
        ] {
            assert_eq!(bad.parse::<ConnId>(), Err(NoConnId), "{bad}");
        }
    }
}
