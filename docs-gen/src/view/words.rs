//! The word form, as far as examples need it: words in, pairs of text out.

use actionline_specs::Action;

/// A line's first word and what follows it.
pub(super) fn split(line: &str) -> (&str, &str) {
    let line = line.trim_matches([' ', '\t']);
    match line.split_once([' ', '\t']) {
        Some((name, rest)) => (name, rest.trim_start_matches([' ', '\t'])),
        None => (line, ""),
    }
}

/// A verb's arguments as pairs: `key=value` when its usage says so, else all that follows is its one param.
pub(super) fn arguments(verb: &Action, rest: &str) -> Vec<(String, String)> {
    let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    match verb.params.as_slice() {
        _ if rest.is_empty() => Vec::new(),
        [key, value] => {
            let (left, right) = rest.split_once('=').unwrap_or((rest, ""));
            vec![pair(&key.name, left), pair(&value.name, right)]
        }
        [only] => vec![pair(&only.name, rest)],
        _ => Vec::new(),
    }
}

/// The one-off params after an action's name; nothing when they are not `key=value` pairs.
pub(super) fn pairs(mut rest: &str) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    while !rest.is_empty() {
        let (key, after) = rest.split_once('=')?;
        if key.is_empty() || key.contains([' ', '\t']) {
            return None;
        }
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => unquote(quoted)?,
            None => {
                let end = after.find([' ', '\t']).unwrap_or(after.len());
                (after[..end].to_owned(), &after[end..])
            }
        };
        if !after.is_empty() && !after.starts_with([' ', '\t']) {
            return None;
        }
        pairs.push((key.to_owned(), value));
        rest = after.trim_start_matches([' ', '\t']);
    }
    Some(pairs)
}

/// The text up to the closing quote, `\"` and `\\` resolved, and what follows.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((out, &text[at + 1..])),
            '\\' => match chars.next()? {
                (_, c @ ('"' | '\\')) => out.push(c),
                (_, c) => out.extend(['\\', c]),
            },
            c => out.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rest: &str) -> Option<Vec<(String, String)>> {
        pairs(rest)
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn quotes_matter_only_after_the_equals_sign() {
        assert_eq!(
            read(r#"key=a value="b c""#),
            Some(vec![pair("key", "a"), pair("value", "b c")])
        );
        assert_eq!(
            read(r#"a="x \" \\ y"  b=p"q"#),
            Some(vec![pair("a", r#"x " \ y"#), pair("b", r#"p"q"#)])
        );
        assert_eq!(
            read("a=b=c d="),
            Some(vec![pair("a", "b=c"), pair("d", "")])
        );
        assert_eq!(read(""), Some(vec![]));
    }

    #[test]
    fn other_words_are_no_pairs() {
        for bad in ["word", "a=1 word", r#"a="open"#, r#"a="b"c"#, "=x", "a b=1"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
