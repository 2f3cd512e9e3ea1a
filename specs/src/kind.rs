//! The seven kinds of value a spec can name with `type`.

use std::fmt;

/// What a param, or a field of a reply, holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Any JSON value; what a spec means when it gives no `type`.
    Any,
    /// Unicode text.
    String,
    /// A whole number from −2^63 to 2^63−1; in JSON, `1.0` and `1e2` are whole numbers too.
    Integer,
    /// A finite IEEE 754 double.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A JSON array.
    Array,
    /// A JSON object.
    Object,
}

impl Kind {
    /// Every kind that has a word in the spec language, in the order docs list them.
    pub const NAMED: [Kind; 6] = [
        Kind::String,
        Kind::Integer,
        Kind::Number,
        Kind::Boolean,
        Kind::Array,
        Kind::Object,
    ];

    /// The word in the spec and in JSON Schema; `any` for [`Kind::Any`], which a spec cannot write.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Any => "any",
            Kind::String => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Boolean => "boolean",
            Kind::Array => "array",
            Kind::Object => "object",
        }
    }

    /// The word with its article, as error texts use it: `an integer`.
    pub fn phrase(self) -> &'static str {
        match self {
            Kind::Any => "any JSON value",
            Kind::String => "a string",
            Kind::Integer => "an integer",
            Kind::Number => "a number",
            Kind::Boolean => "true or false",
            Kind::Array => "an array",
            Kind::Object => "an object",
        }
    }

    /// What values it has, in Markdown, for docs and editors.
    pub const fn meaning(self) -> &'static str {
        match self {
            Kind::Any => "Any JSON value.",
            Kind::String => "Unicode text.",
            Kind::Integer => {
                "A whole number from −2^63 to 2^63−1; in JSON, `1.0` and `1e2` are whole numbers too."
            }
            Kind::Number => "A finite 64-bit floating point number.",
            Kind::Boolean => "`true` or `false`.",
            Kind::Array => "A JSON array; `items` says what is in it.",
            Kind::Object => "A JSON object; `properties` says what is in it.",
        }
    }

    /// The kind a spec names with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|kind| kind.word() == word)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
