//! The keys of the spec language: which ones each map has, what stands behind them, and what they mean. The loader accepts
//! what these tables list, the schema for editors is made from them, and docs/spec.md repeats their texts.
//!
//! The keys that are rules of values stand in [`Rule::WORDS`].

mod spec;
mod value;

pub use spec::{ACTION, ERROR, EXAMPLE, INCLUDED, INFO, LINTS, OTHER, PUSH, SPEC};
pub(crate) use spec::{REPLIES, REQUIRES, VERB, VERBS};
pub use value::{FIELD, ITEM, PARAM, PROPERTY, SCHEMA};
pub(crate) use value::{ITEMS, PROPERTIES, REF};

use crate::Kind;
#[cfg(doc)]
use crate::Rule;
use std::fmt;

/// What a map is called where something else stands in its place.
pub(crate) const MAP: &str = "a map of `key: value` lines";

/// A key of the spec language.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// The key.
    pub word: &'static str,
    /// The kinds of value that it says something about; none when it goes with all of them, or is not about values.
    pub kinds: &'static [Kind],
    pub(crate) holds: Holds,
    /// Whether it has to be there.
    pub required: bool,
    /// What it means, in Markdown, for docs and editors.
    pub meaning: &'static str,
}

impl Word {
    pub(crate) const fn new(word: &'static str, holds: Holds, meaning: &'static str) -> Self {
        Self {
            word,
            kinds: &[],
            holds,
            required: false,
            meaning,
        }
    }

    /// The map with fixed keys that stands behind it, or that names or a list behind it lead to.
    pub fn below(&self) -> Option<&'static Shape> {
        self.holds.shape()
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn of(mut self, kinds: &'static [Kind]) -> Self {
        self.kinds = kinds;
        self
    }
}

/// A map of the spec language that has fixed keys.
pub struct Shape {
    /// One of them, with its article: `a param`.
    pub what: &'static str,
    /// What it is, in Markdown, for editors.
    pub meaning: &'static str,
    pub(crate) parts: &'static [&'static [Word]],
}

impl Shape {
    /// Its keys, in the order docs list them.
    pub fn words(&self) -> impl Iterator<Item = &'static Word> + Clone {
        self.parts.iter().copied().flatten()
    }

    /// Its key with this name.
    pub fn word(&self, name: &str) -> Option<&'static Word> {
        self.words().find(|word| word.word == name)
    }
}

impl fmt::Debug for Shape {
    // Shapes hold each other without end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }
}

/// What stands behind a key. It is not public: the compiler writes `serde_json::Value` for `Value` where it sees two. An empty place counts as an empty map or list of names where the loader takes it for one.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holds {
    /// The version of the language.
    Version,
    /// A string.
    Text,
    /// A string that says something.
    Filled,
    /// The same, on one line.
    Line,
    /// `true` or `false`.
    Flag,
    /// `true`, `false` or a string that says something.
    Note,
    /// A number; a whole one if the value is an integer.
    Limit,
    /// The same, above 0.
    Unit,
    /// A whole number, 0 or more.
    Count,
    /// A whole number from 1 to [`Action::LONGEST`](crate::Action::LONGEST).
    Seconds,
    /// A regular expression.
    Pattern,
    /// A reference to a shared schema.
    Reference,
    /// One of the types.
    Type,
    /// One of the formats.
    Format,
    /// One of the effects.
    Effect,
    /// The word `required`.
    Needed,
    /// The name of a cargo feature.
    Feature,
    /// A list of lints.
    Lints,
    /// The values that a value may have.
    Choices,
    /// Any value but null.
    Value,
    /// A list of any values.
    Values,
    /// A map of any values.
    Members,
    /// A list of lines.
    Lines,
    /// A list of maps of any values: lines that a client is sent.
    Messages,
    /// A list of files.
    Files,
    /// A list of words.
    Names,
    /// A list of different names: rights.
    Rights,
    /// A map with fixed keys.
    One(&'static Shape),
    /// Names to such maps.
    Many(&'static Shape),
    /// Names to such maps, one at least.
    Some(&'static Shape),
    /// A list of such maps.
    List(&'static Shape),
    /// Names to such maps, or the word `file`.
    OrFile(&'static Shape),
}

impl Holds {
    pub(crate) fn shape(self) -> Option<&'static Shape> {
        match self {
            Holds::One(shape)
            | Holds::Many(shape)
            | Holds::Some(shape)
            | Holds::List(shape)
            | Holds::OrFile(shape) => Some(shape),
            _ => None,
        }
    }
}
