//! Lints: what is legal in a spec, but poor. `actionline check` tells them as warnings; building a server does not.

mod action;
mod name;
mod value;

use crate::catalogue::catalogue;
use crate::{Diagnostic, Diagnostics, Level, Span, Spec};
use std::collections::HashSet;

catalogue! {
    /// What is legal in a spec, but poor. Each can be silenced by its word: `lints: { allow: [unbounded-string] }`, for
    /// the whole spec or for one action.
    pub enum Lint {
        NoDescription = "no-description", "say in a sentence what it is; docs, editors and `actionsView` show it",
            "An action, a param, a field of a reply, an error or a push has no `description`.";
        RepeatedDescription = "repeated-description", "say what is different about each",
            "Two actions have the same `description`.";
        NoExample = "no-example", "add one to `examples`: docs show it, and `check` holds it to the rules",
            "An action has no example.";
        UnshownError = "unshown-error", "add an example that provokes it, with its text under `error`",
            "No example of an action shows one of its declared errors.";
        UnboundedString = "unbounded-string", "add `maxLength`, `enum`, `pattern` or `format`",
            "A string that clients send has no `maxLength`, `enum`, `pattern` or `format`.";
        UnboundedArray = "unbounded-array", "add `maxItems`",
            "An array that clients send has no `maxItems`.";
        UnboundedLimit = "unbounded-limit", "add `maximum`",
            "An integer that by its name says how much a client wants, such as `limit` or `pageSize`, has no `maximum`.";
        UnanchoredPattern = "unanchored-pattern", "write `^…$` when the whole text has to match",
            "A `pattern` has neither `^` at its start nor `$` at its end, so it matches anywhere in a text.";
        IdleRule = "idle-rule", "remove it",
            "A rule refuses nothing: it stands beside an `enum`, or its limit is 0 where nothing is less.";
        ExposedSecret = "exposed-secret", "add `secret: true`, so that its value is neither logged nor shown",
            "A param is named like a password or a token, but is not `secret`.";
        DeprecatedRequired = "deprecated-required", "make it optional, so that clients can stop sending it",
            "A param is `deprecated` and still `required`.";
        NoLogin = "no-login", "give the action that logs in `requires: []`, or grant rights when a client connects and allow this",
            "The spec has `requires`, and no action can be called without a right: nobody could log in.";
        UnusedSchema = "unused-schema", "refer to it with `$ref`, or remove it",
            "Nothing refers to an entry of `schemas`.";
        MixedNames = "mixed-names", "choose one style; on the wire the two are different names",
            "Some names are camelCase and others snake_case.";
        IdleAllow = "idle-allow", "remove it from `allow`",
            "An `allow` silences a lint that finds nothing there.";
    }
    /// What to do about it.
    help -> &'static str
}

impl Lint {
    /// Tells it of a place; the help is the lint's own.
    fn at(self, at: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Level::Warning, self.word(), at, message).help(self.help())
    }
}

/// Everything that is legal in a spec but poor, in the order of its files, less what the spec itself allows.
///
/// ```
/// use actionline_specs::{Source, lint, load};
///
/// let text = "actionline: 1\ninfo: { title: T, version: 1.0.0 }\nlints: { allow: [no-example] }\nactions: { ping: {} }\n";
/// let warnings = lint(&load(Source::new("actions.yaml", text)).unwrap());
/// let codes: Vec<&str> = warnings.list.iter().map(|warning| warning.code).collect();
/// assert_eq!(codes, ["no-description"]);
/// ```
pub fn lint(spec: &Spec) -> Diagnostics {
    let mut found = Found::default();
    value::params(&spec.common, &mut found);
    for (index, action) in spec.actions.iter().enumerate() {
        found.action = Some(index);
        action::action(action, &mut found);
    }
    found.action = None;
    for push in &spec.pushes {
        action::described(
            ("the push", &push.name),
            push.at,
            &push.description,
            &mut found,
        );
        value::fields(&push.fields, &mut found);
    }
    if let Some(right) = spec.requires.first()
        && !spec.actions.iter().any(|action| action.requires.is_empty())
    {
        let message = format!(
            "everything requires `{}`, and no action can give it",
            right.value
        );
        found.tell(Lint::NoLogin, right.at, message);
    }
    action::repeated(&spec.actions, &mut found);
    name::mixed(spec, &mut found);
    value::unused(spec, &mut found);
    let mut list = found.allowed(spec);
    let mut seen = HashSet::new();
    // What stands in a shared schema is met wherever that is used.
    list.retain(|warning| seen.insert((warning.code, warning.at.file, warning.at.start)));
    Diagnostics::new(spec.source.clone(), list)
}

/// Collects what the lints find.
#[derive(Default)]
struct Found {
    /// The action that is looked at, by its place among all.
    action: Option<usize>,
    list: Vec<(Option<usize>, Lint, Diagnostic)>,
}

impl Found {
    fn tell(&mut self, lint: Lint, at: Span, message: impl Into<String>) {
        self.tell_all(lint, lint.at(at, message));
    }

    fn tell_all(&mut self, lint: Lint, diagnostic: Diagnostic) {
        self.list.push((self.action, lint, diagnostic));
    }

    /// What the spec does not allow, and each `allow` that has nothing to silence.
    fn allowed(self, spec: &Spec) -> Vec<Diagnostic> {
        let mut idle = Vec::new();
        let own = spec.actions.iter().enumerate();
        let own =
            own.flat_map(|(index, action)| action.allow.iter().map(move |one| (Some(index), one)));
        for (scope, one) in spec.allow.iter().map(|one| (None, one)).chain(own) {
            let silences = |(action, lint, _): &(Option<usize>, Lint, Diagnostic)| {
                *lint == one.value && (scope.is_none() || scope == *action)
            };
            if one.value != Lint::IdleAllow && !self.list.iter().any(silences) {
                let message = format!("there is no `{}` here to allow", one.value.word());
                idle.push((scope, Lint::IdleAllow, Lint::IdleAllow.at(one.at, message)));
            }
        }
        let all = self.list.into_iter().chain(idle);
        let told = all.filter(|(action, lint, _)| {
            let own = action.map_or(&[][..], |index| &spec.actions[index].allow);
            !spec.allow.iter().chain(own).any(|one| one.value == *lint)
        });
        told.map(|(_, _, diagnostic)| diagnostic).collect()
    }
}
