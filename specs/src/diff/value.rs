//! Params, fields, and what is inside them.

use super::action::{deprecated, since};
use super::{ChangeKind, Places, Walk, both, matched, rule};
use crate::{Field, Kind, Param, Schema, Span};

/// Which way a value goes. A client may send less than it could, and must take all that it can be answered: what
/// loosens one tightens the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// From clients: params.
    Sent,
    /// To clients: replies and pushes.
    Answered,
}

/// How the values that are admitted have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trend {
    Wider,
    Narrower,
    Other,
}

pub(super) fn param(path: &str, old: &Param, new: &Param, walk: &mut Walk) {
    let at = both(old.at, new.at);
    match (old.required, new.required) {
        (false, true) => walk.tell(ChangeKind::ParamRequired, path, at, "it has to be sent"),
        (true, false) => {
            let message = match &new.default {
                Some(default) => format!("it can be left out and is then {}", default.value),
                None => "it can be left out".to_owned(),
            };
            walk.tell(ChangeKind::ParamOptional, path, at, message);
        }
        (true, true) => {}
        (false, false) => default(path, at, old, new, walk),
    }
    match read_as_text(old.kind(), new.kind()) {
        true => {
            let (before, after) = (&old.schema, &new.schema);
            walk.described(
                path,
                at,
                "description",
                &before.description,
                &after.description,
            );
            let (is, was) = (after.kind, before.kind);
            let message = format!("its type is `{is}`, was `{was}`: its words are a text now");
            walk.tell(
                ChangeKind::ParamTypeChanged,
                path,
                both(before.kind_at, after.kind_at),
                message,
            );
        }
        false => schema(path, Way::Sent, &old.schema, &new.schema, at, walk),
    }
    if old.secret != new.secret {
        let (kind, message) = match new.secret {
            true => (ChangeKind::SecretSet, "it is secret now"),
            false => (ChangeKind::SecretLifted, "it is not secret any more"),
        };
        walk.tell(kind, path, at, message);
    }
    deprecated(path, at, &old.deprecated, &new.deprecated, walk);
    since(path, at, &old.since, &new.since, walk);
    if old.examples != new.examples {
        walk.tell(
            ChangeKind::ExamplesChanged,
            path,
            at,
            "its examples are others",
        );
    }
}

fn default(path: &str, at: Places, old: &Param, new: &Param, walk: &mut Walk) {
    let (kind, message) = match (&old.default, &new.default) {
        (None, None) => return,
        (None, Some(new)) => {
            let message = format!("left out, it is {} now", new.value);
            (ChangeKind::DefaultAdded, message)
        }
        (Some(old), None) => {
            let message = format!("left out, it is nothing now, was {}", old.value);
            (ChangeKind::DefaultRemoved, message)
        }
        (Some(old), Some(new)) if rule::same(&old.value, &new.value) => return,
        (Some(old), Some(new)) => {
            let message = format!("left out, it is {} now, was {}", new.value, old.value);
            (ChangeKind::DefaultChanged, message)
        }
    };
    walk.tell(kind, path, at, message);
}

pub(super) fn added_param(path: &str, new: &Param, old: Option<Span>, walk: &mut Walk) {
    added(
        (path, &new.name),
        Way::Sent,
        new.required,
        (old, Some(new.at)),
        walk,
    );
}

pub(super) fn removed_param(path: &str, old: &Param, new: Option<Span>, walk: &mut Walk) {
    removed((path, &old.name), Way::Sent, (Some(old.at), new), walk);
}

fn added((path, name): (&str, &str), way: Way, required: bool, at: Places, walk: &mut Walk) {
    let (kind, message) = match (way, required) {
        (Way::Sent, true) => (
            ChangeKind::RequiredParamAdded,
            "it is new, and has to be sent",
        ),
        (Way::Sent, false) => (ChangeKind::OptionalParamAdded, "it is new"),
        (Way::Answered, _) => (ChangeKind::FieldAdded, "it is new"),
    };
    walk.tell(kind, &format!("{path}.{name}"), at, message);
}

fn removed((path, name): (&str, &str), way: Way, at: Places, walk: &mut Walk) {
    let kind = match way {
        Way::Sent => ChangeKind::ParamRemoved,
        Way::Answered => ChangeKind::FieldRemoved,
    };
    walk.tell(kind, &format!("{path}.{name}"), at, "it is gone");
}

/// The fields of a reply or a push.
pub(super) fn fields(path: &str, at: Places, old: &[Field], new: &[Field], walk: &mut Walk) {
    members(path, Way::Answered, at, old, new, walk);
}

