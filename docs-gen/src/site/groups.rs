//! How verbs and actions are put together in the index.

use super::html::slug;
use actionline_specs::{Action, Spec};

/// The verbs' groups, by the words that their names begin with; a verb that fits none is in the last.
const VERBS: [(&str, &[&str]); 3] = [
    ("Saved params", &["param"]),
    ("Rooms", &["room", "say"]),
    ("Connection", &[]),
];

/// Entries that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The anchor on the page that lists them.
    pub(super) anchor: String,
    pub(super) title: String,
    /// Whether the title says anything: the spec's own file needs none.
    pub(super) titled: bool,
    /// Their places in the list of entries.
    pub(super) members: Vec<usize>,
}

/// The groups of the verbs.
pub(super) fn verbs(verbs: &[Action]) -> Vec<Group> {
    let of = |verb: &Action| {
        let fits = |starts: &[&str]| starts.iter().any(|start| verb.name.starts_with(start));
        let found = VERBS.iter().position(|(_, starts)| fits(starts));
        found.unwrap_or(VERBS.len() - 1)
    };
    let titles = VERBS.iter().map(|(title, _)| (*title).to_owned());
    group(titles.collect(), verbs.iter().map(of).collect(), 0)
}

/// The groups of the actions: one for each file that declares some.
pub(super) fn actions(spec: &Spec) -> Vec<Group> {
    let stem = |name: &str| {
        let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
        file.split('.').next().unwrap_or_default().to_owned()
    };
    let included = spec.source.included.iter().map(|file| stem(&file.name));
    let titles = std::iter::once("Actions".to_owned()).chain(included);
    let of = spec.actions.iter().map(|action| action.at.file as usize);
    group(titles.collect(), of.collect(), 1)
}

/// `of` says which title each entry stands under; titles up to `titled` say nothing.
fn group(titles: Vec<String>, of: Vec<usize>, titled: usize) -> Vec<Group> {
    let members = |index: usize| -> Vec<usize> {
        let all = of.iter().enumerate();
        let mine = all.filter(|(_, group)| **group == index);
        mine.map(|(entry, _)| entry).collect()
    };
    let groups = titles.into_iter().enumerate().map(|(index, title)| Group {
        anchor: format!("group-{index}-{}", slug(&title)),
        title,
        titled: index >= titled,
        members: members(index),
    });
    groups.filter(|group| !group.members.is_empty()).collect()
}
