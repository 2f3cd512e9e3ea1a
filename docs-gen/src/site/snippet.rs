//! Programs that send an example's lines, whole enough to be run as they are.

use super::paint::{self, Language};
use crate::{RenderError, Templates};
use serde::Serialize;

/// A language that examples are shown in. `nc` is one: its program is a line of shell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// The template, and the word that the reader's choice is kept under.
    pub(super) word: &'static str,
    /// What a reader sees.
    pub(super) label: &'static str,
    language: Language,
}

/// Every language, in the order of the tabs.
pub(super) const KINDS: [Kind; 4] = [
    Kind {
        word: "nc",
        label: "nc",
        language: Language {
            comment: "#",
            quotes: &['\''],
            words: &["printf", "nc", "quit"],
        },
    },
    Kind {
        word: "rust",
        label: "Rust",
        language: Language {
            comment: "//",
            quotes: &['"'],
            words: &[
                "use", "const", "fn", "let", "mut", "for", "in", "if", "break",
            ],
        },
    },
    Kind {
        word: "node",
        label: "Node.js",
        language: Language {
            comment: "//",
            quotes: &['"', '\''],
            words: &["const", "if", "else", "return", "in"],
        },
    },
    Kind {
        word: "python",
        label: "Python",
        language: Language {
            comment: "#",
            quotes: &['"', '\''],
            words: &["import", "with", "as", "for", "in", "if", "break", "while"],
        },
    },
];

/// What a program has to do.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Task<'a> {
    pub(super) host: &'a str,
    pub(super) port: &'a str,
    /// The lines to send, in this order.
    pub(super) lines: Vec<&'a str>,
    /// The last one is answered with bytes, not with a line.
    pub(super) file: bool,
}

impl Kind {
    /// The program as text.
    pub(super) fn text(
        self,
        task: &Task<'_>,
        templates: &Templates,
    ) -> Result<String, RenderError> {
        let text = templates.markdown(&format!("snippets/{}", self.word), task)?;
        Ok(text.trim_end().to_owned())
    }

    /// A program in colour.
    pub(super) fn shown(self, text: &str) -> String {
        paint::program(text, self.language)
    }
}

/// A text as a literal of JavaScript and of Python: the one that reads best.
pub(crate) fn script(text: &str) -> String {
    let plain = !text.contains(['\'', '\\']) && !text.contains(char::is_control);
    match plain && text.contains('"') {
        true => format!("'{text}'"),
        false => serde_json::Value::from(text).to_string(),
    }
}

/// A text as a literal of Rust.
pub(crate) fn rust(text: &str) -> String {
    let plain = !text.contains("\"#") && !text.contains(char::is_control);
    match plain && text.contains(['"', '\\']) {
        true => format!("r#\"{text}\"#"),
        false => format!("{text:?}"),
    }
}

/// A text as one word of a shell.
pub(crate) fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals() {
        assert_eq!(script("say hi"), "\"say hi\"");
        assert_eq!(script(r#"{"a":1}"#), r#"'{"a":1}'"#);
        assert_eq!(script(r#"it's "x""#), r#""it's \"x\"""#);
        assert_eq!(rust("say hi"), "\"say hi\"");
        assert_eq!(rust(r#"{"a":1}"#), r##"r#"{"a":1}"#"##);
        assert_eq!(rust("\"#\u{1}"), "\"\\\"#\\u{1}\"");
        assert_eq!(shell("it's"), r"'it'\''s'");
    }
}
