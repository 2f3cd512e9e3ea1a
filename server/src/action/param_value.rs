//! What an item of an array, a member of an object or a text of a format is read as.

use super::shape::Shape;
use actionline_specs::{Key, Kind, Slot, read_json};
use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A type that a value of a param can be read as, wherever it stands.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be in a param",
    label = "not a type for a param",
    note = "a number is `f64` or an integer type, a text `String` or `Cow<str>`, an array `Vec`, any JSON `serde_json::Value`; a type of your own derives `actionline::Param`"
)]
#[cfg_attr(
    not(feature = "uuid"),
    diagnostic::on_unimplemented(note = "`uuid::Uuid` needs actionline's cargo feature `uuid`")
)]
pub trait ParamValue<'a>: Sized {
    /// What it holds.
    const SHAPE: Shape;
    /// It may be absent.
    const OPTIONAL: bool = false;

    /// Reads a bound value; nothing when it is of another kind, which the binder rules out.
    fn from_value(value: Slot<'a>) -> Option<Self>;

    /// Reads a value within JSON that the binder has let through.
    fn from_json(text: &'a str) -> Option<Self> {
        Self::from_value(Slot::of_valid_json(kind(&Self::SHAPE), text)?)
    }

    /// What stands for a member that is not there.
    fn absent() -> Option<Self> {
        None
    }
}

/// The kind that a type reads.
const fn kind(shape: &Shape) -> Kind {
    match shape {
        Shape::Text | Shape::Borrowed | Shape::Format(_) | Shape::Choice(_) => Kind::String,
        Shape::Integer(..) => Kind::Integer,
        Shape::Number => Kind::Number,
        Shape::Boolean => Kind::Boolean,
        Shape::Array(_) => Kind::Array,
        Shape::Map | Shape::Struct(_) => Kind::Object,
        Shape::Json | Shape::Untyped => Kind::Any,
    }
}

impl<'a, T: ParamValue<'a>> ParamValue<'a> for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const OPTIONAL: bool = true;
    fn from_value(value: Slot<'a>) -> Option<Self> {
        match value {
            Slot::Absent => Some(None),
            given => T::from_value(given).map(Some),
        }
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
}

#[diagnostic::do_not_recommend]
impl<'a> ParamValue<'a> for &'a str {
    const SHAPE: Shape = Shape::Borrowed;
    fn from_value(value: Slot<'a>) -> Option<Self> {
        match value {
            Slot::Text(Cow::Borrowed(text)) => Some(text),
            _ => None,
        }
    }
}

#[diagnostic::do_not_recommend]
impl<'a> ParamValue<'a> for Cow<'a, str> {
    const SHAPE: Shape = Shape::Text;
    fn from_value(value: Slot<'a>) -> Option<Self> {
        match value {
            Slot::Text(text) => Some(text),
            _ => None,
        }
    }
}

macro_rules! texts {
    ($($shape:expr => $ty:ty, $read:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'a> ParamValue<'a> for $ty {
            const SHAPE: Shape = $shape;
            fn from_value(value: Slot<'a>) -> Option<Self> {
                match value {
                    Slot::Text(text) => ($read)(text),
                    _ => None,
                }
            }
        }
    )*};
}
texts! {
    Shape::Text => String, |text: Cow<'_, str>| Some(text.into_owned());
    Shape::Format("ipv4") => Ipv4Addr, |text: Cow<'_, str>| text.parse().ok();
    Shape::Format("ipv6") => Ipv6Addr, |text: Cow<'_, str>| text.parse().ok();
    Shape::Format("date") => jiff::civil::Date, |text: Cow<'_, str>| text.parse().ok();
    Shape::Format("date-time") => jiff::Timestamp, |text: Cow<'_, str>| Some(timestamp(&text));
}
#[cfg(feature = "uuid")]
texts! {
    Shape::Format("uuid") => uuid::Uuid, |text: Cow<'_, str>| uuid::Uuid::try_parse(&text).ok();
}

