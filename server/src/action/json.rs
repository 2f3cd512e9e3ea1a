//! JSON that is passed on as it is.

use super::reply_value::ReplyValue;
use super::shape::Shape;
use super::{FromParam, ParamValue, kind};
use crate::hub::store::Loaded;
use actionline_specs::{Slot, is_plain_value};
use serde::{Serialize, Serializer};
use serde_json::Error;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::str::from_utf8;

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
pub struct Json<'a>(Text<'a>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Text<'a> {
    Plain(Cow<'a, str>),
    /// From a store; it is UTF-8.
    Stored(Loaded),
}

impl<'a> Json<'a> {
    /// `null`.
    pub const NULL: Json<'static> = Json(Text::Plain(Cow::Borrowed("null")));

    /// Takes text from elsewhere.
    ///
    /// # Errors
    /// It is not one JSON value.
    pub fn parse(text: impl Into<Cow<'a, str>>) -> Result<Self, Error> {
        let text = text.into();
        let line = one_line(text.as_bytes())?;
        Ok(Self(Text::Plain(line.map_or(text, Cow::Owned))))
    }

    /// Takes a value that was loaded from a store.
    ///
    /// # Errors
    /// It is not one JSON value.
    pub fn stored(value: Loaded) -> Result<Json<'static>, Error> {
        let line = one_line(&value)?;
        let plain = |line| Text::Plain(Cow::Owned(line));
        Ok(Json(line.map_or(Text::Stored(value), plain)))
    }

    /// The text.
    pub fn get(&self) -> &str {
        match &self.0 {
            Text::Plain(text) => text,
            Text::Stored(value) => from_utf8(value).expect("read before"),
        }
    }

    fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Text::Plain(text) => text.as_bytes(),
            Text::Stored(value) => value,
        }
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(self.get()).map_err(serde::ser::Error::custom)?;
        raw.serialize(to)
    }
}

#[diagnostic::do_not_recommend]
impl<'a> ParamValue<'a> for Json<'a> {
    const SHAPE: Shape = Shape::Json;
    fn from_value(value: Slot<'a>) -> Option<Self> {
        match value {
            Slot::Json(text) => Some(Self(Text::Plain(text))),
            _ => None,
        }
    }
}

macro_rules! params {
    ($($kind:ident)*) => {$(
        impl<'a> FromParam<'a, kind::$kind> for Json<'a> {
            const SHAPE: Shape = Shape::Json;
            fn from_slot(slot: Slot<'a>) -> Option<Self> {
                Self::from_value(slot)
            }
        }
    )*};
}
params!(Any Array Object);

#[diagnostic::do_not_recommend]
impl ReplyValue for Json<'_> {
    const SHAPE: Shape = Shape::Json;
    fn append(&self, out: &mut Vec<u8>) -> Result<(), Error> {
        out.extend_from_slice(self.as_bytes());
        Ok(())
    }
}

/// Between values a line end is as good as a blank, and within a string JSON has none.
const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// Finds a text to be JSON; answers it on one line where it stands on several.
fn one_line(text: &[u8]) -> Result<Option<String>, Error> {
    // Most is ASCII, which is sooner known.
    let plain = (text.is_ascii() || from_utf8(text).is_ok()) && is_plain_value(text);
    // A plain value that holds no others is on one line.
    if plain && !matches!(text, [b'[' | b'{', ..]) {
        return Ok(None);
    }
    if !plain {
        serde_json::from_slice::<&RawValue>(text)?;
    }
    Ok(spreads(text).then(|| String::from_utf8_lossy(text).replace(LINE_ENDS, " ")))
}

/// Whether it may stand on several lines. Of the bytes before the blank, valid JSON has line ends and tabs only.
fn spreads(json: &[u8]) -> bool {
    json.iter().any(|byte| *byte < b' ')
}

/// Appends JSON text that somebody else wrote, on one line.
pub(super) fn append_json(out: &mut Vec<u8>, text: &str) {
    match spreads(text.as_bytes()) {
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
