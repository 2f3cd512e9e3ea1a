//! The spec in words: what errors say of a param, what rustdoc says of an action.

use crate::types::{UUID, fitting, range};
use actionline_specs::{Action, Kind, Param, Returns, Schema, Spec};

/// What is wrong with the type of an argument: where the param stands, what it is, what to take instead.
pub(crate) fn misfit(spec: &Spec, param: &Param, found: &str) -> String {
    let noun = noun(&param.schema);
    let (what, article) = match (param.required, &param.default) {
        (true, _) => (format!("required {noun}"), "a"),
        (false, Some(_)) => (format!("{noun} with a default"), article(&noun)),
        (false, None) => (format!("optional {noun}"), "an"),
    };
    format!(
        "{}: param `{}` is {article} {what}: take {}, not `{found}`",
        spec.source.locate(param.at),
        param.name,
        take(
            &param.schema,
            fitting(&param.schema).iter().map(|ty| wrap(param, ty)),
            param.always_present()
        ),
    )
}

/// As [`misfit`], when the type is right but for its `Option`.
pub(crate) fn wrong_option(spec: &Spec, param: &Param, right: &str, found: &str) -> String {
    let why = match (param.required, &param.default) {
        (true, _) => "is required, so it is always there",
        (false, Some(_)) => "has a default, so it is always there",
        (false, None) => "is optional, so it may be absent",
    };
    format!(
        "{}: param `{}` {why}: take `{right}`, not `{found}`",
        spec.source.locate(param.at),
        param.name
    )
}

/// A param that no argument takes.
pub(crate) fn not_taken(spec: &Spec, param: &Param) -> String {
    let rust = crate::names::argument(&param.name);
    let unused = actionline_specs::snake_case(&param.name);
    let ty = fitting(&param.schema)
        .first()
        .map(|ty| wrap(param, ty))
        .unwrap_or_default();
    format!(
        "{}: param `{}` is not taken: add the argument `{rust}: {ty}`, or `_{unused}: {ty}` to leave it unused",
        spec.source.locate(param.at),
        param.name
    )
}

/// An argument that is no param; the caller adds why it is nothing else either.
pub(crate) fn unknown(spec: &Spec, action: &Action, name: &str, near: Option<&Param>) -> String {
    let wire = crate::names::camel(name);
    let names = |params: &[Param]| {
        let names: Vec<&str> = params.iter().map(|param| param.name.as_str()).collect();
        names.join(", ")
    };
    let declares = match action.own_params().first() {
        Some(first) => format!(
            "{} declares: {}",
            spec.source.locate(first.at),
            names(action.own_params())
        ),
        None => format!(
            "{} declares no params of its own",
            spec.source.locate(action.at)
        ),
    };
    let common = match action.common_params() {
        [] => String::new(),
        params => format!("; common to all actions: {}", names(params)),
    };
    let guess =
        near.map(|param| format!(": did you mean `{}`?", crate::names::argument(&param.name)));
    // `type_` is meant to be `type`, but is another name.
    let shown = match near {
        Some(near) if near.name == wire => name,
        _ => &wire,
    };
    format!(
        "unknown param `{shown}`{} ({declares}{common})",
        guess.unwrap_or_default()
    )
}

/// An argument that only a caller with a connection has.
pub(crate) fn no_connection(spec: &Spec, action: &Action, found: &str) -> String {
    format!(
        "{}: `{}` takes `{found}`, which not every caller has: say `connection: required` there, or take `Option<&Connection>`",
        spec.source.locate(action.at),
        action.name
    )
}

/// A type around which an `Option` goes when the param may be absent.
pub(crate) fn wrap(param: &Param, ty: &str) -> String {
    match param.always_present() {
        true => ty.to_owned(),
        false => format!("Option<{ty}>"),
    }
}

/// The kind, and the range of an integer.
pub(crate) fn noun(schema: &Schema) -> String {
    match schema.kind {
        Kind::Any => "value of any JSON type".to_owned(),
        Kind::Integer => {
            let (from, to) = range(schema);
            format!("integer from {} to {}", bound(from), bound(to))
        }
        Kind::String => match crate::expected::format(schema) {
            Some(format) => format!("string of the format `{}`", format.word()),
            None => "string".to_owned(),
        },
        kind => kind.word().to_owned(),
    }
}

