//! JSON that is passed on as it is.

use super::reply_value::ReplyValue;
use super::shape::Shape;
use super::{FromParam, ParamValue, kind};
use actionline_specs::{Slot, is_plain_value};
use serde::{Serialize, Serializer};
use serde_json::Error;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A JSON value as text that is passed on as it is: a param of any JSON, an array or an object is not read again, and a
/// field of a reply is written as it stands.
///
/// ```
/// use actionline::Json;
/// let json = Json::parse(r#"{"a":[1,2]}"#)?;
/// assert_eq!(json.get(), r#"{"a":[1,2]}"#);
/// assert!(Json::parse("{").is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json<'a>(Cow<'a, str>);

impl<'a> Json<'a> {
    /// `null`.
    pub const NULL: Json<'static> = Json(Cow::Borrowed("null"));

    /// Takes text from elsewhere, such as a store.
    ///
    /// # Errors
    /// It is not one JSON value.
    pub fn parse(text: impl Into<Cow<'a, str>>) -> Result<Self, Error> {
        let text = text.into();
        if !is_plain_value(&text) {
            serde_json::from_str::<&RawValue>(&text)?;
        }
        Ok(Self(match spreads(&text) {
            true => text.replace(LINE_ENDS, " ").into(),
            false => text,
        }))
    }

    /// The text.
    pub fn get(&self) -> &str {
        &self.0
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(serde::ser::Error::custom)?;
        raw.serialize(to)
    }
}

#[diagnostic::do_not_recommend]
impl<'a> ParamValue<'a> for Json<'a> {
    const SHAPE: Shape = Shape::Json;
    fn from_value(value: Slot<'a>) -> Option<Self> {
        match value {
            Slot::Json(text) => Some(Self(text)),
            _ => None,
        }
    }
}

macro_rules! params {
    ($($kind:ident)*) => {$(
        impl<'a> FromParam<'a, kind::$kind> for Json<'a> {
            const SHAPE: Shape = Shape::Json;
            fn from_slot(slot: &'a Slot<'a>) -> Option<Self> {
                Self::from_value(slot.borrowed())
            }
        }
    )*};
}
params!(Any Array Object);

#[diagnostic::do_not_recommend]
impl ReplyValue for Json<'_> {
    const SHAPE: Shape = Shape::Json;
    fn append(&self, out: &mut Vec<u8>) -> Result<(), Error> {
        out.extend_from_slice(self.0.as_bytes());
        Ok(())
    }
}

/// Between values a line end is as good as a blank, and within a string JSON has none.
const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// Whether it may stand on several lines. Of the bytes before the blank, valid JSON has line ends and tabs only.
fn spreads(json: &str) -> bool {
    json.bytes().any(|byte| byte < b' ')
}

/// Appends JSON text that somebody else wrote, on one line.
pub(super) fn append_json(out: &mut Vec<u8>, text: &str) {
    match spreads(text) {
        true => out.extend_from_slice(text.replace(LINE_ENDS, " ").as_bytes()),
        false => out.extend_from_slice(text.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_from_elsewhere_stays_on_one_line() {
        let mut out = Vec::new();
        let json = Json::parse("{\r\n \"a\": \"b\\n\"\n}").unwrap();
        json.append(&mut out).unwrap();
        append_json(&mut out, "[1,\n2]");
        assert_eq!(out, br#"{   "a": "b\n" }[1, 2]"#);
        assert_eq!(serde_json::to_string(&Json::NULL).unwrap(), "null");
        for bad in ["", "nul", "{}{}", "\"a", "[1,]", "01", "\"\u{1}\""] {
            assert!(Json::parse(bad).is_err(), "{bad}");
        }
    }
}
