//! A walk over JSON text that nothing needs as a tree yet: its depth, its numbers and its keys are checked, nothing is kept.

use crate::limits::JSON_MEMBERS;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

/// What the walk found.
pub(crate) enum Walk {
    /// Valid JSON within the limits.
    Fine,
    /// What an error says after the value's name.
    Bad(Cow<'static, str>),
}

/// Walks one JSON value that may nest `depth` levels.
pub(crate) fn walk(text: &str, depth: usize) -> Walk {
    let mut json = serde_json::Deserializer::from_str(text);
    let result = Step(depth).deserialize(&mut json).and_then(|()| json.end());
    match result {
        Ok(()) => Walk::Fine,
        Err(error) => Walk::Bad(Cow::Owned(what(&error))),
    }
}

fn what(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    match text.strip_prefix(OURS) {
        Some(ours) => ours.to_owned(),
        None if text == "number out of range" => {
            "must not hold a number beyond 64-bit floating point".to_owned()
        }
        None => format!("must be valid JSON ({text})"),
    }
}

/// Marks our own findings among serde_json's.
const OURS: &str = "\u{1}";

/// One value, and how many levels may still open below it.
struct Step(usize);

impl<'de> DeserializeSeed<'de> for Step {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl Step {
    fn below<E: Error>(&self) -> Result<Step, E> {
        match self.0.checked_sub(1) {
            Some(left) => Ok(Step(left)),
            None => Err(E::custom(format!(
                "{OURS}must not be nested so deep (the limit is {} levels for a request)",
                crate::limits::DEPTH.default
            ))),
        }
    }
}

impl<'de> Visitor<'de> for Step {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(self.below()?)?.is_some() {}
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            map.next_value_seed(self.below()?)?;
            if seen.len() as u64 == JSON_MEMBERS.default {
                return Err(A::Error::custom(format!(
                    "{OURS}must not hold an object with more than {} members",
                    JSON_MEMBERS.default
                )));
            }
            if !seen.insert(key) {
                return Err(A::Error::custom(format!("{OURS}must not hold a key twice")));
            }
        }
        Ok(())
    }
}
