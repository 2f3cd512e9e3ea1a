//! Where something stands in a spec file.

use std::sync::Arc;

/// A spec file: its name as shown to people, its text, and the files it includes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as it is printed in messages, for example `actions.yaml`.
    pub name: Arc<str>,
    /// The whole text of the file.
    pub text: Arc<str>,
    /// Every file that it includes, and that those include, in the order of reading. [`Span::file`] counts them from
    /// 1. They have none themselves.
    pub included: Vec<Source>,
}

impl Source {
    /// Names a text.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            included: Vec::new(),
        }
    }

    /// The file that a span lies in.
    pub fn file(&self, at: Span) -> &Source {
        match at.file.checked_sub(1) {
            Some(index) => self.included.get(index as usize).unwrap_or(self),
            None => self,
        }
    }

    /// `file:line:column` of a span, both counted from 1, the column in characters.
    pub fn locate(&self, at: Span) -> String {
        format!("{}:{}:{}", self.file(at).name, at.line, at.column)
    }

    /// Line and column of the first character behind a span, both counted from 1, the column in characters.
    pub fn end(&self, at: Span) -> (u32, u32) {
        let inside = self.file(at).text.get(at.range()).unwrap_or_default();
        match inside.rsplit_once('\n') {
            None => (at.line, at.column + inside.chars().count() as u32),
            Some((before, last)) => {
                let lines = before.matches('\n').count() as u32 + 1;
                (at.line + lines, last.chars().count() as u32 + 1)
            }
        }
    }

    /// The line in which a span begins, without its line end and without the byte order mark.
    pub fn line(&self, at: Span) -> &str {
        let text = &*self.file(at).text;
        // Not counted from the start of the text: there may be as many spans as lines.
        let (before, behind) = text.split_at(text.floor_char_boundary(at.start));
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let end = behind.find('\n').unwrap_or(behind.len());
        let line = &text[start..before.len() + end];
        let line = line.strip_suffix('\r').unwrap_or(line);
        if start == 0 { without_bom(line) } else { line }
    }
}

/// The text without a byte order mark, which no editor shows or counts.
pub(crate) fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A place in one spec file: one key or one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// The file: 0 for the spec itself, else the number of one that it includes (see [`Source::file`]).
    pub file: u32,
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

/// Finds lines and columns of byte offsets, for many places in one text.
pub(crate) struct Places {
    file: u32,
    pub(crate) text: Arc<str>,
    /// The first byte of each line.
    lines: Vec<usize>,
}

impl Places {
    pub(crate) fn new(file: u32, text: Arc<str>) -> Self {
        let first = text.len() - without_bom(&text).len();
        let others = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(first).chain(others).collect();
        Self { file, text, lines }
    }

    /// The span of these bytes. What lies outside the text or inside a character is moved to what is near.
    pub(crate) fn span(&self, start: usize, len: usize) -> Span {
        let start = self.text.floor_char_boundary(start).max(self.lines[0]);
        let mut end = self.text.floor_char_boundary(start.saturating_add(len));
        if end <= start {
            let next = self.text[start..].chars().next();
            end = start + next.map_or(0, char::len_utf8);
        }
        let line = self.lines.partition_point(|first| *first <= start).max(1);
        let column = self.text[self.lines[line - 1]..start].chars().count() + 1;
        Span {
            file: self.file,
            line: line as u32,
            column: column as u32,
            start,
            len: end - start,
        }
    }

    /// The span of one character, by line and column counted from 1.
    pub(crate) fn point(&self, line: usize, column: usize) -> Span {
        let first = self.lines.get(line.saturating_sub(1));
        let first = first.copied().unwrap_or(self.text.len());
        let rest = &self.text[first..];
        let offset = rest.char_indices().nth(column.saturating_sub(1));
        self.span(offset.map_or(self.text.len(), |(at, _)| first + at), 1)
    }
}
