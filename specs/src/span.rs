//! Where something stands in a spec file.

use std::sync::Arc;

/// A spec file: its name as shown to people, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as it is printed in messages, for example `actions.yaml`.
    pub name: Arc<str>,
    /// The whole text of the file.
    pub text: Arc<str>,
}

impl Source {
    /// Names a text.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }

    /// `file:line:column` of a span, both counted from 1, the column in characters.
    pub fn locate(&self, at: Span) -> String {
        format!("{}:{}:{}", self.name, at.line, at.column)
    }
}

/// A place in one spec file: one key or one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
    /// First byte in the text.
    pub start: usize,
    /// Length in bytes; at least 1 except at the end of the text.
    pub len: usize,
}

impl Span {
    /// The bytes of the text that the span covers.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.start + self.len
    }
}