/// A point in time that was found valid. Digits below a nanosecond are dropped, and the last hours of the year 9999 are
/// beyond what a `Timestamp` holds: they become its latest.
fn timestamp(text: &str) -> jiff::Timestamp {
    let mut short = text.to_owned();
    if let Some(dot) = text.find('.') {
        let digits = text[dot + 1..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        short.replace_range(dot + 1 + digits.min(9)..dot + 1 + digits, "");
    }
    short.parse().unwrap_or(jiff::Timestamp::MAX)
}

macro_rules! integers {
    ($($int:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'a> ParamValue<'a> for $int {
            const SHAPE: Shape = Shape::Integer(
                <$int>::MIN as i128,
                // Only u128 is wider, and no param is.
                if <$int>::BITS == 128 { i128::MAX } else { <$int>::MAX as i128 },
            );
            fn from_value(value: Slot<'a>) -> Option<Self> {
                match value {
                    Slot::Integer(value) => value.try_into().ok(),
                    _ => None,
                }
            }
        }
    )*};
}
integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

#[diagnostic::do_not_recommend]
impl<'a> ParamValue<'a> for f64 {
    const SHAPE: Shape = Shape::Number;
    fn from_value(value: Slot<'a>) -> Option<Self> {
        match value {
            Slot::Number(value) => Some(value),
            _ => None,
        }
    }
}

#[diagnostic::do_not_recommend]
impl<'a> ParamValue<'a> for bool {
    const SHAPE: Shape = Shape::Boolean;
    fn from_value(value: Slot<'a>) -> Option<Self> {
        match value {
            Slot::Boolean(value) => Some(value),
            _ => None,
        }
    }
}

/// Any JSON: a tree, or its text.
macro_rules! json_types {
    ($($shape:expr => $ty:ty, $read:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'a> ParamValue<'a> for $ty {
            const SHAPE: Shape = $shape;
            fn from_value(value: Slot<'a>) -> Option<Self> {
                match value {
                    Slot::Json(text) => ($read)(&text),
                    _ => None,
                }
            }
        }
    )*};
}
json_types! {
    Shape::Json => Box<RawValue>, |text| serde_json::from_str(text).ok();
    Shape::Json => Value, |text| read_json(text).ok();
    Shape::Map => Map<String, Value>, |text| match read_json(text) {
        Ok(Value::Object(map)) => Some(map),
        _ => None,
    };
}

#[diagnostic::do_not_recommend]
impl<'a> ParamValue<'a> for &'a RawValue {
    const SHAPE: Shape = Shape::Json;
    fn from_value(value: Slot<'a>) -> Option<Self> {
        match value {
            Slot::Json(Cow::Borrowed(text)) => serde_json::from_str(text).ok(),
            _ => None,
        }
    }
}

impl<'a, T: ParamValue<'a>> ParamValue<'a> for Vec<T> {
    const SHAPE: Shape = Shape::Array(&T::SHAPE);
    fn from_value(value: Slot<'a>) -> Option<Self> {
        let items = <&RawValue>::from_value(value)?;
        let items: Vec<&RawValue> = serde_json::from_str(items.get()).ok()?;
        items
            .into_iter()
            .map(|item| T::from_json(item.get()))
            .collect()
    }
}

/// The members of an object, each to be taken by its name.
#[derive(Debug)]
pub struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    /// The members of a bound object.
    pub fn of(value: Slot<'a>) -> Option<Self> {
        let object = <&RawValue>::from_value(value)?;
        let mut json = serde_json::Deserializer::from_str(object.get());
        json.deserialize_map(Pairs).ok().map(Self)
    }

    /// Reads one; nothing when it is not there and has to be.
    pub fn take<T: ParamValue<'a>>(&self, name: &str) -> Option<T> {
        match self.0.iter().find(|(key, _)| key == name) {
            Some((_, value)) => T::from_json(value.get()),
            None => T::absent(),
        }
    }
}

struct Pairs;

impl<'a> Visitor<'a> for Pairs {
    type Value = Vec<(Cow<'a, str>, &'a RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            pairs.push((key, map.next_value()?));
        }
        Ok(pairs)
    }
}

/// A member on its way out of an object.
#[derive(Debug)]
pub struct Taken<T>(PhantomData<T>);

impl<T> Taken<T> {
    /// The type is all there is to it.
    pub const NEW: Self = Self(PhantomData);
}

/// Takes a member.
pub trait TakeValue<'a, T> {
    /// Reads it.
    fn take(&self, members: &Members<'a>, name: &str) -> Option<T>;
}

impl<'a, T: ParamValue<'a>> TakeValue<'a, T> for Taken<T> {
    fn take(&self, members: &Members<'a>, name: &str) -> Option<T> {
        members.take(name)
    }
}

/// What the compiler falls back to for a type that is no [`ParamValue`]: it has said so elsewhere, and once is enough.
pub trait TakeAnything<T> {
    /// Is never called.
    fn take(&self, _: &Members<'_>, _: &str) -> Option<T> {
        None
    }
}

impl<T> TakeAnything<T> for &Taken<T> {}
