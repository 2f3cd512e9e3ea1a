//! Values: what bounds they lack, and which of their rules do nothing.

use super::action::described;
use super::{Found, Lint, name};
use crate::{Field, Kind, Param, Placed, Rule, Schema, Span, Spec};
use std::collections::HashSet;

pub(super) fn params(params: &[Param], found: &mut Found) {
    for param in params {
        let name = &param.name;
        described(("the param", name), param.at, param.description(), found);
        sent(name, param.at, &param.schema, found);
        rules(&param.schema, found);
        if !param.secret
            && matches!(param.kind(), Kind::String | Kind::Any)
            && name::is_secret(name)
        {
            let message = format!("`{name}` sounds like a secret, but is not `secret`");
            found.tell(Lint::ExposedSecret, param.at, message);
        }
        if let (true, Some(deprecated)) = (param.required, &param.deprecated) {
            let message = format!("`{name}` is deprecated, and every request has to send it");
            found.tell(Lint::DeprecatedRequired, deprecated.at, message);
        }
    }
}

/// The fields of a reply or a push.
pub(super) fn fields(fields: &[Field], found: &mut Found) {
    for field in fields {
        described(
            ("the field", &field.name),
            field.at,
            field.description(),
            found,
        );
        rules(&field.schema, found);
    }
}

/// What a client sends has to have an end.
fn sent(path: &str, at: Span, schema: &Schema, found: &mut Found) {
    let has = |words: &[&str]| schema.rules().any(|rule| words.contains(&rule.word()));
    match schema.kind {
        Kind::String if !has(&["maxLength", "enum", "pattern", "format"]) => {
            let message = format!("`{path}` can be a text of any length");
            found.tell(Lint::UnboundedString, at, message);
        }
        Kind::Array if !has(&["maxItems"]) => {
            let message = format!("`{path}` can have any number of items");
            found.tell(Lint::UnboundedArray, at, message);
        }
        Kind::Integer if name::is_amount(path) && !has(&["maximum", "enum"]) => {
            let message = format!("`{path}` can be any amount");
            found.tell(Lint::UnboundedLimit, at, message);
        }
        _ => {}
    }
    if let Some(items) = &schema.items {
        sent(&format!("{path}[]"), items.kind_at, items, found);
    }
    for member in schema.properties() {
        sent(
            &format!("{path}.{}", member.name),
            member.at,
            &member.schema,
            found,
        );
    }
}

/// Rules that are probably not meant as they stand.
fn rules(schema: &Schema, found: &mut Found) {
    let choices = schema.rules().any(|rule| matches!(rule, Rule::Enum(_)));
    for Placed { at, value: rule } in &schema.rules {
        let word = rule.word();
        match rule {
            Rule::Enum(_) => {}
            _ if choices => {
                let message = format!("`{word}` refuses nothing that `enum` admits");
                found.tell(Lint::IdleRule, *at, message);
            }
            Rule::MinLength(0) | Rule::MinItems(0) => {
                found.tell(Lint::IdleRule, *at, format!("`{word}: 0` refuses nothing"));
            }
            Rule::Pattern(pattern) if is_loose(&pattern.source) => {
                let message = format!("`{}` matches anywhere in a text", pattern.source);
                found.tell(Lint::UnanchoredPattern, *at, message);
            }
            _ => {}
        }
    }
    if let Some(items) = &schema.items {
        rules(items, found);
    }
    for member in schema.properties() {
        rules(&member.schema, found);
    }
}

fn is_loose(pattern: &str) -> bool {
    !pattern.starts_with('^') && !pattern.ends_with('$')
}

/// Shared schemas that nothing refers to.
pub(super) fn unused(spec: &Spec, found: &mut Found) {
    let mut used = HashSet::new();
    let params = spec.actions.iter().flat_map(|action| &action.params);
    for param in params.chain(&spec.common) {
        references(&param.schema, &mut used);
    }
    let replies = spec
        .actions
        .iter()
        .flat_map(|action| action.returns.fields());
    let pushes = spec.pushes.iter().flat_map(|push| &push.fields);
    for field in replies.chain(pushes) {
        references(&field.schema, &mut used);
    }
    for shared in &spec.schemas {
        if !used.contains(shared.name.as_str()) {
            let message = format!("nothing refers to the schema `{}`", shared.name);
            found.tell(Lint::UnusedSchema, shared.at, message);
        }
    }
}

fn references<'s>(schema: &'s Schema, used: &mut HashSet<&'s str>) {
    if let Some(reference) = &schema.reference {
        used.insert(&reference.name);
    }
    if let Some(items) = &schema.items {
        references(items, used);
    }
    for member in schema.properties() {
        references(&member.schema, used);
    }
}
