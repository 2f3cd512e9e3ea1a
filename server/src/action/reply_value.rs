//! What a field of a reply can hold.

use super::json::append_json;
use super::object::{Fields, Name, append_items, append_text};
use super::shape::{Shape, Struct};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Error, Map, Value};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::net::{Ipv4Addr, Ipv6Addr};

/// A type whose values can stand in a reply, and what the spec has to say there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be in a reply or a push",
    label = "not a type for a reply or a push",
    note = "derive `actionline::Reply` on it; or say `#[reply(untyped)]` at the field (in a push `#[push(untyped)]`), so that it needs `serde::Serialize` alone and is not compared with the spec"
)]
#[cfg_attr(
    not(feature = "uuid"),
    diagnostic::on_unimplemented(note = "`uuid::Uuid` needs actionline's cargo feature `uuid`")
)]
pub trait ReplyValue: Serialize {
    /// What it looks like as JSON.
    const SHAPE: Shape;
    /// It may be absent.
    const OPTIONAL: bool = false;

    /// It is absent now.
    fn is_absent(&self) -> bool {
        false
    }

    /// Appends what it is as JSON.
    ///
    /// # Errors
    /// What its `Serialize` says.
    fn append(&self, out: &mut Vec<u8>) -> Result<(), Error> {
        serde_json::to_writer(out, self)
    }
}

impl<T: ReplyValue> ReplyValue for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const OPTIONAL: bool = true;
    fn is_absent(&self) -> bool {
        self.is_none()
    }
    fn append(&self, out: &mut Vec<u8>) -> Result<(), Error> {
        match self {
            Some(value) => value.append(out),
            None => {
                out.extend_from_slice(b"null");
                Ok(())
            }
        }
    }
}

macro_rules! same_as {
    ($($outer:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: ReplyValue + ?Sized> ReplyValue for $outer {
            const SHAPE: Shape = T::SHAPE;
            const OPTIONAL: bool = T::OPTIONAL;
            fn is_absent(&self) -> bool {
                (**self).is_absent()
            }
            fn append(&self, out: &mut Vec<u8>) -> Result<(), Error> {
                (**self).append(out)
            }
        }
    )*};
}
same_as!(&T, &mut T, Box<T>);

#[diagnostic::do_not_recommend]
impl<T: ReplyValue + ToOwned + ?Sized> ReplyValue for Cow<'_, T> {
    const SHAPE: Shape = T::SHAPE;
    fn append(&self, out: &mut Vec<u8>) -> Result<(), Error> {
        (**self).append(out)
    }
}

macro_rules! texts {
    ($($ty:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl ReplyValue for $ty {
            const SHAPE: Shape = Shape::Text;
            fn append(&self, out: &mut Vec<u8>) -> Result<(), Error> {
                append_text(out, self);
                Ok(())
            }
        }
    )*};
}
texts!(str, String);

#[diagnostic::do_not_recommend]
impl ReplyValue for RawValue {
    const SHAPE: Shape = Shape::Json;
    fn append(&self, out: &mut Vec<u8>) -> Result<(), Error> {
        append_json(out, self.get());
        Ok(())
    }
}

macro_rules! shapes {
    ($($shape:expr => $($ty:ty),*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl ReplyValue for $ty {
            const SHAPE: Shape = $shape;
        }
    )*)*};
}
shapes! {
    Shape::Text => char;
    Shape::Number => f32, f64;
    Shape::Boolean => bool;
    Shape::Integer(i128::MIN, i128::MAX) => i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize;
    Shape::Json => Value;
    Shape::Map => Map<String, Value>;
    Shape::Format("ipv4") => Ipv4Addr;
    Shape::Format("ipv6") => Ipv6Addr;
    Shape::Format("date-time") => jiff::Timestamp;
    Shape::Format("date") => jiff::civil::Date;
}

#[cfg(feature = "uuid")]
#[diagnostic::do_not_recommend]
impl ReplyValue for uuid::Uuid {
    const SHAPE: Shape = Shape::Format("uuid");
}

macro_rules! arrays {
    ($($array:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: ReplyValue> ReplyValue for $array {
            const SHAPE: Shape = Shape::Array(&T::SHAPE);
            fn append(&self, out: &mut Vec<u8>) -> Result<(), Error> {
                append_items(out, self.iter())
            }
        }
    )*};
}
arrays!([T], Vec<T>, VecDeque<T>, BTreeSet<T>);

#[diagnostic::do_not_recommend]
impl<T: ReplyValue, S> ReplyValue for HashSet<T, S> {
    const SHAPE: Shape = Shape::Array(&T::SHAPE);
}

#[diagnostic::do_not_recommend]
impl<T: ReplyValue, const N: usize> ReplyValue for [T; N]
where
    [T; N]: Serialize,
{
    const SHAPE: Shape = Shape::Array(&T::SHAPE);
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> ReplyValue for BTreeMap<String, T> {
    const SHAPE: Shape = Shape::Map;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize, S> ReplyValue for HashMap<String, T, S> {
    const SHAPE: Shape = Shape::Map;
}

/// A struct with named fields that derives `Reply`.
pub trait ReplyStruct {
    /// Its fields.
    const STRUCT: Struct;

    /// Writes those that are not absent.
    ///
    /// # Errors
    /// What `to` says.
    fn write_fields<F: Fields>(&self, to: &mut F) -> Result<(), F::Error>;
}

/// A field on its way into a reply.
#[derive(Debug)]
pub struct Written<'a, T>(pub &'a T);

/// Writes a field, unless it is absent.
pub trait WriteValue {
    /// Writes it.
    ///
    /// # Errors
    /// What `to` says.
    fn write<F: Fields>(&self, to: &mut F, name: Name) -> Result<(), F::Error>;
}

impl<T: ReplyValue> WriteValue for Written<'_, T> {
    fn write<F: Fields>(&self, to: &mut F, name: Name) -> Result<(), F::Error> {
        match self.0.is_absent() {
            true => Ok(()),
            false => to.field(name, self.0),
        }
    }
}

/// What the compiler falls back to for a type that is no [`ReplyValue`]: it has said so elsewhere, and once is enough.
pub trait WriteAnything {
    /// Is never called.
    ///
    /// # Errors
    /// None.
    fn write<F: Fields>(&self, _: &mut F, _: Name) -> Result<(), F::Error> {
        Ok(())
    }
}

impl<T> WriteAnything for &Written<'_, T> {}
