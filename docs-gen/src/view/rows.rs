//! Params and fields as rows of a table, what is inside them in rows of its own.

use actionline_specs::refusal::inside;
use actionline_specs::wire::MASKED;
use actionline_specs::{Deprecated, Field, Kind, Param, Schema, SharedSchema};
use serde::Serialize;

/// A param, or a value inside one.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ParamRow {
    /// The name, or the path: `lines[].price`.
    pub(crate) name: String,
    pub(crate) kind: String,
    /// `required`, `optional` or `default`; empty for the items of an array.
    need: &'static str,
    /// The default as JSON; empty when there is none.
    default: String,
    rules: String,
    pub(crate) description: String,
    /// What else there is to say, as Markdown.
    pub(crate) notes: Vec<String>,
    examples: Vec<String>,
    /// The version that it came with; empty when it is not said.
    #[serde(skip)]
    pub(crate) since: String,
    #[serde(skip)]
    pub(crate) deprecated: bool,
    /// What to use instead, Markdown; empty when it is not said.
    #[serde(skip)]
    pub(crate) instead: String,
    /// Never repeated in an error, never shown among saved params.
    #[serde(skip)]
    pub(crate) secret: bool,
}

/// A field of a reply, or a value inside one.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FieldRow {
    pub(crate) name: String,
    pub(crate) kind: String,
    /// Empty for the items of an array.
    always: &'static str,
    rules: String,
    pub(crate) description: String,
}

impl ParamRow {
    /// The rows of a param.
    pub(super) fn all(param: &Param) -> Vec<Self> {
        let default = param.default.as_ref();
        let own = Self {
            need: match default {
                _ if param.required => "required",
                Some(_) => "default",
                None => "optional",
            },
            default: default.map_or_else(String::new, |default| default.value.to_string()),
            examples: param
                .examples
                .iter()
                .map(|value| value.to_string())
                .collect(),
            notes: notes(param),
            since: param.since.clone().unwrap_or_default(),
            deprecated: param.deprecated.is_some(),
            instead: param
                .deprecated
                .as_ref()
                .map_or_else(String::new, |it| it.text.clone()),
            secret: param.secret,
            ..Self::new(&param.name, &param.schema, None)
        };
        let inside = inside(&param.name, &param.schema);
        let inside = inside
            .iter()
            .map(|part| Self::new(&part.place(), part.schema, part.required));
        std::iter::once(own).chain(inside).collect()
    }

    fn new(name: &str, schema: &Schema, required: Option<bool>) -> Self {
        Self {
            name: name.to_owned(),
            kind: kind(schema),
            need: match required {
                Some(true) => "required",
                Some(false) => "optional",
                None => "",
            },
            default: String::new(),
            rules: rules(schema),
            description: schema.description.clone(),
            notes: Vec::new(),
            examples: Vec::new(),
            since: String::new(),
            deprecated: false,
            instead: String::new(),
            secret: false,
        }
    }
}

/// What it means that a param is secret.
pub(crate) fn secrecy() -> String {
    format!("Secret: no error repeats it, and where saved params are shown it is `{MASKED}`.")
}

fn notes(param: &Param) -> Vec<String> {
    let secret = param.secret.then(secrecy);
    let age = age(param.deprecated.as_ref(), param.since.as_ref());
    secret.into_iter().chain(age).collect()
}

/// When something came, and whether it is to go.
pub(super) fn age(deprecated: Option<&Deprecated>, since: Option<&String>) -> Vec<String> {
    let deprecated = deprecated.map(|it| format!("Deprecated. {}", it.text).trim_end().to_owned());
    let since = since.map(|since| format!("Since {since}."));
    deprecated.into_iter().chain(since).collect()
}

impl FieldRow {
    /// The rows of these fields.
    pub(super) fn all(fields: &[Field]) -> Vec<Self> {
        let mut rows = Vec::new();
        for field in fields {
            rows.push(Self::new(&field.name, &field.schema, Some(field.required)));
            let inside = inside(&field.name, &field.schema);
            rows.extend(
                inside
                    .iter()
                    .map(|part| Self::new(&part.place(), part.schema, part.required)),
            );
        }
        rows
    }

    /// The rows of a shared schema.
    pub(super) fn shared(shared: &SharedSchema) -> Vec<Self> {
        let own = Self {
            // Its name says it.
            kind: plain_kind(&shared.schema),
            ..Self::new(&shared.name, &shared.schema, None)
        };
        let inside = inside(&shared.name, &shared.schema);
        let inside = inside
            .iter()
            .map(|part| Self::new(&part.place(), part.schema, part.required));
        std::iter::once(own).chain(inside).collect()
    }

    fn new(name: &str, schema: &Schema, required: Option<bool>) -> Self {
        Self {
            name: name.to_owned(),
            kind: kind(schema),
            always: match required {
                Some(true) => "always",
                Some(false) => "sometimes",
                None => "",
            },
            rules: rules(schema),
            description: schema.description.clone(),
        }
    }
}

/// The kind, with the name of the shared schema that it is.
fn kind(schema: &Schema) -> String {
    let kind = plain_kind(schema);
    match &schema.reference {
        Some(reference) => format!("{kind} (`{}`)", reference.name),
        None => kind,
    }
}

fn plain_kind(schema: &Schema) -> String {
    match (schema.kind, &schema.items) {
        (Kind::Array, Some(items)) if items.kind != Kind::Any => format!("array of {}", items.kind),
        (kind, _) => kind.word().to_owned(),
    }
}

fn rules(schema: &Schema) -> String {
    let rules: Vec<String> = schema.rules().map(|rule| rule.phrase()).collect();
    rules.join("; ")
}
