//! Plays a transcript against a server.
//!
//! ```text
//! # a remark
//! > paramAdd key=myKey
//! < {"status":"OK","context":"response","messageCount":1}
//! ann> say hi
//! bob< {"context":"user","message":"hi","from":"<id>","room":"defaultRoom","messageCount":1}
//! ```
//! `>` is sent, `<` must come back. A name before the sign names a client, which connects when it first appears. What
//! differs from run to run is written as a matcher (`"<id>"`, see `actionline_specs::Matcher`).

use crate::client::TestClient;
use actionline_specs::{Matcher, matches};
use serde_json::Value;
use std::collections::HashMap;
use std::net::SocketAddr;

/// How strictly lines are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// As JSON values, the outermost keys in order.
    Values,
    /// Byte for byte, apart from what a matcher stands for.
    Bytes,
}

/// The clients of a transcript. It can be played in parts.
#[derive(Debug)]
pub struct Replay {
    address: SocketAddr,
    mode: Mode,
    clients: HashMap<String, TestClient>,
}

impl Replay {
    /// Compares lines as JSON values.
    pub fn values(address: SocketAddr) -> Self {
        Self::new(address, Mode::Values)
    }

    /// Compares lines byte for byte.
    pub fn bytes(address: SocketAddr) -> Self {
        Self::new(address, Mode::Bytes)
    }

    fn new(address: SocketAddr, mode: Mode) -> Self {
        Self {
            address,
            mode,
            clients: HashMap::new(),
        }
    }

    /// Plays a transcript, or its next part.
    ///
    /// # Panics
    /// When it is no transcript, or the server says something else.
    pub async fn play(&mut self, transcript: &str) {
        for (index, line) in transcript.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let place = format!("transcript line {}: {line}", index + 1);
            let Some(sign) = line.find(['<', '>']) else {
                panic!("{place}: neither > nor <");
            };
            let (name, rest) = (&line[..sign], &line[sign + 1..]);
            let text = rest.strip_prefix(' ').unwrap_or(rest);
            let client = self.client(name).await;
            if line[sign..].starts_with('>') {
                client.send(text).await;
            } else {
                let found = client.line().await;
                if let Err(why) = self.mode.compare(text, &found) {
                    panic!("{place}\nfound: {found}\n{why}");
                }
            }
        }
    }

    async fn client(&mut self, name: &str) -> &mut TestClient {
        if !self.clients.contains_key(name) {
            let client = TestClient::connect(self.address).await;
            self.clients.insert(name.to_owned(), client);
        }
        self.clients.get_mut(name).expect("it is there now")
    }
}

impl Mode {
    fn compare(self, expected: &str, found: &str) -> Result<(), String> {
        match self {
            Mode::Bytes => same_bytes(expected, found),
            Mode::Values => {
                let read = |text: &str| serde_json::from_str::<Value>(text);
                let expected = read(expected).map_err(|error| format!("expected: {error}"))?;
                let found = read(found).map_err(|error| format!("found: {error}"))?;
                matches(&expected, &found).map_err(|mismatch| mismatch.to_string())
            }
        }
    }
}

/// Compares byte for byte; where a matcher stands, one JSON value is taken that it accepts.
fn same_bytes(expected: &str, found: &str) -> Result<(), String> {
    let (mut wanted, mut left) = (expected, found);
    while let Some((before, matcher, after)) = next_matcher(wanted) {
        left = left
            .strip_prefix(before)
            .ok_or_else(|| format!("expected {before} before {}", matcher.word()))?;
        let mut values = serde_json::Deserializer::from_str(left).into_iter::<Value>();
        values
            .next()
            .and_then(Result::ok)
            .filter(|value| matcher.accepts(value) && !left.starts_with(char::is_whitespace))
            .ok_or_else(|| format!("expected {} at {left}", matcher.word()))?;
        left = &left[values.byte_offset()..];
        wanted = after;
    }
    match wanted == left {
        true => Ok(()),
        false => Err(format!("expected {wanted} at {left}")),
    }
}

/// What stands before the first matcher, the matcher, and what stands after it.
fn next_matcher(text: &str) -> Option<(&str, Matcher, &str)> {
    let found = Matcher::ALL.into_iter().filter_map(|matcher| {
        let quoted = format!("\"{}\"", matcher.word());
        let at = text.find(&quoted)?;
        Some((at, quoted.len(), matcher))
    });
    let (at, len, matcher) = found.min_by_key(|(at, ..)| *at)?;
    Some((&text[..at], matcher, &text[at + len..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: &str = r#"{"a":"<int>","b":["<id>"],"c":1}"#;

    #[test]
    fn bytes_are_the_same_but_for_matchers() {
        let id = "0123456789abcdef0123456789abcdef";
        let good = format!(r#"{{"a":12,"b":["{id}"],"c":1}}"#);
        assert_eq!(same_bytes(WANTED, &good), Ok(()));
        for bad in [
            good.replace("12", "1.5"),
            good.replace("\"a\":", "\"a\": "),
            good.replace(",\"c\":1", ""),
            good.replace(id, "x"),
            format!("{good} "),
        ] {
            assert!(same_bytes(WANTED, &bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn values_may_be_written_otherwise() {
        let compare = |found: &str| Mode::Values.compare(r#"{"a":"<int>","b":1.0}"#, found);
        assert_eq!(compare(r#"{ "a": 3, "b": 1 }"#), Ok(()));
        assert!(compare(r#"{"b":1,"a":3}"#).is_err());
        assert!(compare(r#"{"a":3}"#).is_err());
    }
}
