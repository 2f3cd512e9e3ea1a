//! Lines that nobody asked for (protocol §3), each as its head: everything up to `,"messageCount":`, encoded once however
//! many clients get it.

use crate::protocol::reply::write;
use actionline_specs::wire::{self, Reason};
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};

/// The first line. `context` comes after its own fields, as the seed shows.
pub(crate) fn welcome(text: &str, room: &str) -> Bytes {
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
pub(crate) fn keep_alive(time: jiff::Timestamp) -> Bytes {
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

/// Something said in a room.
pub(crate) fn said(message: &str, from: &str, room: &str) -> Bytes {
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

/// A direct message: its own fields after `context`. Fields that belong to the protocol are left out.
pub(crate) fn direct(fields: &Map<String, Value>) -> Bytes {
    let mut buf = format!("{{\"context\":\"{}\"", wire::API).into_bytes();
    for (name, value) in fields {
        if wire::RESERVED.contains(&name.as_str()) {
            continue;
        }
        buf.push(b',');
        write(&mut buf, name);
        buf.push(b':');
        write(&mut buf, value);
    }
    Bytes::from(buf)
}

/// The last line before the server closes.
pub(crate) fn goodbye(reason: Reason, retry_after_ms: Option<u64>) -> Bytes {
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

fn head(line: &impl Serialize) -> Bytes {
    let mut buf = Vec::with_capacity(128);
    write(&mut buf, line);
    buf.pop();
    Bytes::from(buf)
}
