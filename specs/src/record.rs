//! The record of what a server was seen to do: which examples and refusals of a spec passed, and which spec that was.

use crate::{Spec, machine};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What passed when a spec's examples and refusals were sent to its server. The server's `verify` writes it, the docs read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The version of this format.
    actionline: Version,
    /// The hash of the spec's machine form (see [`machine`]).
    hash: String,
    /// The names of what passed, in the order of the spec: `cacheTest.example.1.words`, `cacheTest.key.required`.
    passed: Vec<String>,
}

/// The one version there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
struct Version;

impl TryFrom<u32> for Version {
    type Error = String;
    fn try_from(number: u32) -> Result<Self, String> {
        match number {
            1 => Ok(Self),
            other => Err(format!("version {other} is not known")),
        }
    }
}

impl From<Version> for u32 {
    fn from(_: Version) -> Self {
        1
    }
}

impl Record {
    /// The record of a spec.
    pub fn new(spec: &Spec, passed: Vec<String>) -> Self {
        Self::of(machine::hash([spec]), passed)
    }

    /// The record of the built-in verbs.
    pub fn of_verbs(passed: Vec<String>) -> Self {
        Self::of(machine::hash([]), passed)
    }

    fn of(hash: String, passed: Vec<String>) -> Self {
        Self {
            actionline: Version,
            hash,
            passed,
        }
    }

    /// The record that is shipped of the built-in verbs.
    pub fn verbs() -> Self {
        let text = include_str!("verbs.verified.json");
        Self::read(text).unwrap_or_else(|what| panic!("verbs.verified.json {what}"))
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// It is no record; the text says why.
    pub fn read(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| format!("is no record: {error}"))
    }

    /// The file's text.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The hash of what was verified.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The names of what passed, in the order of the spec.
    pub fn passed(&self) -> &[String] {
        &self.passed
    }

    /// What passed, if this is the record of just this; nothing if it is of another.
    pub fn for_hash(&self, hash: &str) -> HashSet<&str> {
        match self.hash == hash {
            true => self.passed.iter().map(String::as_str).collect(),
            false => HashSet::new(),
        }
    }
}

/// What an example in one form is called.
pub fn example_id(action: &str, index: usize, json: bool) -> String {
    let form = if json { "json" } else { "words" };
    format!("{action}.example.{}.{form}", index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let record = Record::of_verbs(vec!["say.usage".to_owned()]);
        assert_eq!(Record::read(&record.text()), Ok(record.clone()));
        assert!(record.for_hash(record.hash()).contains("say.usage"));
        assert!(record.for_hash("another").is_empty());
    }

    #[test]
    fn what_is_no_record_says_why() {
        for (text, why) in [
            ("{", "EOF"),
            (
                r#"{"actionline":2,"hash":"","passed":[]}"#,
                "version 2 is not known",
            ),
            (r#"{"actionline":1,"hash":""}"#, "missing field `passed`"),
            (
                r#"{"actionline":1,"hash":"","passed":[],"x":1}"#,
                "unknown field `x`",
            ),
        ] {
            let told = Record::read(text).unwrap_err();
            assert!(
                told.starts_with("is no record: ") && told.contains(why),
                "{told}"
            );
        }
    }
}
