//! Matchers: what stands in an example for a value that differs from run to run.

mod compare;

pub use compare::{Mismatch, matches};

use crate::{Format, Kind};
use serde_json::Value;

/// A placeholder for a value, written as a string such as `"<int>"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matcher {
    /// Any integer.
    Int,
    /// Any number.
    Float,
    /// Any string.
    String,
    /// `true` or `false`.
    Bool,
    /// The public id of a connection.
    Id,
    /// A UUID.
    Uuid,
    /// A point in time.
    Rfc3339,
    /// Any array.
    Array,
    /// Any object.
    Object,
    /// Anything.
    Any,
}

impl Matcher {
    /// Every matcher, in the order docs list them.
    pub const ALL: [Matcher; 10] = [
        Matcher::Int,
        Matcher::Float,
        Matcher::String,
        Matcher::Bool,
        Matcher::Id,
        Matcher::Uuid,
        Matcher::Rfc3339,
        Matcher::Array,
        Matcher::Object,
        Matcher::Any,
    ];

    /// How it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Matcher::Int => "<int>",
            Matcher::Float => "<float>",
            Matcher::String => "<string>",
            Matcher::Bool => "<bool>",
            Matcher::Id => "<id>",
            Matcher::Uuid => "<uuid>",
            Matcher::Rfc3339 => "<rfc3339>",
            Matcher::Array => "<array>",
            Matcher::Object => "<object>",
            Matcher::Any => "<any>",
        }
    }

    /// What it stands for, for the docs.
    pub const fn meaning(self) -> &'static str {
        match self {
            Matcher::Int => "Any integer.",
            Matcher::Float => "Any number; a whole one too.",
            Matcher::String => "Any string.",
            Matcher::Bool => "`true` or `false`.",
            Matcher::Id => "The public id of a connection: 32 lowercase hex digits.",
            Matcher::Uuid => "A UUID: hex digits in groups of 8, 4, 4, 4 and 12.",
            Matcher::Rfc3339 => {
                "A point in time as RFC 3339 writes it: `2026-01-31T12:00:00.000Z`."
            }
            Matcher::Array => "Any array.",
            Matcher::Object => "Any object.",
            Matcher::Any => "Any JSON value, null too.",
        }
    }

    /// The kind of the values it stands for.
    pub const fn kind(self) -> Kind {
        match self {
            Matcher::Int => Kind::Integer,
            Matcher::Float => Kind::Number,
            Matcher::String | Matcher::Id | Matcher::Uuid | Matcher::Rfc3339 => Kind::String,
            Matcher::Bool => Kind::Boolean,
            Matcher::Array => Kind::Array,
            Matcher::Object => Kind::Object,
            Matcher::Any => Kind::Any,
        }
    }

    /// The matcher that a value of an example is, if it is one.
    pub fn of(value: &Value) -> Option<Self> {
        let word = value.as_str()?;
        Self::ALL.into_iter().find(|matcher| matcher.word() == word)
    }

    /// Whether it stands for this value.
    pub fn accepts(self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            Matcher::Int => value.is_i64() || value.is_u64(),
            Matcher::Float => value.is_number(),
            Matcher::String => value.is_string(),
            Matcher::Bool => value.is_boolean(),
            Matcher::Id => text.is_some_and(is_id),
            Matcher::Uuid => text.is_some_and(|text| Format::Uuid.accepts(text)),
            Matcher::Rfc3339 => text.is_some_and(|text| Format::DateTime.accepts(text)),
            Matcher::Array => value.is_array(),
            Matcher::Object => value.is_object(),
            Matcher::Any => true,
        }
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_matcher_takes_its_own_and_nothing_else() {
        let id = "0123456789abcdef0123456789abcdef";
        let uuid = "01234567-89AB-cdef-0123-456789abcdef";
        let time = "2026-02-28T23:59:60.123Z";
        let values = [
            (json!(5), "<int> <float> <any>"),
            (json!(-0.5), "<float> <any>"),
            (json!("x"), "<string> <any>"),
            (json!(true), "<bool> <any>"),
            (json!(id), "<string> <id> <any>"),
            (json!(id.to_uppercase()), "<string> <any>"),
            (json!(uuid), "<string> <uuid> <any>"),
            (json!(time), "<string> <rfc3339> <any>"),
            (json!([]), "<array> <any>"),
            (json!({}), "<object> <any>"),
            (json!(null), "<any>"),
        ];
        for (value, wanted) in values {
            let taken = Matcher::ALL.into_iter().filter(|m| m.accepts(&value));
            let words: Vec<&str> = taken.map(Matcher::word).collect();
            assert_eq!(words.join(" "), wanted, "{value}");
        }
    }
}
