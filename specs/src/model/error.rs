//! The errors that an action declares.

use crate::Span;

/// One declared error of an action.
#[derive(Debug, Clone)]
pub struct ErrorSpec {
    /// The code on the wire (JSON form).
    pub code: String,
    /// Where the code stands.
    pub at: Span,
    /// `message`: the text, with `{name}` for what the handler fills in.
    pub message: String,
    /// `description`: when it happens; empty when the spec gives none.
    pub description: String,
}

impl ErrorSpec {
    /// Whether a text can be this error's.
    pub fn fits(&self, text: &str) -> bool {
        fits(&self.message, text)
    }
}

/// Whether a text can come from a template with `{name}`s: its fixed parts follow each other in it.
pub(crate) fn fits(template: &str, text: &str) -> bool {
    let mut parts = template.split('{');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts = parts
        .map(|part| part.split_once('}').map_or(part, |(_, fixed)| fixed))
        .peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(fixed) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(fixed);
        }
        match rest.split_once(fixed) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn the_fixed_parts_follow_each_other() {
        for (template, text) in [
            ("gone", "gone"),
            ("{a}", "anything"),
            ("no {a}", "no "),
            ("player {player} is banned", "player is banned is banned"),
            ("{a} and {b}!", "x and y and z!"),
        ] {
            assert!(fits(template, text), "{template}: {text}");
        }
        for (template, text) in [
            ("gone", "gone!"),
            ("no {a}", "now"),
            ("player {player} is banned", "player x is banned."),
            ("{a} and {b}!", "x or y!"),
        ] {
            assert!(!fits(template, text), "{template}: {text}");
        }
    }
}
