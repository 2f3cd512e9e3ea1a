//! One action in both specs.

use super::{ChangeKind, Places, Walk, both, matched, renamed, value};
use crate::machine::example;
use crate::{
    Action, Deprecated, Effect, ErrorSpec, Example, Field, Kind, Returns, Schema, Span, suggest,
};

pub(super) fn action(old: &Action, new: &Action, walk: &mut Walk) {
    let path = format!("actions.{}", new.name);
    let at = both(old.at, new.at);
    walk.described(&path, at, "description", &old.description, &new.description);
    if old.timeout != new.timeout {
        let told = |timeout: Option<u64>| match timeout {
            Some(seconds) => format!("{seconds} seconds"),
            None => "the server's limit".to_owned(),
        };
        let message = format!(
            "its `timeout` was {}, and is {}",
            told(old.timeout),
            told(new.timeout)
        );
        walk.tell(ChangeKind::TimeoutChanged, &path, at, message);
    }
    if old.needs_connection != new.needs_connection {
        let (kind, message) = match new.needs_connection {
            true => (ChangeKind::ConnectionRequired, "it needs a connection now"),
            false => (
                ChangeKind::ConnectionFreed,
                "it needs no connection any more",
            ),
        };
        walk.tell(kind, &path, at, message);
    }
    // What both have from their specs is told there.
    if old.own_rights.is_some() || new.own_rights.is_some() {
        rights(&path, at, (&old.requires, &new.requires), walk);
    }
    feature(&path, at, (&old.feature, &new.feature), walk);
    effect(&path, at, (old.effect, new.effect), walk);
    deprecated(&path, at, &old.deprecated, &new.deprecated, walk);
    since(&path, at, &old.since, &new.since, walk);
    params(&path, old, new, walk);
    returns(&path, old, new, walk);
    errors(
        &format!("{path}.errors"),
        at,
        &old.errors,
        &new.errors,
        walk,
    );
    if !same_examples(&old.examples, &new.examples) {
        walk.tell(
            ChangeKind::ExamplesChanged,
            &path,
            at,
            "its examples are others",
        );
    }
}

/// Which rights are needed. One more breaks clients, whatever else is left out.
pub(super) fn rights(path: &str, at: Places, (old, new): (&[String], &[String]), walk: &mut Walk) {
    let kind = if new.iter().any(|right| !old.contains(right)) {
        ChangeKind::RightsTightened
    } else if old.iter().any(|right| !new.contains(right)) {
        ChangeKind::RightsLoosened
    } else {
        return;
    };
    let told = |rights: &[String]| match rights {
        [] => "nothing".to_owned(),
        rights => format!("`{}`", rights.join("`, `")),
    };
    let message = format!("it requires {}, required {}", told(new), told(old));
    walk.tell(kind, path, at, message);
}

fn feature(
    path: &str,
    at: Places,
    (old, new): (&Option<String>, &Option<String>),
    walk: &mut Walk,
) {
    if old == new {
        return;
    }
    let (kind, message) = match new {
        Some(name) => (
            ChangeKind::FeatureSet,
            format!("it needs the cargo feature `{name}` now"),
        ),
        None => (
            ChangeKind::FeatureLifted,
            "it needs no cargo feature any more".to_owned(),
        ),
    };
    walk.tell(kind, path, at, message);
}

fn effect(path: &str, at: Places, (old, new): (Effect, Effect), walk: &mut Walk) {
    // The table has the safest first.
    let rank = |effect| Effect::ALL.iter().position(|one| *one == effect);
    let kind = match rank(old).cmp(&rank(new)) {
        std::cmp::Ordering::Equal => return,
        std::cmp::Ordering::Less => ChangeKind::EffectWorsened,
        std::cmp::Ordering::Greater => ChangeKind::EffectImproved,
    };
    let message = format!("its effect is `{}`, was `{}`", new.word(), old.word());
    walk.tell(kind, path, at, message);
}

pub(super) fn deprecated(
    path: &str,
    (old_at, new_at): Places,
    old: &Option<Deprecated>,
    new: &Option<Deprecated>,
    walk: &mut Walk,
) {
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => {
            let at = (old_at, Some(new.at));
            walk.tell(ChangeKind::DeprecatedSet, path, at, "it is deprecated");
        }
        (Some(old), None) => {
            let at = (Some(old.at), new_at);
            walk.tell(
                ChangeKind::DeprecatedLifted,
                path,
                at,
                "it is no longer deprecated",
            );
        }
        (Some(old), Some(new)) => {
            let what = "text for being deprecated";
            walk.described(path, both(old.at, new.at), what, &old.text, &new.text);
        }
    }
}

