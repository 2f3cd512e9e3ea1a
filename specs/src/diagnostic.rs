//! What is wrong with a spec, told like a compiler tells it: place, source line, caret, note, help.

use crate::{Source, Span};
use annotate_snippets::{AnnotationKind, Group, Level as Heading, Renderer, Snippet};
use std::fmt;

/// How bad a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// The spec cannot be used.
    Error,
    /// The spec is legal, but poor.
    Warning,
}

impl Level {
    /// The word in reports, for people and machines.
    pub const fn word(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
        }
    }
}

/// One thing that is wrong in a spec file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub level: Level,
    /// What kind of thing it is: the word of a [`crate::Mistake`] or a [`crate::Lint`].
    pub code: &'static str,
    /// What is wrong, one line without a full stop.
    pub message: String,
    /// Where.
    pub at: Span,
    /// What else one should look at.
    pub notes: Vec<Note>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A remark on a [`Diagnostic`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The remark, one line without a full stop.
    pub message: String,
    /// The place it is about, if it is about one.
    pub at: Option<Span>,
}

impl Diagnostic {
    /// Says what is wrong, and where. The ways here are the tables of codes.
    pub(crate) fn new(
        level: Level,
        code: &'static str,
        at: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            level,
            code,
            message: one_line(message),
            at,
            notes: Vec::new(),
            help: None,
        }
    }

    /// The same, with what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(one_line(help));
        self
    }

    /// The same, with a remark about another place.
    pub fn note(mut self, at: Span, message: impl Into<String>) -> Self {
        self.notes.push(Note {
            message: one_line(message),
            at: Some(at),
        });
        self
    }

    /// One line, as a compile error carries it: `actions.yaml:10:3: message (help)`.
    pub fn brief(&self, source: &Source) -> String {
        let mut line = format!("{}: {}", source.locate(self.at), self.message);
        for note in &self.notes {
            line.push_str(&format!("; {}", note.message));
            if let Some(at) = note.at {
                match at.file == self.at.file {
                    true => line.push_str(&format!(" at {}:{}", at.line, at.column)),
                    false => line.push_str(&format!(" at {}", source.locate(at))),
                }
            }
        }
        if let Some(help) = &self.help {
            line.push_str(&format!(" ({help})"));
        }
        line
    }

    /// Adds the parts of the report to `groups`.
    fn report<'a>(&'a self, source: &'a Source, groups: &mut Vec<Group<'a>>) {
        let heading = match self.level {
            Level::Error => Heading::ERROR,
            Level::Warning => Heading::WARNING,
        };
        let mut group = heading
            .primary_title(self.message.as_str())
            .id(self.code)
            .element(snippet(source, self.at, AnnotationKind::Primary));
        for note in &self.notes {
            let Some(at) = note.at else {
                group = group.element(Heading::NOTE.message(note.message.as_str()));
                continue;
            };
            groups.push(std::mem::replace(
                &mut group,
                Heading::NOTE
                    .secondary_title(note.message.as_str())
                    .element(snippet(source, at, AnnotationKind::Primary)),
            ));
        }
        if let Some(help) = &self.help {
            group = group.element(Heading::HELP.message(help.as_str()));
        }
        groups.push(group);
    }
}

/// A message repeats what the file holds: it stays one line, and tells a terminal nothing.
pub(crate) fn one_line(text: impl Into<String>) -> String {
    let text = text.into();
    if !text.contains(char::is_control) {
        return text;
    }
    let shown = |c: char| match c.is_control() {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    };
    text.chars().map(shown).collect()
}

/// The line of a place, with carets below it. A place over several lines is shown on its first one.
fn snippet<'a>(
    source: &'a Source,
    at: Span,
    kind: AnnotationKind,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let line = source.line(at);
    let start = line
        .char_indices()
        .nth(at.column.saturating_sub(1) as usize)
        .map_or(line.len(), |(start, _)| start);
    let end = line.floor_char_boundary(start.saturating_add(at.len));
    // An empty line has no place for a caret.
    let line = if line.is_empty() { " " } else { line };
    Snippet::source(line)
        .line_start(at.line as usize)
        .path(source.file(at).name.as_ref())
        .annotation(kind.span(start..end))
}

/// So many diagnostics of one spec are shown: who has more mends these first.
pub const SHOWN: usize = 100;

/// Everything that is wrong with one spec, in the order of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    /// The file, with those it includes.
    pub source: Source,
    /// What is wrong with them; never empty where a spec is refused.
    pub list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub(crate) fn new(source: Source, mut list: Vec<Diagnostic>) -> Self {
        list.sort_by_key(|diagnostic| (diagnostic.at.file, diagnostic.at.start));
        Self { source, list }
    }

    /// Whether there is more than warnings.
    pub fn is_faulty(&self) -> bool {
        self.list.iter().any(|one| one.level == Level::Error)
    }

    /// What a report shows, the first [`SHOWN`], and how many more there are.
    pub fn shown(&self) -> (&[Diagnostic], usize) {
        let (shown, more) = self.list.split_at(self.list.len().min(SHOWN));
        (shown, more.len())
    }

    /// The report as a compiler would print it, of the first [`SHOWN`]; `color` adds ANSI escapes. Every diagnostic ends
    /// with a line end.
    pub fn render(&self, color: bool) -> String {
        let renderer = match color {
            true => Renderer::styled(),
            false => Renderer::plain(),
        };
        let mut out = String::new();
        let (shown, more) = self.shown();
        for (index, diagnostic) in shown.iter().enumerate() {
            let mut groups = Vec::new();
            diagnostic.report(&self.source, &mut groups);
            if index > 0 {
                out.push('\n');
            }
            out.push_str(&renderer.render(&groups));
            out.push('\n');
        }
        if more > 0 {
            out.push_str(&format!("\nand {more} more\n"));
        }
        out
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.render(false).trim_end())
    }
}

impl std::error::Error for Diagnostics {}
