//! The whole spec: its title, its common params, its actions and its pushes.

use super::{ChangeKind, Walk, action, both, matched, renamed, value};
use crate::{Action, Param, Placed, Push, Spec, suggest};

pub(super) fn spec(old: &Spec, new: &Spec, walk: &mut Walk) {
    info(old, new, walk);
    requires(old, new, walk);
    let (mut pairs, gone, mut come) = matched(&old.actions, &new.actions, |one| &one.name);
    for (one, other) in renamed(gone, &mut come, looks_like) {
        let path = format!("actions.{}", one.name);
        let Some(other) = other else {
            let message = "it is gone";
            walk.tell(
                ChangeKind::ActionRemoved,
                &path,
                (Some(one.at), None),
                message,
            );
            continue;
        };
        let message = format!("it is gone; `{}` looks like it", other.name);
        walk.tell(
            ChangeKind::ActionRenamed,
            &path,
            both(one.at, other.at),
            message,
        );
        pairs.push((one, other));
    }
    for one in come {
        let path = format!("actions.{}", one.name);
        walk.tell(
            ChangeKind::ActionAdded,
            &path,
            (None, Some(one.at)),
            "it is new",
        );
    }
    common(old, new, &pairs, walk);
    for (before, after) in pairs {
        action::action(before, after, walk);
    }
    pushes(&old.pushes, &new.pushes, walk);
}

fn requires(old: &Spec, new: &Spec, walk: &mut Walk) {
    let names = |rights: &[Placed<String>]| -> Vec<String> {
        rights.iter().map(|right| right.value.clone()).collect()
    };
    let at = |rights: &[Placed<String>]| rights.first().map(|right| right.at);
    let places = (at(&old.requires), at(&new.requires));
    let rights = (names(&old.requires), names(&new.requires));
    action::rights("requires", places, (&rights.0, &rights.1), walk);
}

fn info(old: &Spec, new: &Spec, walk: &mut Walk) {
    let (old, new) = (&old.info, &new.info);
    let at = (None, None);
    for (kind, path, before, after) in [
        (
            ChangeKind::TitleChanged,
            "info.title",
            &old.title,
            &new.title,
        ),
        (
            ChangeKind::VersionChanged,
            "info.version",
            &old.version,
            &new.version,
        ),
    ] {
        if before != after {
            walk.tell(kind, path, at, format!("it is {after:?}, was {before:?}"));
        }
    }
    walk.described(
        "info",
        at,
        "description",
        &old.description,
        &new.description,
    );
}

/// Whether one action is probably another one under a new name: the name is near, or it says the same of itself.
fn looks_like(old: &Action, new: &Action) -> bool {
    let same = !old.description.is_empty() && old.description == new.description;
    same || suggest::nearest(&old.name, [new.name.as_str()]).is_some()
}

/// Common params are told once, not once for each action, unless some action had or keeps the param as its own: then
/// the actions tell it themselves.
fn common(old: &Spec, new: &Spec, actions: &[(&Action, &Action)], walk: &mut Walk) {
    let (pairs, gone, come) = matched(&old.common, &new.common, |one| &one.name);
    for (before, after) in pairs {
        value::param(&format!("common.{}", after.name), before, after, walk);
    }
    for one in gone {
        if !actions.iter().any(|(_, after)| has(&after.params, one)) {
            value::removed_param("common", one, None, walk);
        } else {
            for (before, after) in actions.iter().filter(|(_, after)| !has(&after.params, one)) {
                let path = format!("actions.{}.params", before.name);
                value::removed_param(&path, one, Some(after.at), walk);
            }
        }
    }
    for one in come {
        if !actions.iter().any(|(before, _)| has(&before.params, one)) {
            value::added_param("common", one, None, walk);
        } else {
            for (before, after) in actions
                .iter()
                .filter(|(before, _)| !has(&before.params, one))
            {
                let path = format!("actions.{}.params", after.name);
                value::added_param(&path, one, Some(before.at), walk);
            }
        }
    }
}

fn has(params: &[Param], wanted: &Param) -> bool {
    params.iter().any(|param| param.name == wanted.name)
}

fn pushes(old: &[Push], new: &[Push], walk: &mut Walk) {
    let (mut pairs, gone, mut come) = matched(old, new, |one| &one.name);
    for (one, other) in renamed(gone, &mut come, same_fields) {
        let path = format!("pushes.{}", one.name);
        let Some(other) = other else {
            walk.tell(
                ChangeKind::PushRemoved,
                &path,
                (Some(one.at), None),
                "it is gone",
            );
            continue;
        };
        let message = format!("it is called `{}` now", other.name);
        walk.tell(
            ChangeKind::PushRenamed,
            &path,
            both(one.at, other.at),
            message,
        );
        pairs.push((one, other));
    }
    for one in come {
        let path = format!("pushes.{}", one.name);
        walk.tell(
            ChangeKind::PushAdded,
            &path,
            (None, Some(one.at)),
            "it is new",
        );
    }
    for (before, after) in pairs {
        let path = format!("pushes.{}", after.name);
        let at = both(before.at, after.at);
        walk.described(
            &path,
            at,
            "description",
            &before.description,
            &after.description,
        );
        if before.example != after.example {
            walk.tell(
                ChangeKind::ExamplesChanged,
                &path,
                at,
                "its example is another one",
            );
        }
        value::fields(
            &format!("{path}.fields"),
            at,
            &before.fields,
            &after.fields,
            walk,
        );
    }
}

/// Whether two pushes are the same lines to a client. Those without fields say nothing by which to know them.
fn same_fields(old: &Push, new: &Push) -> bool {
    let mut apart = Walk::default();
    let at = both(old.at, new.at);
    value::fields("", at, &old.fields, &new.fields, &mut apart);
    let mut kinds = apart.changes.iter().map(|change| change.kind);
    !old.fields.is_empty() && kinds.all(|kind| kind == ChangeKind::DescriptionChanged)
}
