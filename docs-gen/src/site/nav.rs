//! The index at the left: all of a small spec; of a big one what is near the page, so that no page grows with the spec.

use super::chapters::Chapter;
use super::groups::Group;
use super::html::{self, Author};
use super::links::Links;
use crate::view::entry::Entry;
use actionline_specs::Action;
use serde::Serialize;
use std::ops::Range;

/// Up to as many actions stand in every page's index.
const WHOLE: usize = 40;
/// The most groups, and the most entries of one, that stand in the index of a page when there are more.
const NEAR: usize = 20;
/// The most entries of a group on the first page when there are more than [`WHOLE`].
const TASTE: usize = 4;

/// What every page's index is made from.
#[derive(Debug)]
pub(super) struct Nav {
    pub(super) chapters: Vec<Chapter>,
    pub(super) pushes: Vec<NavEntry>,
    pub(super) verbs: Vec<NavGroup>,
    pub(super) actions: Vec<NavGroup>,
}

/// The index of one page.
#[derive(Debug, Serialize)]
pub(super) struct NavView<'a> {
    chapters: &'a [Chapter],
    pushes: Shown,
    verbs: &'a [NavGroup],
    actions: Shown,
}

/// What is shown of some groups, or of one.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    groups: Vec<NavGroup>,
    /// How many entries there are in all.
    total: usize,
    /// Whether some of them are not shown.
    cut: bool,
}

/// Verbs or actions that belong together.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NavGroup {
    pub(super) anchor: String,
    pub(super) title: String,
    /// Whether the title says anything.
    pub(super) titled: bool,
    pub(super) entries: Vec<NavEntry>,
    /// How many entries it has, those included that are not shown.
    pub(super) total: usize,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct NavEntry {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) summary: String,
    pub(super) deprecated: bool,
}

impl Nav {
    /// The index of the page at `path`.
    pub(super) fn at(&self, path: &str) -> NavView<'_> {
        let mut near = Vec::new();
        let total = total(&self.actions);
        if total <= WHOLE {
            near.clone_from(&self.actions);
        } else {
            let here = |entry: &NavEntry| entry.url == path;
            let mut groups = self.actions.iter();
            let own = groups.position(|group| group.entries.iter().any(here));
            let first = window(self.actions.len(), own, NEAR);
            for index in first {
                let group = &self.actions[index];
                let at = group.entries.iter().position(here);
                near.push(NavGroup {
                    entries: match at {
                        Some(_) => group.entries[window(group.total, at, NEAR)].to_vec(),
                        None => Vec::new(),
                    },
                    ..group.clone()
                });
            }
        }
        let pushes = self.pushes.len();
        let pushes = NavGroup {
            anchor: String::new(),
            title: String::new(),
            titled: false,
            entries: self.pushes[window(pushes, None, NEAR)].to_vec(),
            total: pushes,
        };
        NavView {
            chapters: &self.chapters,
            pushes: Shown::new(vec![pushes], self.pushes.len()),
            verbs: &self.verbs,
            actions: Shown::new(near, total),
        }
    }

    /// The actions as the first page has them: of many only a few of each group.
    pub(super) fn taste(&self) -> Shown {
        let total = total(&self.actions);
        let mut groups = self.actions.clone();
        if total > WHOLE {
            groups.truncate(NEAR);
            groups.iter_mut().for_each(|it| it.entries.truncate(TASTE));
        }
        Shown::new(groups, total)
    }
}

impl Shown {
    fn new(groups: Vec<NavGroup>, total: usize) -> Self {
        let shown: usize = groups.iter().map(|group| group.entries.len()).sum();
        Self {
            groups,
            total,
            cut: shown < total,
        }
    }
}

impl NavGroup {
    /// The groups of some entries.
    pub(super) fn all(
        groups: &[Group],
        entries: &[Entry],
        actions: &[Action],
        urls: &[String],
        links: &Links<'_>,
    ) -> Vec<Self> {
        let entry = |index: &usize| NavEntry {
            name: entries[*index].name.clone(),
            url: urls[*index].clone(),
            summary: html::inline(&entries[*index].summary, Author::Spec, links),
            deprecated: actions[*index].deprecated.is_some(),
        };
        let group = |group: &Group| Self {
            anchor: group.anchor.clone(),
            title: group.title.clone(),
            titled: group.titled,
            entries: group.members.iter().map(entry).collect(),
            total: group.members.len(),
        };
        groups.iter().map(group).collect()
    }
}

fn total(groups: &[NavGroup]) -> usize {
    groups.iter().map(|group| group.total).sum()
}

/// `most` places of `length`, with `at` in their middle as far as that goes.
fn window(length: usize, at: Option<usize>, most: usize) -> Range<usize> {
    let last = length.saturating_sub(most);
    let start = at.unwrap_or_default().saturating_sub(most / 2).min(last);
    start..length.min(start + most)
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn a_window_has_its_place_in_it_and_never_more_than_it_may() {
        for length in 0..12 {
            for at in (0..length).map(Some).chain([None]) {
                let seen = window(length, at, 5);
                assert_eq!(seen.len(), length.min(5), "{length} {at:?}");
                assert!(seen.end <= length, "{length} {at:?}");
                assert!(at.is_none_or(|at| seen.contains(&at)), "{length} {at:?}");
            }
        }
    }
}
