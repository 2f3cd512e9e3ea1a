//! What is noted about an action or a param besides what it does: `deprecated`, `since`, `effect`, `timeout`,
//! `connection`, `requires`, `feature`.

use super::{Fields, Problems, list, name};
use crate::grammar::REQUIRES;
use crate::node::{Data, Entry};
use crate::{Action, Deprecated, Effect, Mistake, Placed, suggest};

/// `deprecated: true`, or what to use instead.
pub(super) fn deprecated(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Option<Deprecated> {
    let entry = fields.get("deprecated")?;
    let text = match &entry.value.data {
        Data::Boolean(false) => return None,
        Data::Boolean(true) => String::new(),
        Data::Text(_) => problems.filled(&entry.key, &entry.value)?,
        other => {
            let wanted = "true or what to use instead";
            problems.wrong_type(&entry.key, wanted, entry.value.at, other);
            return None;
        }
    };
    Some(Deprecated { at: entry.at, text })
}

/// `since`: a version.
pub(super) fn since(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let entry = fields.get("since")?;
    problems.filled(&entry.key, &entry.value)
}

/// `effect`.
pub(super) fn effect(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Effect {
    let effect = fields.get("effect").and_then(|entry| {
        let index = word(entry, &Effect::ALL.map(Effect::word), problems)?;
        Some(Effect::ALL[index])
    });
    effect.unwrap_or_default()
}

/// `timeout`: whole seconds.
pub(super) fn timeout(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Option<u64> {
    let entry = fields.get("timeout")?;
    let at = entry.value.at;
    let whole = match entry.value.data {
        Data::Integer(value) => u64::try_from(value).ok(),
        // `2.0` is a whole number to JSON Schema.
        Data::Float(value) if value.fract() == 0.0 && value >= 0.0 => Some(value as u64),
        Data::Float(_) => None,
        ref other => {
            problems.wrong_type(&entry.key, "a number of seconds", at, other);
            return None;
        }
    };
    let found = whole.filter(|value| (1..=Action::LONGEST).contains(value));
    if found.is_none() {
        let message = format!("`{}` {}", entry.key, seconds());
        problems.report(Mistake::WrongType.at(at, message));
    }
    found
}

/// What a number of seconds must be.
pub(crate) fn seconds() -> String {
    format!(
        "must be a whole number of seconds from 1 to {}",
        Action::LONGEST
    )
}

/// `connection: required`.
pub(super) fn needs_connection(fields: &Fields<'_>, problems: &mut Problems<'_>) -> bool {
    let entry = fields.get("connection");
    entry.is_some_and(|entry| word(entry, &[Action::REQUIRED], problems).is_some())
}

/// `requires`: the names of rights, each once.
pub(super) fn rights(
    fields: &Fields<'_>,
    problems: &mut Problems<'_>,
) -> Option<Vec<Placed<String>>> {
    let entry = fields.get(REQUIRES)?;
    let mut rights: Vec<Placed<String>> = Vec::new();
    for (index, item) in problems.items(entry).iter().enumerate() {
        let Some(right) = problems.text(&format!("{REQUIRES}[{index}]"), item) else {
            continue;
        };
        let at = item.at;
        let first = rights.iter().find(|one| one.value == right);
        if let Some(first) = first.map(|first| first.at) {
            let problem =
                Mistake::NameClash.at(at, format!("the right `{right}` stands there twice"));
            problems.report(problem.note(first, "the first one is here"));
        } else if !name::is_name(right) {
            name::bad(right, "a right", at, problems);
        } else {
            let value = right.to_owned();
            rights.push(Placed { at, value });
        }
    }
    Some(rights)
}

/// `feature`: the name of a cargo feature.
pub(super) fn feature(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let entry = fields.get("feature")?;
    let name = problems.filled(&entry.key, &entry.value)?;
    let known = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.');
    if name.chars().all(known) {
        return Some(name);
    }
    let message = format!("`{name}` cannot be the name of a cargo feature");
    let help = "it is one of those under `[features]` in Cargo.toml";
    problems.report(Mistake::BadName.at(entry.value.at, message).help(help));
    None
}

/// Which of a few words stands there.
fn word(entry: &Entry, known: &[&str], problems: &mut Problems<'_>) -> Option<usize> {
    let Data::Text(text) = &entry.value.data else {
        problems.wrong_type(&entry.key, &list(known), entry.value.at, &entry.value.data);
        return None;
    };
    let found = known.iter().position(|word| *word == text);
    if found.is_none() {
        let message = format!("`{}` cannot be `{text}`", entry.key);
        let help = match suggest::nearest(text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it can be {}", list(known)),
        };
        problems.report(Mistake::UnknownWord.at(entry.value.at, message).help(help));
    }
    found
}
