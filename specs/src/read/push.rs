//! `pushes`: the direct messages that the application sends.

use super::{Problems, name, reply, returns};
use crate::grammar::PUSH;
use crate::node::{Data, Entry};
use crate::{Mistake, Push};

pub(super) fn pushes(entry: &Entry, problems: &mut Problems<'_>) -> Vec<Push> {
    let entries = problems.entries(&entry.key, &entry.value);
    let pushes: Vec<Push> = entries
        .into_iter()
        .map(|entry| push(entry, problems))
        .collect();
    let names: Vec<_> = pushes.iter().map(|p| (p.name.as_str(), p.at)).collect();
    name::each("a push", &names, problems);
    pushes
}

fn push(entry: &Entry, problems: &mut Problems<'_>) -> Push {
    let fields = problems.fields((entry.at, &entry.key), &entry.value, &PUSH);
    let declared = fields.get("fields");
    let mut push = Push {
        name: entry.key.clone(),
        at: entry.at,
        description: problems.optional_text(&fields, "description"),
        fields: declared.map_or_else(Vec::new, |entry| returns::fields(entry, problems)),
        example: None,
    };
    if let Some(entry) = declared
        && match &entry.value.data {
            Data::Map(entries) => entries.is_empty(),
            other => matches!(other, Data::Null),
        }
    {
        let problem = Mistake::MissingKey.at(entry.value.at, "a push without fields says nothing");
        problems.report(problem.help("declare what it carries"));
    }
    if let Some(entry) = fields.get("example") {
        push.example = reply::fields(entry, &push.fields, problems);
    }
    push
}
