//! What tests send without an action.

use actionline::Push;
use serde::Serialize;
use serde_json::value::RawValue;

/// A push that holds what the test wants; nothing, if it wants nothing.
#[derive(Debug, Default, Push)]
#[push(spec = "src/lab.yaml")]
pub struct Tick {
    /// Which one.
    pub number: Option<u64>,
    /// Makes it large.
    pub padding: Option<String>,
    /// JSON as somebody wrote it, or what cannot be written.
    #[push(untyped)]
    pub raw: Option<Raw>,
}

impl Tick {
    /// A number alone.
    pub fn number(number: u64) -> Self {
        Self {
            number: Some(number),
            ..Self::default()
        }
    }

    /// So many letters alone.
    pub fn padded(letters: usize) -> Self {
        Self {
            padding: Some("x".repeat(letters)),
            ..Self::default()
        }
    }
}

/// What is not compared with the spec.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Raw {
    /// JSON as it stands.
    Json(Box<RawValue>),
    /// It never becomes JSON.
    #[serde(serialize_with = "fail")]
    Never(()),
}

fn fail<S: serde::Serializer>(_: &(), _: S) -> Result<S::Ok, S::Error> {
    Err(serde::ser::Error::custom("as asked"))
}
