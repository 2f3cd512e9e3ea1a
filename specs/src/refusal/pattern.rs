//! Texts from a pattern: the plainest that match, and such ones with something wrong in them.

use super::sample::LONGEST;
use crate::Pattern;
use regex_syntax::Parser;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Characters that people use, the plainest first: taken where a class has them.
const PLAIN: [char; 16] = [
    'a', '1', 'A', 'b', '0', '_', '-', '.', ' ', 'x', 'Z', '9', '@', '/', ':', '#',
];

/// Texts that match a pattern; of this length where one was found.
pub(super) fn texts(pattern: &Pattern, length: Option<usize>) -> Vec<String> {
    let Ok(tree) = Parser::new().parse(pattern.regex.as_str()) else {
        return Vec::new();
    };
    let mut texts = Vec::new();
    for choice in 0..4 {
        let text = |more: usize| {
            let mut text = Writer {
                text: String::new(),
                count: 0,
                more,
                choice,
            };
            text.write(&tree);
            (text.count, text.text)
        };
        let Some(length) = length else {
            texts.extend([text(0).1, text(1).1, text(2).1]);
            continue;
        };
        // What is added a time is not known: most often one character.
        let missing = length.saturating_sub(text(0).0);
        let parts = [1, 2, 3, 4].map(|part| missing / part);
        let found: Vec<(usize, String)> = parts.into_iter().map(text).collect();
        match found.iter().find(|(count, _)| *count == length) {
            Some((_, exact)) => texts.push(exact.clone()),
            // Some patterns grow by several.
            None => texts.extend(found.into_iter().map(|(_, text)| text)),
        }
        if !pattern.regex.as_str().ends_with('$') {
            let (count, short) = text(0);
            texts.push(short + &"a".repeat(length.saturating_sub(count)));
        }
    }
    texts.retain(|text| pattern.regex.is_match(text));
    texts.dedup();
    texts
}

/// These texts with something wrong, and others, as far as the pattern does not match them.
pub(super) fn spoilt(pattern: &Pattern, taken: &[String]) -> Vec<String> {
    let mut texts = Vec::new();
    for text in taken {
        let chars: Vec<char> = text.chars().collect();
        let places = [0, chars.len() / 2, chars.len().saturating_sub(1)];
        for at in places.into_iter().filter(|at| *at < chars.len()) {
            for wrong in ['!', ' ', '#', 'A', 'a', '0', '-', 'é'] {
                let mut other = chars.clone();
                other[at] = wrong;
                texts.push(other.into_iter().collect());
            }
        }
        texts.extend([
            format!("{text}!"),
            format!("!{text}"),
            format!("{text}{text}"),
        ]);
        texts.extend(chars.split_last().map(|(_, rest)| rest.iter().collect()));
        texts.extend(chars.split_first().map(|(_, rest)| rest.iter().collect()));
    }
    texts.retain(|text: &String| !pattern.regex.is_match(text));
    texts
}

/// Writes one text that a tree matches.
struct Writer {
    text: String,
    /// Characters written.
    count: usize,
    /// How often something may still be repeated more than it has to be.
    more: usize,
    /// Which of several alternatives is taken.
    choice: usize,
}

impl Writer {
    fn write(&mut self, tree: &Hir) {
        match tree.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => {
                String::from_utf8_lossy(&literal.0)
                    .chars()
                    .for_each(|c| self.push(c));
            }
            HirKind::Class(class) => {
                if let Some(char) = self.pick(class) {
                    self.push(char);
                }
            }
            HirKind::Repetition(repetition) => {
                let most = repetition.max.map_or(usize::MAX, |max| max as usize);
                let least = repetition.min as usize;
                let extra = self.more.min(most.saturating_sub(least));
                self.more -= extra;
                for _ in 0..least + extra {
                    if self.count > LONGEST {
                        break;
                    }
                    self.write(&repetition.sub);
                }
            }
            HirKind::Capture(capture) => self.write(&capture.sub),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.write(part)),
            HirKind::Alternation(parts) => {
                if let Some(part) = parts.get(self.choice % parts.len().max(1)) {
                    self.write(part);
                }
            }
        }
    }

    fn push(&mut self, char: char) {
        self.text.push(char);
        self.count += 1;
    }

    fn pick(&self, class: &Class) -> Option<char> {
        let ranges: Vec<(char, char)> = match class {
            Class::Unicode(class) => class
                .ranges()
                .iter()
                .map(|r| (r.start(), r.end()))
                .collect(),
            Class::Bytes(class) => {
                let range =
                    |r: &regex_syntax::hir::ClassBytesRange| (r.start().into(), r.end().into());
                class.ranges().iter().map(range).collect()
            }
        };
        let within = |c: &char| ranges.iter().any(|(from, to)| (from..=to).contains(&c));
        let plain: Vec<char> = PLAIN.into_iter().filter(within).collect();
        match plain.is_empty() {
            false => Some(plain[self.choice % plain.len()]),
            true => ranges.first().map(|(from, _)| *from),
        }
    }
}
