//! `params` and `common`: one declared param each.

use super::accepted::{EMPTY, Purpose, accepted};
use super::{Problems, notes, schema};
use crate::grammar::PARAM;
use crate::node::{Data, Entry, Node};
use crate::param_fault::REQUIRED;
use crate::{Default, Mistake, Param, Placed, Rule, Span};
use serde_json::Value;

pub(super) fn params(name: &str, node: &Node, problems: &mut Problems<'_>) -> Vec<Param> {
    let entries = problems.entries(name, node);
    entries
        .into_iter()
        .map(|entry| param(entry, problems))
        .collect()
}

fn param(entry: &Entry, problems: &mut Problems<'_>) -> Param {
    let fields = problems.fields((entry.at, &entry.key), &entry.value, &PARAM);
    let before = problems.list.len();
    let mut param = Param {
        name: entry.key.clone(),
        at: entry.at,
        schema: schema::schema(&fields, (entry.at, &entry.key), problems),
        required: problems.boolean(&fields, "required", false),
        default: None,
        examples: Vec::new(),
        secret: problems.boolean(&fields, "secret", false),
        deprecated: notes::deprecated(&fields, problems),
        since: notes::since(&fields, problems),
    };
    emptied(&param, problems);
    empty_choices(&param, fields.get("enum"), problems);
    // Nothing can be said of values when the rules are broken.
    let sound = problems.list.len() == before;
    if let Some(entry) = fields.get("default") {
        default(&mut param, entry, sound, problems);
    }
    if let Some(entry) = fields.get("examples") {
        for item in problems.items(entry) {
            if let Some(value) = problems.value(item) {
                if sound {
                    example(&param, item, &value, problems);
                }
                param.examples.push(value);
            }
        }
    }
    param
}

fn purpose<'a>(param: &'a Param, what: &'static str) -> Purpose<'a> {
    Purpose {
        owner: PARAM.what,
        name: &param.name,
        what,
    }
}

fn default(param: &mut Param, entry: &Entry, sound: bool, problems: &mut Problems<'_>) {
    if param.required {
        let problem =
            Mistake::IdleDefault.at(entry.at, "a required param has no use for a default");
        problems.report(problem.help("remove `default` or `required: true`"));
        return;
    }
    if matches!(entry.value.data, Data::Null) {
        let problem = Mistake::IdleDefault.at(
            entry.value.at,
            "null is no default: it means that nothing is given",
        );
        problems.report(problem.help("remove `default`"));
        return;
    }
    let Some(value) = problems.value(&entry.value) else {
        return;
    };
    if !sound {
        return;
    }
    let purpose = purpose(param, "default");
    if let Some(slot) = accepted(&param.schema, purpose, &entry.value, &value, problems) {
        param.default = Some(Default { value, slot });
    }
}

fn example(param: &Param, node: &Node, value: &Value, problems: &mut Problems<'_>) {
    let purpose = purpose(param, "example");
    match value.as_str() {
        Some("") if param.required => missing(param, purpose, node.at, problems),
        _ => drop(accepted(&param.schema, purpose, node, value, problems)),
    }
}

/// An empty text for a required param is none.
fn missing(param: &Param, purpose: Purpose<'_>, at: Span, problems: &mut Problems<'_>) {
    let problem = purpose.refused(at, &format!("{} {REQUIRED}", param.name));
    problems.report(problem.help(EMPTY));
}

/// A required string that may only be empty.
fn emptied(param: &Param, problems: &mut Problems<'_>) {
    let zero = |rule: &&Placed<Rule>| matches!(rule.value, Rule::MaxLength(0));
    if let (true, Some(rule)) = (param.required, param.schema.rules.iter().find(zero)) {
        let at = place(param, rule.at);
        let problem =
            Mistake::ImpossibleRule.at(at, "no value of a required param has `maxLength: 0`");
        problems.report(problem.help(EMPTY));
    }
}

/// A choice of a required param that no client can make.
fn empty_choices(param: &Param, entry: Option<&Entry>, problems: &mut Problems<'_>) {
    let empty = |rule: &&Placed<Rule>| match &rule.value {
        Rule::Enum(values) => values.iter().any(|value| value == ""),
        _ => false,
    };
    let (true, Some(rule)) = (param.required, param.schema.rules.iter().find(empty)) else {
        return;
    };
    let items = match entry.map(|entry| &entry.value.data) {
        Some(Data::List(items)) => items.as_slice(),
        _ => &[],
    };
    let item = items
        .iter()
        .find(|item| matches!(&item.data, Data::Text(text) if text.is_empty()));
    let at = item.map_or(place(param, rule.at), |item| item.at);
    missing(param, purpose(param, "choice"), at, problems);
}

/// Where a rule of a param is told: at the reference, if it stands in a shared schema.
fn place(param: &Param, rule: Span) -> Span {
    let reference = param.schema.reference.as_ref();
    reference.map_or(rule, |reference| reference.at)
}
