//! Arguments made from bound params: which Rust types hold which kind.

use actionline_specs::{Slot, read_json};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The kinds of the spec language as types. `#[action]` names the one that the spec declares.
pub mod kind {
    /// `type: string`.
    #[derive(Debug)]
    pub struct Text;
    /// `type: integer`.
    #[derive(Debug)]
    pub struct Integer;
    /// `type: number`.
    #[derive(Debug)]
    pub struct Number;
    /// `type: boolean`.
    #[derive(Debug)]
    pub struct Boolean;
    /// No `type`: any JSON.
    #[derive(Debug)]
    pub struct Any;
    /// `type: array`.
    #[derive(Debug)]
    pub struct Array;
    /// `type: object`.
    #[derive(Debug)]
    pub struct Object;
    /// A param of kind `K` that may be absent.
    #[derive(Debug)]
    pub struct Maybe<K>(std::marker::PhantomData<K>);
}

/// A Rust type that holds every value a param of kind `K` can have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a param of kind `{K}`",
    label = "not a type for this param"
)]
pub trait FromParam<'a, K>: Sized {
    /// The smallest and the greatest integer it holds; checked against the spec at compile time.
    const HOLDS: (i128, i128) = (i128::MIN, i128::MAX);

    /// Reads a bound slot; nothing when the slot is of another kind, which the binder rules out.
    fn from_slot(slot: &'a Slot<'a>) -> Option<Self>;
}

/// Reads one argument.
///
/// # Panics
/// When the slot does not hold what the spec declares: the caller did not bind it.
pub fn take<'a, K, T: FromParam<'a, K>>(slots: &'a [Slot<'a>], index: usize) -> T {
    match slots.get(index).and_then(T::from_slot) {
        Some(value) => value,
        // The value is not shown: it may be a secret, and this is logged.
        None => panic!("param {index} was not bound as the spec declares it"),
    }
}

impl<'a, K, T: FromParam<'a, K>> FromParam<'a, kind::Maybe<K>> for Option<T> {
    const HOLDS: (i128, i128) = T::HOLDS;
    fn from_slot(slot: &'a Slot<'a>) -> Option<Self> {
        match slot {
            Slot::Absent => Some(None),
            given => T::from_slot(given).map(Some),
        }
    }
}

impl<'a> FromParam<'a, kind::Text> for &'a str {
    fn from_slot(slot: &'a Slot<'a>) -> Option<Self> {
        match slot {
            Slot::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'a> FromParam<'a, kind::Text> for Cow<'a, str> {
    fn from_slot(slot: &'a Slot<'a>) -> Option<Self> {
        <&str>::from_slot(slot).map(Cow::Borrowed)
    }
}

impl<'a> FromParam<'a, kind::Text> for String {
    fn from_slot(slot: &'a Slot<'a>) -> Option<Self> {
        <&str>::from_slot(slot).map(str::to_owned)
    }
}

macro_rules! integers {
    ($($int:ty)*) => {$(
        impl<'a> FromParam<'a, kind::Integer> for $int {
            const HOLDS: (i128, i128) = (
                <$int>::MIN as i128,
                // Only u128 is wider, and no param is.
                if <$int>::BITS == 128 { i128::MAX } else { <$int>::MAX as i128 },
            );
            fn from_slot(slot: &'a Slot<'a>) -> Option<Self> {
                match slot {
                    Slot::Integer(value) => (*value).try_into().ok(),
                    _ => None,
                }
            }
        }
    )*};
}
integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl<'a> FromParam<'a, kind::Number> for f64 {
    fn from_slot(slot: &'a Slot<'a>) -> Option<Self> {
        match slot {
            Slot::Number(value) => Some(*value),
            _ => None,
        }
    }
}

impl<'a> FromParam<'a, kind::Boolean> for bool {
    fn from_slot(slot: &'a Slot<'a>) -> Option<Self> {
        match slot {
            Slot::Boolean(value) => Some(*value),
            _ => None,
        }
    }
}

/// Reads the JSON text of a slot.
fn raw<'a, T: serde::Deserialize<'a>>(slot: &'a Slot<'a>) -> Option<T> {
    match slot {
        Slot::Json(text) => serde_json::from_str(text).ok(),
        _ => None,
    }
}

fn value(slot: &Slot<'_>) -> Option<Value> {
    match slot {
        Slot::Json(text) => read_json(text).ok(),
        _ => None,
    }
}

fn list(slot: &Slot<'_>) -> Option<Vec<Value>> {
    match value(slot)? {
        Value::Array(list) => Some(list),
        _ => None,
    }
}

fn map(slot: &Slot<'_>) -> Option<Map<String, Value>> {
    match value(slot)? {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

macro_rules! json_types {
    ($($kind:ident: $($json:ty = $read:ident),*;)*) => {$($(
        impl<'a> FromParam<'a, kind::$kind> for $json {
            fn from_slot(slot: &'a Slot<'a>) -> Option<Self> {
                $read(slot)
            }
        }
    )*)*};
}
json_types! {
    Any: &'a RawValue = raw, Box<RawValue> = raw, Value = value;
    Array: &'a RawValue = raw, Box<RawValue> = raw, Value = value, Vec<Value> = list;
    Object: &'a RawValue = raw, Box<RawValue> = raw, Value = value, Map<String, Value> = map;
}