pub(super) fn since(
    path: &str,
    at: Places,
    old: &Option<String>,
    new: &Option<String>,
    walk: &mut Walk,
) {
    let text = |since: &Option<String>| since.clone().unwrap_or_default();
    walk.described(path, at, "`since`", &text(old), &text(new));
}

/// The params of the action itself; where both specs have one in common, that is told of `common`.
fn params(path: &str, old: &Action, new: &Action, walk: &mut Walk) {
    let path = format!("{path}.params");
    let (pairs, gone, come) = matched(&old.params, &new.params, |one| &one.name);
    let shared =
        |action: &Action, name: &str| action.common_params().iter().any(|one| one.name == name);
    for (before, after) in pairs {
        if !(shared(old, &before.name) && shared(new, &after.name)) {
            value::param(&format!("{path}.{}", after.name), before, after, walk);
        }
    }
    for one in gone.into_iter().filter(|one| !shared(old, &one.name)) {
        value::removed_param(&path, one, Some(new.at), walk);
    }
    for one in come.into_iter().filter(|one| !shared(new, &one.name)) {
        value::added_param(&path, one, Some(old.at), walk);
    }
}

fn returns(path: &str, old: &Action, new: &Action, walk: &mut Walk) {
    let path = format!("{path}.returns");
    let at = both(old.at, new.at);
    match (&old.returns, &new.returns) {
        (Returns::File, Returns::File) => {}
        (Returns::Fields(before), Returns::Fields(after)) => {
            let (before, after) = (answered(before, old.at), answered(after, new.at));
            value::fields(&path, at, &before, &after, walk);
        }
        (_, Returns::File) => walk.tell(
            ChangeKind::ReturnsChanged,
            &path,
            at,
            "it is a file, was fields",
        ),
        (Returns::File, _) => walk.tell(
            ChangeKind::ReturnsChanged,
            &path,
            at,
            "it is fields, was a file",
        ),
    }
}

/// What is answered: without declared fields it is `status`, which a client can have come to rely on.
fn answered(fields: &[Field], at: Span) -> Vec<Field> {
    if !fields.is_empty() {
        return fields.to_vec();
    }
    vec![Field {
        name: "status".to_owned(),
        at,
        schema: Schema::new(Kind::String, at),
        required: true,
    }]
}

fn errors(path: &str, at: Places, old: &[ErrorSpec], new: &[ErrorSpec], walk: &mut Walk) {
    let (pairs, gone, mut come) = matched(old, new, |one| &one.code);
    for (before, after) in pairs {
        let path = format!("{path}.{}", after.code);
        let at = both(before.at, after.at);
        if before.message != after.message {
            let message = format!("its text is {:?}, was {:?}", after.message, before.message);
            walk.tell(ChangeKind::ErrorTextChanged, &path, at, message);
        }
        walk.described(
            &path,
            at,
            "description",
            &before.description,
            &after.description,
        );
    }
    for (one, other) in renamed(gone, &mut come, alike) {
        let place = format!("{path}.{}", one.code);
        let Some(other) = other else {
            walk.tell(
                ChangeKind::ErrorRemoved,
                &place,
                (Some(one.at), at.1),
                "it is gone",
            );
            continue;
        };
        let message = format!("it is gone; `{}` looks like it", other.code);
        walk.tell(
            ChangeKind::ErrorRenamed,
            &place,
            both(one.at, other.at),
            message,
        );
    }
    for one in come {
        let path = format!("{path}.{}", one.code);
        walk.tell(
            ChangeKind::ErrorAdded,
            &path,
            (at.0, Some(one.at)),
            "it is new",
        );
    }
}

fn alike(old: &ErrorSpec, new: &ErrorSpec) -> bool {
    old.message == new.message || suggest::nearest(&old.code, [new.code.as_str()]).is_some()
}

/// Whether they say the same, wherever they stand.
fn same_examples(old: &[Example], new: &[Example]) -> bool {
    old.iter().map(example).eq(new.iter().map(example))
}
