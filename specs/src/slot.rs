//! Bound values.

use crate::judge::Known;
use crate::{Kind, Raw, judge};
use serde_json::{Number, Value};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::cmp::Ordering;

/// A bound value: what a handler's argument is made from.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Slot<'a> {
    /// Not given, and no default.
    #[default]
    Absent,
    /// A string.
    Text(Cow<'a, str>),
    /// An integer.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// The JSON text of an array, an object or any value: valid, its depth and numbers checked.
    Json(Cow<'a, str>),
}

/// One slot for each param, in declared order. As many as most actions have need no memory of their own.
pub type Slots<'a> = SmallVec<[Slot<'a>; 8]>;

impl<'a> Slot<'a> {
    /// Reads the text of a JSON value that was found valid before, as part of another one. Nothing if it is no such kind.
    pub fn of_valid_json(kind: Kind, text: &'a str) -> Option<Self> {
        judge::read(kind, Raw::Json(text), Known::Walked).ok()
    }
}

impl Slot<'_> {
    /// A slot of its own that holds the same.
    pub fn to_owned(&self) -> Slot<'static> {
        self.borrowed().into_owned()
    }

    /// The same slot with all text owned.
    pub fn into_owned(self) -> Slot<'static> {
        match self {
            Slot::Absent => Slot::Absent,
            Slot::Text(text) => Slot::Text(Cow::Owned(text.into_owned())),
            Slot::Integer(value) => Slot::Integer(value),
            Slot::Number(value) => Slot::Number(value),
            Slot::Boolean(value) => Slot::Boolean(value),
            Slot::Json(text) => Slot::Json(Cow::Owned(text.into_owned())),
        }
    }

    /// The same slot, borrowing its text from this one.
    pub fn borrowed(&self) -> Slot<'_> {
        match self {
            Slot::Absent => Slot::Absent,
            Slot::Text(text) => Slot::Text(Cow::Borrowed(text)),
            Slot::Integer(value) => Slot::Integer(*value),
            Slot::Number(value) => Slot::Number(*value),
            Slot::Boolean(value) => Slot::Boolean(*value),
            Slot::Json(text) => Slot::Json(Cow::Borrowed(text)),
        }
    }

    /// Orders a numeric slot against a limit, exactly; nothing for other slots.
    pub(crate) fn compare(&self, limit: &Number) -> Option<Ordering> {
        let limit_int = limit.as_i64();
        match (self, limit_int) {
            (Slot::Integer(value), Some(limit)) => Some(value.cmp(&limit)),
            // Limits are checked at load: one that is no i64 is a double beyond it or with a fraction.
            (Slot::Integer(value), None) => (*value as f64).partial_cmp(&limit.as_f64()?),
            (Slot::Number(value), _) => value.partial_cmp(&limit.as_f64()?),
            _ => None,
        }
    }

    /// Whether the slot holds this JSON value.
    pub(crate) fn equals(&self, value: &Value) -> bool {
        match (self, value) {
            (Slot::Text(text), Value::String(other)) => text == other,
            (Slot::Boolean(flag), Value::Bool(other)) => flag == other,
            (slot, Value::Number(limit)) => slot.compare(limit) == Some(Ordering::Equal),
            _ => false,
        }
    }
}
