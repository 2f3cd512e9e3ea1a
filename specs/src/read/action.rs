//! `actions`, and `verbs` of the built-in file.

use super::{Dialect, Fields, Problems, error, example, lints, name, notes, param, returns};
use crate::node::{Entry, Node};
use crate::{Action, Param};

pub(super) fn actions(
    node: &Node,
    dialect: Dialect,
    common: &[Param],
    problems: &mut Problems<'_>,
) -> Vec<Action> {
    // Rules that could not be read judge no example.
    let sound = problems.list.is_empty();
    let entries = problems.entries("actions", node);
    let actions: Vec<Action> = entries
        .into_iter()
        .map(|entry| action(entry, dialect, (common, sound), problems))
        .collect();
    name::actions(&actions, dialect, problems);
    actions
}

fn action(
    entry: &Entry,
    dialect: Dialect,
    (common, sound): (&[Param], bool),
    problems: &mut Problems<'_>,
) -> Action {
    let told = problems.list.len();
    let fields = problems.fields((entry.at, &entry.key), &entry.value, dialect.action());
    let mut params = match fields.get("params") {
        Some(entry) => param::params(&entry.key, &entry.value, problems),
        None => Vec::new(),
    };
    name::params(&params, common, problems);
    let own = params.len();
    params.extend_from_slice(common);
    let mut action = Action {
        name: entry.key.clone(),
        at: entry.at,
        aliases: aliases(&fields, problems),
        usage: fields
            .get("usage")
            .and_then(|entry| problems.filled(&entry.key, &entry.value)),
        description: problems.optional_text(&fields, "description"),
        params,
        own,
        returns: returns::returns(fields.get("returns"), problems),
        errors: match fields.get("errors") {
            Some(entry) => error::errors(entry, problems),
            None => Vec::new(),
        },
        examples: Vec::new(),
        effect: notes::effect(&fields, problems),
        timeout: notes::timeout(&fields, problems),
        needs_connection: notes::needs_connection(&fields, problems),
        own_rights: notes::rights(&fields, problems),
        requires: Vec::new(),
        feature: notes::feature(&fields, problems),
        deprecated: notes::deprecated(&fields, problems),
        since: notes::since(&fields, problems),
        allow: lints::allow(&fields, problems),
    };
    if let Some(entry) = fields.get("errors") {
        error::secrets(entry, &action, problems);
    }
    if let Some(entry) = fields.get("examples") {
        let sound = sound && problems.list.len() == told;
        action.examples = example::examples(entry, &action, sound, problems);
    }
    action
}

fn aliases(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Vec<String> {
    let Some(entry) = fields.get("aliases") else {
        return Vec::new();
    };
    let items = problems.items(entry).iter();
    items
        .enumerate()
        .filter_map(|(index, item)| problems.filled(&format!("aliases[{index}]"), item))
        .collect()
}