fn bound(value: i128) -> String {
    match value {
        v if v == i64::MIN as i128 => "-2^63".to_owned(),
        v if v == i64::MAX as i128 => "2^63-1".to_owned(),
        v => v.to_string(),
    }
}

/// `an integer`.
pub(crate) fn with_article(schema: &Schema) -> String {
    let noun = noun(schema);
    format!("{} {noun}", article(&noun))
}

/// The types that hold a value within a param, for one that is always there or not. What is within JSON cannot be
/// borrowed where it has escapes.
pub(crate) fn taken(schema: &Schema, required: bool) -> String {
    let types = fitting(schema).into_iter().filter(|ty| ty != "&str");
    take(
        schema,
        types.map(|ty| match required {
            true => ty,
            false => format!("Option<{ty}>"),
        }),
        required,
    )
}

/// The types to choose from, and what can be derived.
fn take(schema: &Schema, types: impl IntoIterator<Item = String>, required: bool) -> String {
    let derive = match schema.kind {
        Kind::String if !crate::expected::choices(schema).is_empty() => "an enum",
        Kind::Object if schema.properties.is_some() => "a struct",
        _ => {
            let types = one_of(types);
            return match types.contains(UUID) {
                true => format!("{types} (with actionline's cargo feature `uuid`)"),
                false => types,
            };
        }
    };
    let types: Vec<String> = types.into_iter().map(|ty| format!("`{ty}`")).collect();
    let option = match required {
        true => "",
        false => "an `Option` of ",
    };
    format!(
        "{} or {option}{derive} that derives `actionline::Param`",
        types.join(", ")
    )
}

/// The types that a reply's value can have, for one that is always there or not.
pub(crate) fn answer(schema: &Schema, required: bool) -> String {
    let types = match schema.kind {
        Kind::String if crate::expected::choices(schema).is_empty() => {
            "`String` or another type of text"
        }
        Kind::String => "`String` or an enum that derives `actionline::Reply`",
        Kind::Integer => "`i64` or another integer type",
        Kind::Number => "`f64` or another type of number",
        Kind::Boolean => "`bool`",
        Kind::Array => "a `Vec` or `serde_json::Value`",
        Kind::Object => "a struct that derives `actionline::Reply` or `serde_json::Value`",
        Kind::Any => "any type",
    };
    match required {
        true => types.to_owned(),
        false => format!("an `Option` of {types}"),
    }
}

fn article(noun: &str) -> &'static str {
    match noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        true => "an",
        false => "a",
    }
}

/// `a`, `b` or `c`.
fn one_of(names: impl IntoIterator<Item = String>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// What rustdoc says of a handler.
pub(crate) fn rustdoc(spec: &Spec, action: &Action) -> String {
    let mut doc = format!(
        "{}\n\nThe action `{}` of {}.\n",
        action.description,
        action.name,
        spec.source.locate(action.at)
    );
    if let Some(since) = &action.since {
        doc.push_str(&format!("Since {since}.\n"));
    }
    if let Some(deprecated) = &action.deprecated {
        doc.push_str(&format!("\nDeprecated. {}\n", deprecated.text));
    }
    if !action.params.is_empty() {
        doc.push_str("\n# Params\n");
    }
    for param in &action.params {
        let (noun, description) = (noun(&param.schema), param.description());
        let when = match (param.required, &param.default) {
            (true, _) => ", required".to_owned(),
            (false, Some(default)) => format!(", default `{}`", default.value),
            (false, None) => String::new(),
        };
        doc.push_str(&format!(
            "- `{}` ({noun}{when}): {description}\n",
            param.name
        ));
        for rule in param.rules() {
            doc.push_str(&format!("  It {}.\n", rule.phrase()));
        }
    }
    match &action.returns {
        Returns::File => doc.push_str("\n# Returns\nA file.\n"),
        Returns::Fields(fields) if fields.is_empty() => {}
        Returns::Fields(fields) => {
            doc.push_str("\n# Returns\n");
            for field in fields {
                doc.push_str(&format!(
                    "- `{}` ({}): {}\n",
                    field.name,
                    field.kind(),
                    field.description()
                ));
            }
        }
    }
    if !action.errors.is_empty() {
        doc.push_str("\n# Errors\n");
    }
    for error in &action.errors {
        doc.push_str(&format!(
            "- `{}`: “{}” {}\n",
            error.code, error.message, error.description
        ));
    }
    doc
}
