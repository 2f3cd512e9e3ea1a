//! Values that stand in the spec, judged as if a client had sent them.

use super::Problems;
use crate::judge::{Finding, Findings, Step, judge};
use crate::node::{Data, Node};
use crate::{Diagnostic, Kind, Mistake, Raw, Schema, Slot, Span};
use serde_json::Value;

/// Why an empty text is refused.
pub(super) const EMPTY: &str = "an empty string counts as missing for a required param";

/// What a value of the spec stands there for.
#[derive(Clone, Copy)]
pub(super) struct Purpose<'a> {
    /// Whose value it is, with its article: `a param`.
    pub(super) owner: &'static str,
    /// The owner's name, or the path to it.
    pub(super) name: &'a str,
    /// `default`, `example` or `choice`.
    pub(super) what: &'static str,
}

impl Purpose<'_> {
    /// Tells that the value is refused.
    pub(super) fn refused(self, at: Span, said: &str) -> Diagnostic {
        let owner = self.owner.trim_start_matches(['a', 'n']);
        Mistake::RefusedValue.at(at, format!("the{owner} refuses this {}: {said}", self.what))
    }
}

/// Judges a value. What is wrong is told where it stands.
pub(super) fn accepted(
    schema: &Schema,
    purpose: Purpose<'_>,
    node: &Node,
    value: &Value,
    problems: &mut Problems<'_>,
) -> Option<Slot<'static>> {
    let json = value.to_string();
    let mut found = Findings::default();
    let slot = judge(schema, Raw::Json(&json), &mut found).into_owned();
    let mut last: Option<&Finding> = None;
    for finding in &found.list {
        // One mistake is told once, whatever rules it breaks.
        if last.is_some_and(|last| last.path == finding.path) {
            continue;
        }
        last = Some(finding);
        let at = node_at(node, &finding.path).at;
        let said = format!("{} {}", finding.place(purpose.name), finding.what);
        let mut problem = purpose.refused(at, &said);
        let wanted = schema_at(schema, &finding.path).map_or(Kind::Any, |schema| schema.kind);
        problem.help = match &finding.near {
            Some(near) => Some(format!("did you mean `{near}`?")),
            None => help(wanted, value_at(value, &finding.path), at, problems),
        };
        problems.report(problem);
    }
    found.list.is_empty().then_some(slot)
}

fn help(wanted: Kind, value: &Value, at: Span, problems: &Problems<'_>) -> Option<String> {
    match (wanted, value) {
        (Kind::String, Value::Number(_) | Value::Bool(_)) => {
            Some(format!("put it in quotes: \"{}\"", problems.quote(at)))
        }
        (Kind::Integer | Kind::Number | Kind::Boolean, Value::String(_)) => Some(
            "it is a string: quotes, leading zeros, `_` or words such as `yes` make it one"
                .to_owned(),
        ),
        _ => None,
    }
}

/// The part of the file that a path leads to; where it leads nowhere, what it started from.
pub(super) fn node_at<'n>(node: &'n Node, path: &[Step]) -> &'n Node {
    let Some((step, rest)) = path.split_first() else {
        return node;
    };
    let below = match (step, &node.data) {
        (Step::Item(index), Data::List(items)) => items.get(*index),
        (Step::Member(name), Data::Map(_)) => node.get(name),
        _ => None,
    };
    below.map_or(node, |below| node_at(below, rest))
}

/// The value that a path leads to; null where it leads nowhere.
pub(super) fn value_at<'v>(value: &'v Value, path: &[Step]) -> &'v Value {
    path.iter().fold(value, |value, step| match step {
        Step::Item(index) => &value[*index],
        Step::Member(name) => &value[name.as_str()],
    })
}

/// The schema of what a path leads to.
pub(super) fn schema_at<'s>(schema: &'s Schema, path: &[Step]) -> Option<&'s Schema> {
    path.iter().try_fold(schema, |schema, step| match step {
        Step::Item(_) => schema.items.as_deref(),
        Step::Member(name) => {
            let member = schema
                .properties()
                .iter()
                .find(|member| member.name == *name);
            member.map(|member| &member.schema)
        }
    })
}
