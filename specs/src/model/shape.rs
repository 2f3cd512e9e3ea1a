//! What a value looks like: one recursive description for params, replies, pushes and shared schemas.

use crate::{Kind, Rule, Span};
use std::ops::Deref;
use std::sync::Arc;

/// Something of the spec with the place where it stands.
#[derive(Debug, Clone)]
pub struct Placed<T> {
    /// Where.
    pub at: Span,
    /// What.
    pub value: T,
}

impl<T> Deref for Placed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// What a value has to be: its kind, its rules and, for an array or an object, what is in it.
///
/// The parts are shared: a schema under `schemas` is one value, however often it is referred to.
#[derive(Debug, Clone)]
pub struct Schema {
    /// `type`.
    pub kind: Kind,
    /// Where the type stands; the place of what it describes when no type is given.
    pub kind_at: Span,
    /// The rules, in the order the spec gives them, each with the place of its key.
    pub rules: Vec<Placed<Rule>>,
    /// `items`: what each item of an array has to be; none admits any.
    pub items: Option<Arc<Schema>>,
    /// `properties`: the members an object can have, and no others; none admits any.
    pub properties: Option<Arc<Properties>>,
    /// `description`, Markdown; empty when the spec gives none.
    pub description: String,
    /// `$ref`: the shared schema that this one is.
    pub reference: Option<Reference>,
}

/// The members of an object, in declared order.
pub type Properties = Vec<Field>;

/// `$ref: "#/schemas/Name"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The name of the shared schema.
    pub name: String,
    /// Where the reference stands.
    pub at: Span,
    /// The shared schema's own description; the one beside the reference takes its place where there is one.
    pub description: String,
}

impl Schema {
    /// A schema of this kind without rules.
    pub fn new(kind: Kind, kind_at: Span) -> Self {
        Self {
            kind,
            kind_at,
            rules: Vec::new(),
            items: None,
            properties: None,
            description: String::new(),
            reference: None,
        }
    }

    /// The rules, in the order the spec gives them.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().map(|rule| &rule.value)
    }

    /// Whether its kind says all there is to say.
    pub(crate) fn is_simple(&self) -> bool {
        self.rules.is_empty() && self.items.is_none() && self.properties.is_none()
    }

    /// The members an object can have; none where any are admitted.
    pub fn properties(&self) -> &[Field] {
        self.properties
            .as_deref()
            .map_or(&[], |members| members.as_slice())
    }
}

/// A named value that a reply, a push or an object carries.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// Where the name stands.
    pub at: Span,
    /// What its value has to be.
    pub schema: Schema,
    /// It is always there. Fields of a reply or a push are, unless they say `required: false`; members of an object
    /// are not, unless they say `required: true`.
    pub required: bool,
}

impl Field {
    /// `type`.
    pub fn kind(&self) -> Kind {
        self.schema.kind
    }

    /// `description`, Markdown; empty when the spec gives none.
    pub fn description(&self) -> &str {
        &self.schema.description
    }
}

/// One entry of `schemas`: a schema with a name, for use in several places.
#[derive(Debug, Clone)]
pub struct SharedSchema {
    /// The name.
    pub name: String,
    /// Where the name stands.
    pub at: Span,
    /// The schema.
    pub schema: Arc<Schema>,
}
