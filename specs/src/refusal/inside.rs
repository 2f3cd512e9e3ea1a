//! The values inside a value.

use crate::judge::Step;
use crate::{Param, Schema};

/// A value inside another one.
#[derive(Debug, Clone)]
pub struct Part<'s> {
    /// Where it is, in the first item of each array: `lines[0].price`.
    pub path: String,
    /// What it has to be.
    pub schema: &'s Schema,
    /// Whether it has to be there; nothing for the items of an array.
    pub required: Option<bool>,
    pub(super) way: Vec<Step>,
}

impl<'s> Part<'s> {
    /// The value as a whole.
    pub(super) fn whole(param: &'s Param) -> Self {
        Self {
            path: param.name.clone(),
            schema: &param.schema,
            required: Some(param.required),
            way: Vec::new(),
        }
    }

    /// Where it is, for any item of each array: `lines[].price`.
    pub fn place(&self) -> String {
        self.path.replace("[0]", "[]")
    }

    fn below(&self, path: String, step: Step, schema: &'s Schema, required: Option<bool>) -> Self {
        let mut way = self.way.clone();
        way.push(step);
        Self {
            path,
            schema,
            required,
            way,
        }
    }

    fn add_inside(&self, parts: &mut Vec<Self>) {
        let (path, schema) = (&self.path, self.schema);
        let item = schema
            .items
            .as_deref()
            .map(|item| self.below(format!("{path}[0]"), Step::Item(0), item, None));
        let members = schema.properties().iter().map(|member| {
            let step = Step::Member(member.name.clone());
            let path = format!("{path}.{}", member.name);
            self.below(path, step, &member.schema, Some(member.required))
        });
        for part in item.into_iter().chain(members) {
            parts.push(part.clone());
            part.add_inside(parts);
        }
    }
}

/// Every value inside a value that has a schema of its own, outermost first. `name` is what the value is called.
pub fn inside<'s>(name: &str, schema: &'s Schema) -> Vec<Part<'s>> {
    let whole = Part {
        path: name.to_owned(),
        schema,
        required: None,
        way: Vec::new(),
    };
    let mut parts = Vec::new();
    whole.add_inside(&mut parts);
    parts
}
