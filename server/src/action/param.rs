//! Arguments made from bound params: which Rust types hold which kind.

use super::ParamValue;
use super::shape::Shape;
use actionline_specs::{OwnedSlots, Slot};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

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
    /// What it holds; compared with the spec at compile time.
    const SHAPE: Shape;

    /// Reads a bound slot; nothing when the slot is of another kind, which the binder rules out.
    fn from_slot(slot: Slot<'a>) -> Option<Self>;
}

/// Bound params, as a handler's arguments are made from them.
pub trait Bound<'a> {
    /// The slot of a param; its text is borrowed. Absent beyond the last.
    fn slot(self, index: usize) -> Slot<'a>;
}

impl<'a> Bound<'a> for &'a [Slot<'a>] {
    fn slot(self, index: usize) -> Slot<'a> {
        self.get(index).map_or(Slot::Absent, Slot::borrowed)
    }
}

impl<'a> Bound<'a> for &'a OwnedSlots {
    fn slot(self, index: usize) -> Slot<'a> {
        self.get(index)
    }
}

/// Reads one argument.
///
/// # Panics
/// When the slot does not hold what the spec declares: the caller did not bind it.
pub fn take<'a, K, T: FromParam<'a, K>>(slots: impl Bound<'a>, index: usize) -> T {
    match T::from_slot(slots.slot(index)) {
        Some(value) => value,
        // The value is not shown: it may be a secret, and this is logged.
        None => panic!("param {index} was not bound as the spec declares it"),
    }
}

impl<'a, K, T: FromParam<'a, K>> FromParam<'a, kind::Maybe<K>> for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    fn from_slot(slot: Slot<'a>) -> Option<Self> {
        match slot {
            Slot::Absent => Some(None),
            given => T::from_slot(given).map(Some),
        }
    }
}

impl<'a> FromParam<'a, kind::Text> for &'a str {
    const SHAPE: Shape = Shape::Text;
    fn from_slot(slot: Slot<'a>) -> Option<Self> {
        Self::from_value(slot)
    }
}

impl<'a> FromParam<'a, kind::Text> for Cow<'a, str> {
    const SHAPE: Shape = Shape::Text;
    fn from_slot(slot: Slot<'a>) -> Option<Self> {
        <&str>::from_slot(slot).map(Cow::Borrowed)
    }
}

/// Types that read a slot of this kind as they read a value within JSON.
macro_rules! by_value {
    ($($kind:ident: $($ty:ty),*;)*) => {$($(
        impl<'a> FromParam<'a, kind::$kind> for $ty {
            const SHAPE: Shape = <$ty as ParamValue<'a>>::SHAPE;
            fn from_slot(slot: Slot<'a>) -> Option<Self> {
                Self::from_value(slot)
            }
        }
    )*)*};
}
by_value! {
    Text: String, Ipv4Addr, Ipv6Addr, jiff::Timestamp, jiff::civil::Date;
    Integer: i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize;
    Number: f64;
    Boolean: bool;
    Any: &'a RawValue, Box<RawValue>, Value;
    Array: &'a RawValue, Box<RawValue>, Value;
    Object: &'a RawValue, Box<RawValue>, Value, Map<String, Value>;
}
#[cfg(feature = "uuid")]
by_value! { Text: uuid::Uuid; }

impl<'a, T: ParamValue<'a>> FromParam<'a, kind::Array> for Vec<T> {
    const SHAPE: Shape = <Self as ParamValue<'a>>::SHAPE;
    fn from_slot(slot: Slot<'a>) -> Option<Self> {
        Self::from_value(slot)
    }
}
