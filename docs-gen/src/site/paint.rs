//! Colours for code: enough to tell strings, comments and words of a language apart.

use super::html::escape;

/// A line of JSON, which may be broken behind commas. What is not JSON is shown as it is.
pub(super) fn json(text: &str) -> String {
    let between = |text: &str| escape(text).replace(',', ",<wbr>");
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('"') {
        out += &between(&rest[..at]);
        let end = string_end(&rest[at..], '"');
        let string = &rest[at..at + end];
        rest = &rest[at + end..];
        let class = if rest.starts_with(':') { "key" } else { "str" };
        out += &span(class, string);
    }
    out + &between(rest)
}

/// How a language writes what is worth a colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Language {
    /// What begins a comment that ends with its line.
    pub(super) comment: &'static str,
    /// What quotes a string.
    pub(super) quotes: &'static [char],
    /// Its own words.
    pub(super) words: &'static [&'static str],
}

/// A program.
pub(super) fn program(text: &str, language: Language) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with(language.comment) {
            let end = rest.find('\n').unwrap_or(rest.len());
            out += &span("rem", &rest[..end]);
            end
        } else if let Some(end) = raw_string_end(rest) {
            out += &span("str", &rest[..end]);
            end
        } else if language.quotes.contains(&first) {
            let end = string_end(rest, first);
            out += &span("str", &rest[..end]);
            end
        } else if first.is_alphabetic() || first == '_' {
            let part = |c: char| !(c.is_alphanumeric() || c == '_');
            let end = rest.find(part).unwrap_or(rest.len());
            let word = &rest[..end];
            out += &match language.words.contains(&word) {
                true => span("word", word),
                false => escape(word),
            };
            end
        } else {
            out += &escape(&rest[..first.len_utf8()]);
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    out
}

/// Where a string that begins here ends, its quotes included.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Where Rust's `r#"…"#` ends.
fn raw_string_end(text: &str) -> Option<usize> {
    let hashes = text
        .strip_prefix('r')?
        .chars()
        .take_while(|c| *c == '#')
        .count();
    let open = 1 + hashes;
    if hashes == 0 || !text[open..].starts_with('"') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let end = text[open + 1..].find(&close)?;
    Some(open + 1 + end + close.len())
}

fn span(class: &str, text: &str) -> String {
    format!("<span class=\"{class}\">{}</span>", escape(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUST: Language = Language {
        comment: "//",
        quotes: &['"'],
        words: &["let"],
    };

    #[test]
    fn painting_loses_nothing_and_escapes_all() {
        let text = "let a = r#\"<b>\"#; // it's \"<i>\nx(\"a\\\"</b>\")";
        let mut seen = program(text, RUST);
        for tag in ["word", "str", "rem"] {
            assert!(seen.contains(&format!("<span class=\"{tag}\">")), "{seen}");
            seen = seen.replace(&format!("<span class=\"{tag}\">"), "");
        }
        assert_eq!(seen.replace("</span>", ""), escape(text));
    }

    #[test]
    fn keys_and_values_differ() {
        assert_eq!(
            json(r#"{"a":"<","#),
            "{<span class=\"key\">&quot;a&quot;</span>:<span class=\"str\">&quot;&lt;&quot;</span>,<wbr>"
        );
    }
}
