//! The part of the regular expressions that means one thing everywhere.

use regex::Regex;
use regex_syntax::ast::{
    self, AssertionKind, Ast, ClassBracketed, ClassPerl, ClassPerlKind, ClassSetBinaryOp,
    ClassSetItem, GroupKind, HexLiteralKind, Literal, LiteralKind, RepetitionKind,
    SpecialLiteralKind, Visitor, parse::Parser,
};
use std::ops::Range;

/// What may follow a backslash in ECMA-262 with the `u` flag to stand for itself.
const ESCAPABLE: &str = r"^$\.*+?()[]{}|/";
/// What ECMA-262 leaves out of `.`, as a class.
const DOT: &str = r"[^\n\r\x{2028}\x{2029}]";

/// A construct that would not mean the same everywhere.
pub(super) struct Trouble {
    /// Its bytes in the pattern.
    pub(super) range: Range<usize>,
    /// What follows "`pattern`" in the message.
    pub(super) message: String,
    /// What to write instead.
    pub(super) help: Option<String>,
}

/// Compiles a pattern so that it means what ECMA-262 means.
pub(super) fn compile(pattern: &str) -> Result<Regex, Vec<Trouble>> {
    let tree = Parser::new().parse(pattern).map_err(|error| {
        let span = error.span();
        let range = span.start.offset..span.end.offset;
        vec![unreadable(range, error.kind())]
    })?;
    let walk = Walk {
        pattern,
        class: 0,
        dots: Vec::new(),
        troubles: Vec::new(),
    };
    let Ok(walk) = ast::visit(&tree, walk);
    if !walk.troubles.is_empty() {
        return Err(walk.troubles);
    }
    let mut translated = pattern.to_owned();
    for dot in walk.dots.into_iter().rev() {
        translated.replace_range(dot, DOT);
    }
    Regex::new(&translated).map_err(|error| {
        vec![Trouble {
            range: 0..pattern.len(),
            message: match error {
                regex::Error::CompiledTooBig(_) => "is too large once compiled".to_owned(),
                error => format!("is no regular expression: {error}"),
            },
            help: None,
        }]
    })
}

fn unreadable(range: Range<usize>, kind: &ast::ErrorKind) -> Trouble {
    let (message, help) = match kind {
        ast::ErrorKind::UnsupportedLookAround => (
            "has no look-around: it would need more than linear time".to_owned(),
            Some("check that part in the handler".to_owned()),
        ),
        ast::ErrorKind::UnsupportedBackreference => (
            "has no references to groups: they would need more than linear time".to_owned(),
            Some("check that part in the handler".to_owned()),
        ),
        ast::ErrorKind::ClassUnclosed => (
            "has an unclosed class".to_owned(),
            Some(r"write `\[` and `\]` for the brackets themselves".to_owned()),
        ),
        kind => (format!("is no regular expression: {kind}"), None),
    };
    Trouble {
        range,
        message,
        help,
    }
}

struct Walk<'p> {
    pattern: &'p str,
    /// How many classes are open.
    class: usize,
    dots: Vec<Range<usize>>,
    troubles: Vec<Trouble>,
}

