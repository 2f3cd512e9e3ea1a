//! `lints`: what the author allows, for the whole spec or for one action.

use super::{Fields, Problems, list};
use crate::grammar::LINTS;
use crate::{Lint, Mistake, Placed, suggest};

/// The lints that are silenced there.
pub(super) fn allow(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Vec<Placed<Lint>> {
    let Some(entry) = fields.get("lints") else {
        return Vec::new();
    };
    let fields = problems.fields((entry.at, "lints"), &entry.value, &LINTS);
    let Some(entry) = fields.get("allow") else {
        return Vec::new();
    };
    let items = problems.items(entry).iter();
    let mut allowed: Vec<Placed<Lint>> = Vec::new();
    for (index, item) in items.enumerate() {
        let Some(word) = problems.text(&format!("allow[{index}]"), item) else {
            continue;
        };
        match Lint::from_word(word) {
            None => unknown(word, item.at, problems),
            Some(lint) => allowed.push(Placed {
                at: item.at,
                value: lint,
            }),
        }
    }
    allowed
}

fn unknown(word: &str, at: crate::Span, problems: &mut Problems<'_>) {
    let words: Vec<&str> = Lint::ALL.iter().map(|lint| lint.word()).collect();
    let help = match suggest::nearest(word, words.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it is one of {}", list(&words)),
    };
    let problem = Mistake::UnknownWord.at(at, format!("there is no lint `{word}`"));
    problems.report(problem.help(help));
}
