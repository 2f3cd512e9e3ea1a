//! Lines that nobody asked for (protocol §3), each as its head: everything up to `,"messageCount":`, encoded once however
//! many clients get it.

use crate::protocol::reply::write;
use actionline_specs::read_json;
use actionline_specs::wire::{self, Gap, Reason};
use serde::Serialize;
use serde::ser::Error as _;
use serde_json::{Error, Value};
use std::sync::Arc;

/// A line up to, not including, `,"messageCount":`; whoever gets it shares it.
pub(crate) type Head = Arc<[u8]>;

/// The first line. `context` comes after its own fields, as the seed shows.
pub(crate) fn welcome(text: &str, room: &str) -> Head {
    #[derive(Serialize)]
    struct Welcome<'a> {
        welcome: &'a str,
        room: &'a str,
        context: &'a str,
    }
    head(&Welcome {
        welcome: text,
        room,
        context: wire::API,
    })
}

/// A sign of life. `time` is RFC 3339, UTC, milliseconds.
pub(crate) fn keep_alive(time: jiff::Timestamp) -> Head {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct KeepAlive<'a> {
        context: &'a str,
        status: &'a str,
        server_time: String,
    }
    head(&KeepAlive {
        context: wire::API,
        status: wire::KEEP_ALIVE,
        server_time: format!("{time:.3}"),
    })
}

/// The link to the other nodes is back; messages since `since` may be missing (protocol §9).
pub(crate) fn gap(since: jiff::Timestamp, reason: Gap) -> Head {
    #[derive(Serialize)]
    struct Notice<'a> {
        context: &'a str,
        status: &'a str,
        since: String,
        reason: &'a str,
    }
    head(&Notice {
        context: wire::API,
        status: wire::GAP,
        since: format!("{since:.3}"),
        reason: reason.word(),
    })
}

/// Something said in a room.
pub(crate) fn said(message: &str, from: &str, room: &str) -> Head {
    #[derive(Serialize)]
    struct Said<'a> {
        context: &'a str,
        message: &'a str,
        from: &'a str,
        room: &'a str,
    }
    head(&Said {
        context: wire::USER,
        message,
        from,
        room,
    })
}

/// A direct message that the spec declares under `pushes`: what [`Handle::send`](crate::Handle::send) and
/// [`Connection::send`](crate::Connection::send) take.
///
/// Derive it; the derive compares the struct with the spec.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no push, so it cannot be sent",
    label = "not a push",
    note = "declare the message under `pushes` in actions.yaml, and send a struct with its fields that derives `actionline::Push`"
)]
pub trait Push: Serialize {
    /// Its name in the spec. It is not sent.
    const NAME: &'static str;
}

/// A direct message: the start of its line, and behind it the message as one JSON object.
#[derive(Debug)]
pub(crate) struct Direct {
    buf: Vec<u8>,
    /// Where the object starts.
    from: usize,
}

impl Direct {
    /// A message of this node. Its fields are declared, so none of them is the protocol's own.
    ///
    /// # Errors
    /// What the serialiser says, or that the message is no object.
    pub(crate) fn new(message: &impl Push) -> Result<Self, Error> {
        let mut direct = Self::start();
        serde_json::to_writer(&mut direct.buf, message)?;
        let json = &direct.buf[direct.from..];
        match json.starts_with(b"{") && json.ends_with(b"}") {
            // Only JSON that somebody else wrote, in a `RawValue`, spreads over lines.
            true if json.iter().any(|byte| *byte < b' ') => {
                Self::read(direct.json()).ok_or_else(|| Error::custom("it holds no JSON"))
            }
            true => Ok(direct),
            false => Err(Error::custom("it is no object")),
        }
    }

    /// A message of another node, whose spec may be another: fields that belong to the protocol are left out. Nothing if
    /// it is no JSON object.
    pub(crate) fn read(json: &str) -> Option<Self> {
        let Ok(Value::Object(mut fields)) = read_json(json) else {
            return None;
        };
        fields.retain(|name, _| !wire::RESERVED.contains(&name.as_str()));
        let mut direct = Self::start();
        write(&mut direct.buf, &fields);
        Some(direct)
    }

    fn start() -> Self {
        let mut buf = Vec::with_capacity(128);
        buf.extend_from_slice(b"{\"context\":\"");
        buf.extend_from_slice(wire::API.as_bytes());
        buf.push(b'"');
        let from = buf.len();
        Self { buf, from }
    }

    /// The message alone.
    pub(crate) fn json(&self) -> &str {
        std::str::from_utf8(&self.buf[self.from..]).unwrap_or_default()
    }

    /// The whole head: the object's members become the line's, in place.
    pub(crate) fn head(mut self) -> Head {
        self.buf.pop();
        match self.buf.len() == self.from + 1 {
            true => self.buf.truncate(self.from),
            false => self.buf[self.from] = b',',
        }
        Head::from(self.buf)
    }
}

/// Clients are asked to come back after at least this long, and at most twice as long, so that they do not all come at
/// once.
const RETRY_MS: u64 = 1000;

/// When a client is to come back, in milliseconds; `seed` differs from client to client.
pub(crate) fn retry_after_ms(seed: u64) -> u64 {
    RETRY_MS + seed % RETRY_MS
}

/// The last line before the server closes.
pub(crate) fn goodbye(reason: Reason, retry_after_ms: Option<u64>) -> Head {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Goodbye<'a> {
        context: &'a str,
        status: &'a str,
        reason: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<u64>,
    }
    head(&Goodbye {
        context: wire::API,
        status: wire::GOODBYE,
        reason: reason.word(),
        retry_after_ms,
    })
}

fn head(line: &impl Serialize) -> Head {
    let mut buf = Vec::with_capacity(128);
    write(&mut buf, line);
    buf.pop();
    Head::from(buf)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(message: &str) -> Option<String> {
        let head = Direct::read(message)?.head();
        Some(String::from_utf8_lossy(&head).into_owned())
    }

    #[test]
    fn what_another_node_sends_cannot_forge_the_protocols_fields() {
        for (message, wanted) in [
            ("{ }", r#"{"context":"api""#),
            (
                r#"{"z":1,"context":"forged","messageCount":9,"a":{"context":"mine"}}"#,
                r#"{"context":"api","z":1,"a":{"context":"mine"}"#,
            ),
            ("{\n\"error\":\n1}", r#"{"context":"api""#),
        ] {
            assert_eq!(head(message).as_deref(), Some(wanted));
        }
        for message in ["", "[1]", "{", "{}{}"] {
            assert_eq!(head(message), None);
        }
    }

    #[test]
    fn a_message_is_one_object() {
        #[derive(Serialize)]
        struct List([u8; 1]);
        impl Push for List {
            const NAME: &'static str = "list";
        }
        assert!(Direct::new(&List([1])).is_err());
    }
}
