//! The words after an action's name: `key=a value="b c"` (protocol §4).

use crate::{Action, Code, Fault, excerpt, wire};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::collections::HashSet;

/// One pair.
pub type Pair<'a> = (&'a str, Cow<'a, str>);

/// All pairs of a request. A few need no memory of their own.
pub type Pairs<'a> = SmallVec<[Pair<'a>; 4]>;

/// Splits the words after an action's name into pairs. Quotes matter only directly after `=`; inside them `\"` and `\\` are
/// known.
///
/// # Errors
/// [`Code::InvalidWords`], with what is wrong. Nothing is repeated when one of the action's params is secret: a word may be
/// part of a value without quotes.
pub fn pairs<'a>(action: &Action, rest: &'a str) -> Result<Pairs<'a>, Fault> {
    let secret = action.params.iter().any(|param| param.secret);
    split(rest, secret).map_err(|what| {
        let name = excerpt(&action.name);
        Fault::new(Code::InvalidWords, &[("name", name), ("what", &what)])
    })
}

fn split(mut rest: &str, secret: bool) -> Result<Pairs<'_>, String> {
    let shown = |text| match secret {
        true => wire::MASKED,
        false => excerpt(text),
    };
    let mut pairs = Pairs::new();
    let mut seen = Seen::default();
    loop {
        rest = rest.trim_start_matches(SPACES);
        if rest.is_empty() {
            return Ok(pairs);
        }
        let end = rest.find(SPACES).unwrap_or(rest.len());
        let Some(equals) = rest[..end].find('=') else {
            let word = shown(&rest[..end]);
            return Err(format!("{word} is not key=value"));
        };
        let key = &rest[..equals];
        if key.is_empty() {
            return Err("a value without a key".to_owned());
        }
        if key.chars().any(char::is_control) {
            return Err("a key with a control character".to_owned());
        }
        let after = &rest[equals + 1..];
        let (value, left) = match after.strip_prefix('"') {
            Some(quoted) => unquote(quoted)
                .ok_or_else(|| format!("the quotes of {} do not end before a space", shown(key)))?,
            None => {
                let end = after.find(SPACES).unwrap_or(after.len());
                (Cow::Borrowed(&after[..end]), &after[end..])
            }
        };
        if !seen.insert(key, &pairs) {
            return Err(format!("{} is given twice", shown(key)));
        }
        pairs.push((key, value));
        rest = left;
    }
}

/// The keys so far. Looking through a few is cheaper than hashing; a client may send thousands.
#[derive(Default)]
struct Seen<'a>(HashSet<&'a str>);

impl<'a> Seen<'a> {
    const FEW: usize = 16;

    /// Adds a key that follows these pairs; false when it is one of theirs.
    fn insert(&mut self, key: &'a str, before: &[Pair<'a>]) -> bool {
        if before.len() < Self::FEW {
            return before.iter().all(|(known, _)| *known != key);
        }
        if self.0.is_empty() {
            self.0.extend(before.iter().map(|(known, _)| *known));
        }
        self.0.insert(key)
    }
}

const SPACES: [char; 2] = [' ', '\t'];

/// The text up to the closing quote, and what follows; nothing when it does not end, or ends within a word.
fn unquote(quoted: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut text = String::new();
    let mut from = 0;
    let mut chars = quoted.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => {
                let left = &quoted[at + 1..];
                if !(left.is_empty() || left.starts_with(SPACES)) {
                    return None;
                }
                if text.is_empty() {
                    return Some((Cow::Borrowed(&quoted[from..at]), left));
                }
                text.push_str(&quoted[from..at]);
                return Some((Cow::Owned(text), left));
            }
            '\\' => {
                text.push_str(&quoted[from..at]);
                let (next, escaped) = chars.next()?;
                if !matches!(escaped, '"' | '\\') {
                    text.push('\\');
                }
                from = next;
                // The escaped character itself opens the next stretch.
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        split(text, false)
            .unwrap_or_else(|what| panic!("{text}: {what}"))
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value.into_owned()))
            .collect()
    }

    #[test]
    fn pairs_are_read() {
        for (text, expected) in [
            ("key=a value=\"b c\"", vec![("key", "a"), ("value", "b c")]),
            ("a= b=\"\"", vec![("a", ""), ("b", "")]),
            ("a=x=y", vec![("a", "x=y")]),
            ("a={\"b\":1}", vec![("a", "{\"b\":1}")]),
            (
                r#"a="say \"hi\" \\ \n é""#,
                vec![("a", r#"say "hi" \ \n é"#)],
            ),
            ("a=it's \t b=2 ", vec![("a", "it's"), ("b", "2")]),
            ("", vec![]),
        ] {
            let got = read(text);
            let got: Vec<(&str, &str)> =
                got.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            assert_eq!(got, expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_pair_is_refused() {
        for text in [
            "word", "=x", "a=\"open", "a=\"b\"c", "a=1 a=2", "a=\"b\\", "a\u{1}=2",
        ] {
            assert!(split(text, false).is_err(), "{text:?}");
        }
    }
}
