//! Which master of a cluster has which keys.

use super::address::Address;
use redis::Value;

/// Keys are spread over so many slots.
const SLOTS: usize = 16_384;

/// CRC16 as Redis has it (XMODEM), byte by byte.
const TABLE: [u16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = (byte as u16) << 8;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 0x8000 == 0 {
                crc << 1
            } else {
                (crc << 1) ^ 0x1021
            };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (crc << 8) ^ TABLE[usize::from((crc >> 8) as u8 ^ byte)]
    })
}

/// The slot of a key or a channel: that of its hash tag, if it has one.
fn slot(key: &str) -> usize {
    let tag = key
        .split_once('{')
        .and_then(|(_, rest)| rest.split_once('}'));
    let tag = tag.map_or("", |(tag, _)| tag);
    let hashed = if tag.is_empty() { key } else { tag };
    usize::from(crc16(hashed.as_bytes())) % SLOTS
}

/// The masters of a cluster, in the order of their first slots.
#[derive(Debug)]
pub(super) struct Slots {
    masters: Vec<Master>,
    /// The master of each slot.
    homes: Box<[u16]>,
    /// Every node that was named, replicas too: each can tell all of this.
    nodes: Vec<Address>,
}

#[derive(Debug)]
struct Master {
    id: String,
    address: Address,
}

/// Ids and slots alone: a node may tell another address of itself than others do.
impl PartialEq for Slots {
    fn eq(&self, other: &Self) -> bool {
        let ids = |slots: &Self| -> Vec<String> {
            let ids = slots.masters.iter().map(|master| master.id.clone());
            ids.collect()
        };
        self.homes == other.homes && ids(self) == ids(other)
    }
}

/// Why an answer is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoSlots {
    #[error("no master of the cluster has slot {0}")]
    Missing(usize),
    #[error("a node of the cluster announces no address (cluster-announce-ip, -hostname)")]
    Address,
    #[error("the answer to CLUSTER SLOTS cannot be read")]
    Unread,
}

impl Slots {
    /// Reads the answer of `CLUSTER SLOTS`. A node without a host is where `seed` is.
    pub(super) fn read(answer: &Value, seed: &Address) -> Result<Self, NoSlots> {
        const NOBODY: u16 = u16::MAX;
        let mut slots = Self {
            masters: Vec::new(),
            homes: vec![NOBODY; SLOTS].into(),
            nodes: Vec::new(),
        };
        for range in answer.as_sequence().ok_or(NoSlots::Unread)? {
            let Some([Value::Int(first), Value::Int(last), nodes @ ..]) = range.as_sequence()
            else {
                return Err(NoSlots::Unread);
            };
            let mut home = None;
            for node in nodes {
                let (id, address) = node_of(node, seed)?;
                if !slots.nodes.contains(&address) {
                    slots.nodes.push(address.clone());
                }
                // The master comes first, its replicas behind it.
                home.get_or_insert_with(|| slots.home(id, address));
            }
            let whole = usize::try_from(*first)
                .ok()
                .zip(usize::try_from(*last).ok());
            let whole = whole.and_then(|(first, last)| slots.homes.get_mut(first..=last));
            whole
                .zip(home)
                .ok_or(NoSlots::Unread)
                .map(|(whole, home)| whole.fill(home))?;
        }
        match slots.homes.iter().position(|home| *home == NOBODY) {
            Some(slot) => Err(NoSlots::Missing(slot)),
            None => Ok(slots),
        }
    }

    fn home(&mut self, id: &str, address: Address) -> u16 {
        let known = self.masters.iter().position(|master| master.id == id);
        let home = known.unwrap_or_else(|| {
            let id = id.to_owned();
            self.masters.push(Master { id, address });
            self.masters.len() - 1
        });
        home as u16
    }

    /// Where the masters are.
    pub(super) fn masters(&self) -> impl Iterator<Item = &Address> {
        self.masters.iter().map(|master| &master.address)
    }

    /// Where any node is.
    pub(super) fn nodes(&self) -> &[Address] {
        &self.nodes
    }

    /// Which of the masters has this key.
    pub(super) fn home_of(&self, key: &str) -> usize {
        usize::from(self.homes[slot(key)])
    }
}

