//! What has changed between two specs, as a client of the older one sees it.
//!
//! Data flow: two [`Spec`]s → [`diff`] → [`Diff`], a list of [`Change`]s. Each has a [`ChangeKind`], and that a [`Class`].

mod action;
mod kind;
mod rule;
mod spec;
mod value;

pub use kind::{ChangeKind, Class};

use crate::diagnostic::one_line;
use crate::{Source, Span, Spec};

/// One thing that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// What has changed, as a path in the spec: `actions.scoreAdd.params.points`. Items of an array are `[]`.
    pub subject: String,
    /// How, one line without a full stop.
    pub message: String,
    /// Where in the older spec: the place itself, or what it was in; nothing when there is neither.
    pub old: Option<Span>,
    /// Where in the newer spec.
    pub new: Option<Span>,
}

/// Everything that has changed between two specs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// The older spec's files.
    pub old: Source,
    /// The newer spec's files.
    pub new: Source,
    /// The changes: the worst class first, and within a class in the order of the newer spec's parts.
    pub changes: Vec<Change>,
}

impl Diff {
    /// How many changes of a class there are.
    pub fn count(&self, class: Class) -> usize {
        let changes = self.changes.iter();
        changes
            .filter(|change| change.kind.class() == class)
            .count()
    }
}

/// Compares two specs from the side of a client that was written for `old` and meets `new`.
///
/// ```
/// use actionline_specs::{Source, diff, load};
///
/// let spec = |params| {
///     let text = format!("actionline: 1\ninfo: {{ title: T, version: 1.0.0 }}\nactions: {{ ping: {{ params: {params} }} }}\n");
///     load(Source::new("actions.yaml", text)).unwrap()
/// };
/// let found = diff::diff(&spec("{}"), &spec("{ key: { required: true } }"));
/// assert_eq!(found.changes[0].kind.word(), "required-param-added");
/// assert_eq!(found.count(diff::Class::Breaking), 1);
/// ```
pub fn diff(old: &Spec, new: &Spec) -> Diff {
    let mut walk = Walk::default();
    spec::spec(old, new, &mut walk);
    walk.changes.sort_by_key(|change| change.kind.class());
    Diff {
        old: old.source.clone(),
        new: new.source.clone(),
        changes: walk.changes,
    }
}

/// Collects the changes.
#[derive(Default)]
struct Walk {
    changes: Vec<Change>,
}

/// Where the two stand that are compared.
type Places = (Option<Span>, Option<Span>);

fn both(old: Span, new: Span) -> Places {
    (Some(old), Some(new))
}

impl Walk {
    fn tell(
        &mut self,
        kind: ChangeKind,
        subject: &str,
        (old, new): Places,
        message: impl Into<String>,
    ) {
        self.changes.push(Change {
            kind,
            subject: subject.to_owned(),
            message: one_line(message),
            old,
            new,
        });
    }

    /// A text that only people read.
    fn described(&mut self, subject: &str, at: Places, what: &str, old: &str, new: &str) {
        let message = match (old.is_empty(), new.is_empty()) {
            _ if old == new => return,
            (true, _) => format!("it has a {what} now"),
            (_, true) => format!("it has no {what} any more"),
            _ => format!("its {what} is another one"),
        };
        self.tell(ChangeKind::DescriptionChanged, subject, at, message);
    }
}

/// What two lists have in common by name, what only the old one has, and what only the new one has.
type Matched<'s, T> = (Vec<(&'s T, &'s T)>, Vec<&'s T>, Vec<&'s T>);

fn matched<'s, T>(old: &'s [T], new: &'s [T], name: fn(&T) -> &str) -> Matched<'s, T> {
    let find = |list: &'s [T], wanted: &T| list.iter().find(|one| name(one) == name(wanted));
    let pairs = new.iter().filter_map(|one| Some((find(old, one)?, one)));
    let gone = old.iter().filter(|one| find(new, one).is_none());
    let come = new.iter().filter(|one| find(old, one).is_none());
    (pairs.collect(), gone.collect(), come.collect())
}

/// For each that is gone, the new one that looks like it, if there is one; that one then counts as new no more.
fn renamed<'s, T>(
    gone: Vec<&'s T>,
    come: &mut Vec<&'s T>,
    alike: fn(&T, &T) -> bool,
) -> Vec<(&'s T, Option<&'s T>)> {
    let mut other = |one: &'s T| {
        let place = come.iter().position(|other| alike(one, other))?;
        Some(come.remove(place))
    };
    gone.into_iter().map(|one| (one, other(one))).collect()
}
