//! The bytes between nodes. What comes in is a stranger's until it has been read: everything is checked, nothing is
//! passed on as it is.

use crate::hub::bus::Dropped;
use crate::hub::id::{ConnId, NodeId};

/// Of the layout below. A node drops versions that it does not know, so that nodes of two versions share a room as far
/// as both can.
const VERSION: u8 = 1;
/// Longest text of a message, in bytes; what a node sends is no longer.
pub(super) const LONGEST: usize = 64 * 1024;
/// Version, kind, node, session, seq, id, length of the room's name.
const HEADER: usize = 1 + 1 + 4 + 4 + 8 + 16 + 2;

/// What a frame is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Said in a room.
    Say = 1,
    /// A direct message: the text is a JSON object.
    Direct = 2,
    /// A node has come or gone.
    Nodes = 3,
}

/// Which node sent it, and as its which message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) node: NodeId,
    /// The number of the node's session with Redis.
    pub(super) session: u32,
    /// The number of the message in the session.
    pub(super) seq: u64,
}

/// One message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame<'a> {
    pub(super) kind: Kind,
    pub(super) stamp: Stamp,
    /// Who said it, or whom it is for.
    pub(super) id: ConnId,
    pub(super) room: &'a str,
    pub(super) text: &'a str,
}

impl<'a> Frame<'a> {
    /// Whether a node may send this much.
    pub(super) fn fits(room: &str, text: &str) -> bool {
        room.len() <= usize::from(u16::MAX) && text.len() <= LONGEST
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER + self.room.len() + self.text.len());
        bytes.extend([VERSION, self.kind as u8]);
        bytes.extend(self.stamp.node.0.to_be_bytes());
        bytes.extend(self.stamp.session.to_be_bytes());
        bytes.extend(self.stamp.seq.to_be_bytes());
        bytes.extend(self.id.0.to_be_bytes());
        bytes.extend((self.room.len() as u16).to_be_bytes());
        bytes.extend(self.room.as_bytes());
        bytes.extend(self.text.as_bytes());
        bytes
    }

    /// Reads the node alone: enough to drop one's own echo.
    pub(super) fn origin(bytes: &[u8]) -> Option<NodeId> {
        let (_, node) = bytes.split_at_checked(2)?;
        Some(NodeId(u32::from_be_bytes(*node.first_chunk()?)))
    }

    pub(super) fn decode(bytes: &'a [u8]) -> Result<Self, Dropped> {
        if bytes.first() != Some(&VERSION) {
            return Err(match bytes {
                [] => Dropped::Malformed,
                _ => Dropped::Version,
            });
        }
        if bytes.len() > HEADER + usize::from(u16::MAX) + LONGEST {
            return Err(Dropped::Size);
        }
        let mut rest = &bytes[1..];
        let [kind] = take(&mut rest)?;
        let kind = match kind {
            1 => Kind::Say,
            2 => Kind::Direct,
            3 => Kind::Nodes,
            _ => return Err(Dropped::Version),
        };
        let stamp = Stamp {
            node: NodeId(u32::from_be_bytes(take(&mut rest)?)),
            session: u32::from_be_bytes(take(&mut rest)?),
            seq: u64::from_be_bytes(take(&mut rest)?),
        };
        let id = ConnId(u128::from_be_bytes(take(&mut rest)?));
        let length = usize::from(u16::from_be_bytes(take(&mut rest)?));
        let (room, text) = rest.split_at_checked(length).ok_or(Dropped::Malformed)?;
        if text.len() > LONGEST {
            return Err(Dropped::Size);
        }
        let utf8 = |bytes| std::str::from_utf8(bytes).map_err(|_| Dropped::Malformed);
        Ok(Self {
            kind,
            stamp,
            id,
            room: utf8(room)?,
            text: utf8(text)?,
        })
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], Dropped> {
    let (found, after) = rest.split_first_chunk().ok_or(Dropped::Malformed)?;
    *rest = after;
    Ok(*found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stamp() -> Stamp {
        Stamp {
            node: NodeId(7),
            session: 2,
            seq: 3,
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            kind in prop_oneof![Just(Kind::Say), Just(Kind::Direct), Just(Kind::Nodes)],
            node in any::<u32>(), session in any::<u32>(), seq in any::<u64>(), id in any::<u128>(),
            room in ".{0,40}", text in ".{0,200}",
        ) {
            let stamp = Stamp { node: NodeId(node), session, seq };
            let frame = Frame { kind, stamp, id: ConnId(id), room: &room, text: &text };
            let bytes = frame.encode();
            prop_assert_eq!(Frame::origin(&bytes), Some(NodeId(node)));
            prop_assert_eq!(Frame::decode(&bytes), Ok(frame));
            // Cut anywhere before the text, it is nothing.
            for end in 0..bytes.len() - text.len() {
                prop_assert!(Frame::decode(&bytes[..end]).is_err());
            }
        }

        #[test]
        fn hostile_bytes_are_refused_or_read_and_never_more_than_a_node_sends(
            mut bytes in proptest::collection::vec(any::<u8>(), 0..300), known in any::<bool>(),
        ) {
            if known && bytes.len() > 2 {
                bytes[..2].copy_from_slice(&[VERSION, Kind::Say as u8]);
            }
            if let Ok(frame) = Frame::decode(&bytes) {
                prop_assert_eq!(frame.encode(), bytes);
            }
        }
    }

    #[test]
    fn each_fault_has_its_name() {
        let good = Frame {
            kind: Kind::Say,
            stamp: stamp(),
            id: ConnId(1),
            room: "r",
            text: "hi",
        };
        let long = "x".repeat(LONGEST + 1);
        assert!(Frame::fits("r", &long[1..]) && !Frame::fits("r", &long));
        let mut newer = good.encode();
        newer[0] = 2;
        let mut kind = good.encode();
        kind[1] = 9;
        let mut text = good.encode();
        *text.last_mut().expect("a text") = 0xff;
        let size = Frame {
            text: &long,
            ..good
        };
        for (bytes, why) in [
            (newer, Dropped::Version),
            (kind, Dropped::Version),
            (text, Dropped::Malformed),
            (size.encode(), Dropped::Size),
            (Vec::new(), Dropped::Malformed),
            (vec![VERSION], Dropped::Malformed),
        ] {
            assert_eq!(Frame::decode(&bytes), Err(why));
        }
    }
}