/// Named values: the fields of a reply, or the members of an object on either way.
fn members(
    path: &str,
    way: Way,
    (old_at, new_at): Places,
    old: &[Field],
    new: &[Field],
    walk: &mut Walk,
) {
    let (pairs, gone, come) = matched(old, new, |one| &one.name);
    for (before, after) in pairs {
        let path = format!("{path}.{}", after.name);
        let at = both(before.at, after.at);
        let required = match (way, before.required, after.required) {
            (Way::Sent, false, true) => Some((ChangeKind::ParamRequired, "it has to be sent")),
            (Way::Sent, true, false) => Some((ChangeKind::ParamOptional, "it can be left out")),
            (Way::Answered, false, true) => Some((ChangeKind::FieldRequired, "it is always there")),
            (Way::Answered, true, false) => Some((ChangeKind::FieldOptional, "it can be missing")),
            _ => None,
        };
        if let Some((kind, message)) = required {
            walk.tell(kind, &path, at, message);
        }
        schema(&path, way, &before.schema, &after.schema, at, walk);
    }
    for one in gone {
        removed((path, &one.name), way, (Some(one.at), new_at), walk);
    }
    for one in come {
        added(
            (path, &one.name),
            way,
            one.required,
            (old_at, Some(one.at)),
            walk,
        );
    }
}

fn schema(path: &str, way: Way, old: &Schema, new: &Schema, at: Places, walk: &mut Walk) {
    walk.described(path, at, "description", &old.description, &new.description);
    let trend = kinds(old.kind, new.kind);
    if let Some(trend) = trend {
        let kind = match (way, trend) {
            (Way::Sent, Trend::Wider) => ChangeKind::ParamTypeWidened,
            (Way::Sent, Trend::Narrower) => ChangeKind::ParamTypeNarrowed,
            (Way::Sent, Trend::Other) => ChangeKind::ParamTypeChanged,
            (Way::Answered, Trend::Wider) => ChangeKind::FieldTypeWidened,
            (Way::Answered, Trend::Narrower) => ChangeKind::FieldTypeNarrowed,
            (Way::Answered, Trend::Other) => ChangeKind::FieldTypeChanged,
        };
        let message = format!("its type is `{}`, was `{}`", new.kind, old.kind);
        walk.tell(kind, path, both(old.kind_at, new.kind_at), message);
        // Rules of another type are no longer the same rules; those of numbers are.
        if !(is_numeric(old.kind) && is_numeric(new.kind)) {
            return;
        }
    }
    rule::rules(path, way, old, new, at, walk);
    inside(path, way, old, new, at, walk);
}

/// How what a type admits has changed; nothing when it has not.
fn kinds(old: Kind, new: Kind) -> Option<Trend> {
    match (old, new) {
        _ if old == new => None,
        (_, Kind::Any) | (Kind::Integer, Kind::Number) => Some(Trend::Wider),
        (Kind::Any, _) | (Kind::Number, Kind::Integer) => Some(Trend::Narrower),
        _ => Some(Trend::Other),
    }
}

/// Whether the word form's `5` or `[1]` was read by its type and is just a text now.
fn read_as_text(old: Kind, new: Kind) -> bool {
    new == Kind::Any && !matches!(old, Kind::Any | Kind::String)
}

fn is_numeric(kind: Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Number)
}

/// The items of an array, and the members of an object.
fn inside(path: &str, way: Way, old: &Schema, new: &Schema, at: Places, walk: &mut Walk) {
    if old.items.is_some() || new.items.is_some() {
        let any = |schema: &Schema| Schema::new(Kind::Any, schema.kind_at);
        let (any_old, any_new) = (any(old), any(new));
        let before = old.items.as_deref().unwrap_or(&any_old);
        let after = new.items.as_deref().unwrap_or(&any_new);
        schema(
            &format!("{path}[]"),
            way,
            before,
            after,
            both(before.kind_at, after.kind_at),
            walk,
        );
    }
    match (&old.properties, &new.properties) {
        (None, None) => {}
        (Some(before), Some(after)) => members(path, way, at, before, after, walk),
        (None, Some(_)) => {
            let kind = match way {
                Way::Sent => ChangeKind::ParamMembersClosed,
                Way::Answered => ChangeKind::FieldMembersClosed,
            };
            walk.tell(kind, path, at, "it has declared members only, had any");
        }
        (Some(_), None) => {
            let kind = match way {
                Way::Sent => ChangeKind::ParamMembersOpened,
                Way::Answered => ChangeKind::FieldMembersOpened,
            };
            walk.tell(kind, path, at, "it has any members, had declared ones only");
        }
    }
}