impl Walk<'_> {
    fn refuse(&mut self, span: &ast::Span, message: &str, help: impl Into<Option<String>>) {
        let range = span.start.offset..span.end.offset;
        // What lies in a part that is refused as a whole says nothing more.
        if self
            .troubles
            .last()
            .is_some_and(|last| last.range.end >= range.end)
        {
            return;
        }
        self.troubles.push(Trouble {
            range,
            message: message.to_owned(),
            help: help.into(),
        });
    }

    fn written(&self, span: &ast::Span) -> &str {
        &self.pattern[span.start.offset..span.end.offset]
    }

    fn differs(&mut self, span: &ast::Span, help: impl Into<String>) {
        let message = format!(
            "uses `{}`, which other languages read differently",
            self.written(span)
        );
        self.refuse(span, &message, help.into());
    }

    fn unknown(&mut self, span: &ast::Span, help: impl Into<String>) {
        let message = format!(
            "uses `{}`, which JSON Schema does not have",
            self.written(span)
        );
        self.refuse(span, &message, help.into());
    }

    fn literal(&mut self, literal: &Literal) {
        let (span, c) = (&literal.span, literal.c);
        match &literal.kind {
            LiteralKind::Verbatim if self.class == 0 && matches!(c, ']' | '{' | '}') => {
                self.differs(span, format!(r"write `\{c}`"));
            }
            LiteralKind::Verbatim if self.class > 0 && matches!(c, ']' | '[') => {
                self.differs(span, format!(r"write `\{c}`"));
            }
            LiteralKind::Meta | LiteralKind::Superfluous
                if !(ESCAPABLE.contains(c) || self.class > 0 && c == '-') =>
            {
                self.unknown(span, format!("write `{c}`"));
            }
            LiteralKind::Octal
            | LiteralKind::HexFixed(HexLiteralKind::UnicodeLong)
            | LiteralKind::HexBrace(HexLiteralKind::X | HexLiteralKind::UnicodeLong) => {
                self.unknown(span, format!(r"write `\u{{{:X}}}`", u32::from(c)));
            }
            LiteralKind::Special(SpecialLiteralKind::Bell) => {
                self.unknown(span, r"write `\x07`");
            }
            _ => {}
        }
    }

    fn perl(&mut self, class: &ClassPerl) {
        let members = match class.kind {
            ClassPerlKind::Digit => "0-9",
            ClassPerlKind::Space => r" \t\n\r",
            ClassPerlKind::Word => "A-Za-z0-9_",
        };
        let help = match (self.class > 0, class.negated) {
            (false, false) => format!("write `[{members}]`"),
            (false, true) => format!("write `[^{members}]`"),
            (true, false) => format!("write `{members}`"),
            (true, true) => format!("write a group: `(?:[^{members}]|[…])`"),
        };
        self.differs(&class.span, help);
    }

    fn group(&mut self, group: &ast::Group) {
        match &group.kind {
            GroupKind::CaptureName {
                starts_with_p,
                name,
            } => {
                let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
                if *starts_with_p {
                    let span = ast::Span::new(group.span.start, name.span.start);
                    self.unknown(&span, format!("write `(?<{}>`", name.name));
                } else if !name.name.chars().all(word) {
                    self.unknown(&name.span, "name groups with letters, digits and `_`");
                }
            }
            GroupKind::NonCapturing(flags) if !flags.items.is_empty() => {
                let span = ast::Span::new(group.span.start, flags.span.end);
                self.unknown(&span, "write the group without flags: `(?:`");
            }
            _ => {}
        }
    }

    fn repetition(&mut self, repetition: &ast::Repetition) {
        let op = &repetition.op;
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '{' | '}' | ',' | '?');
        let written = self.written(&op.span);
        if matches!(op.kind, RepetitionKind::Range(_))
            && (!written.chars().all(digits) || written.starts_with("{,"))
        {
            self.differs(&op.span, "write the count as `{2}`, `{2,}` or `{0,2}`");
        }
        if matches!(*repetition.ast, Ast::Repetition(_) | Ast::Assertion(_)) {
            self.differs(&op.span, "put what is repeated in a group: `(?:…)`");
        }
    }
}

impl Visitor for Walk<'_> {
    type Output = Self;
    type Err = std::convert::Infallible;

    fn finish(self) -> Result<Self, Self::Err> {
        Ok(self)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Self::Err> {
        match ast {
            Ast::Flags(flags) => self.unknown(&flags.span, "a pattern has no flags"),
            Ast::Literal(literal) => self.literal(literal),
            Ast::Dot(span) => self.dots.push(span.start.offset..span.end.offset),
            Ast::Assertion(assertion) => match assertion.kind {
                AssertionKind::StartLine | AssertionKind::EndLine => {}
                AssertionKind::StartText => self.unknown(&assertion.span, "write `^`"),
                AssertionKind::EndText => self.unknown(&assertion.span, "write `$`"),
                _ => self.differs(&assertion.span, "say which characters may stand there"),
            },
            Ast::ClassUnicode(class) => {
                self.differs(&class.span, "list the characters: `[A-Za-z]`")
            }
            Ast::ClassPerl(class) => self.perl(class),
            Ast::Repetition(repetition) => self.repetition(repetition),
            Ast::Group(group) => self.group(group),
            Ast::ClassBracketed(class) => self.open(class),
            Ast::Empty(_) | Ast::Alternation(_) | Ast::Concat(_) => {}
        }
        Ok(())
    }

    fn visit_post(&mut self, ast: &Ast) -> Result<(), Self::Err> {
        if matches!(ast, Ast::ClassBracketed(_)) {
            self.class -= 1;
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), Self::Err> {
        match item {
            ClassSetItem::Literal(literal) => self.literal(literal),
            ClassSetItem::Range(range) => {
                self.literal(&range.start);
                self.literal(&range.end);
            }
            ClassSetItem::Ascii(class) => {
                self.differs(&class.span, "list the characters: `A-Za-z`");
            }
            ClassSetItem::Unicode(class) => {
                self.differs(&class.span, "list the characters: `A-Za-z`");
            }
            ClassSetItem::Perl(class) => self.perl(class),
            ClassSetItem::Bracketed(class) => {
                self.differs(&class.span, r"write `\[` for the bracket itself");
            }
            ClassSetItem::Empty(_) | ClassSetItem::Union(_) => {}
        }
        Ok(())
    }

    fn visit_class_set_binary_op_pre(&mut self, op: &ClassSetBinaryOp) -> Result<(), Self::Err> {
        self.differs(
            &op.span,
            r"classes have no operators; write `\-` for the dash itself",
        );
        Ok(())
    }
}

impl Walk<'_> {
    fn open(&mut self, class: &ClassBracketed) {
        self.class += 1;
        // `regex` takes leading dashes as they are, ECMA-262 as the start of a range.
        let written = self.written(&class.span);
        let operator = matches!(class.kind, ast::ClassSet::BinaryOp(_));
        if written.contains("--") && !operator {
            self.differs(&class.span, r"write `\-` for the dash itself");
        }
    }
}