fn node_of<'a>(node: &'a Value, seed: &Address) -> Result<(&'a str, Address), NoSlots> {
    let Some([host, Value::Int(port), Value::BulkString(id), ..]) = node.as_sequence() else {
        return Err(NoSlots::Unread);
    };
    let text = |bytes: &'a [u8]| std::str::from_utf8(bytes).map_err(|_| NoSlots::Unread);
    let host = match host {
        Value::Nil => "",
        Value::BulkString(host) => text(host)?,
        _ => return Err(NoSlots::Unread),
    };
    let host = match host {
        "?" => return Err(NoSlots::Address),
        "" => &seed.host,
        host => host,
    };
    let address = Address {
        host: host.to_owned(),
        port: u16::try_from(*port).map_err(|_| NoSlots::Unread)?,
        ..seed.clone()
    };
    Ok((text(id)?, address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_in_the_slot_that_redis_says() {
        assert_eq!(crc16(b"123456789"), 0x31c3);
        for (key, wanted) in [
            ("foo", 12182),
            ("bar", 5061),
            ("", 0),
            ("{user1000}.following", slot("user1000")),
            ("foo{bar}{zap}", slot("bar")),
            ("foo{{bar}}zap", slot("{bar")),
            ("foo{}{bar}", usize::from(crc16(b"foo{}{bar}")) % SLOTS),
            ("a}b{foo}", 12182),
        ] {
            assert_eq!(slot(key), wanted, "{key}");
        }
    }

    fn text(text: &str) -> Value {
        Value::BulkString(text.as_bytes().to_vec())
    }

    fn range(first: i64, last: i64, nodes: &[(Value, i64, &str)]) -> Value {
        let node = |(host, port, id): &(Value, i64, &str)| {
            let rest = Value::Array(Vec::new());
            Value::Array(vec![host.clone(), Value::Int(*port), text(id), rest])
        };
        let ends = [Value::Int(first), Value::Int(last)];
        Value::Array(ends.into_iter().chain(nodes.iter().map(node)).collect())
    }

    fn seed() -> Address {
        Address::read("rediss://seed:1").expect("a good URL")
    }

    fn shown(addresses: impl IntoIterator<Item = impl ToString>) -> Vec<String> {
        addresses
            .into_iter()
            .map(|address| address.to_string())
            .collect()
    }

    #[test]
    fn masters_are_told_from_replicas_and_a_node_without_a_host_is_at_the_seed() {
        let all = [
            range(0, 99, &[(Value::Nil, 7, "a"), (text("b"), 8, "b")]),
            range(100, 100, &[(text("c"), 9, "c")]),
            range(101, 16383, &[(text(""), 7, "a")]),
        ];
        let slots = Slots::read(&Value::Array(all.to_vec()), &seed()).expect("slots");
        assert_eq!(shown(slots.masters()), ["rediss://seed:7", "rediss://c:9"]);
        let nodes = ["rediss://seed:7", "rediss://b:8", "rediss://c:9"];
        assert_eq!(shown(slots.nodes()), nodes);
        assert_eq!(
            (slots.homes[99], slots.homes[100], slots.homes[101]),
            (0, 1, 0)
        );
        assert_eq!(slots.home_of("foo"), 0);
        let mut moved = all.to_vec();
        moved[1] = range(100, 100, &[(text("c"), 9, "d")]);
        let moved = Slots::read(&Value::Array(moved), &seed()).expect("slots");
        assert_ne!(slots, moved, "a replica took over");
        let mut told = all.to_vec();
        told[1] = range(100, 100, &[(text("inside"), 9, "c")]);
        let told = Slots::read(&Value::Array(told), &seed()).expect("slots");
        assert_eq!(slots, told, "another address of the same node");
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let one = |node| Value::Array(vec![range(0, 16383, &[node])]);
        for (answer, why) in [
            (Value::Int(1), NoSlots::Unread),
            (Value::Array(vec![Value::Nil]), NoSlots::Unread),
            (Value::Array(Vec::new()), NoSlots::Missing(0)),
            (one((text("?"), 7, "a")), NoSlots::Address),
            (one((text("a"), 70_000, "a")), NoSlots::Unread),
            (one((Value::Int(1), 7, "a")), NoSlots::Unread),
            (
                Value::Array(vec![range(0, 16384, &[(text("a"), 7, "a")])]),
                NoSlots::Unread,
            ),
            (
                Value::Array(vec![range(5, 1, &[(text("a"), 7, "a")])]),
                NoSlots::Unread,
            ),
            (Value::Array(vec![range(0, 16383, &[])]), NoSlots::Unread),
            (
                Value::Array(vec![range(0, 8, &[(text("a"), 7, "a")])]),
                NoSlots::Missing(9),
            ),
        ] {
            assert_eq!(Slots::read(&answer, &seed()).err(), Some(why), "{answer:?}");
        }
    }
}
