//! `params` and `common`: one declared param each.

use super::accepted::{EMPTY, Purpose, accepted};
use super::{Problems, schema};
use crate::fault::REQUIRED;
use crate::node::{Data, Entry, Node};
use crate::{Default, Mistake, Param, Rule};
use serde_json::Value;

/// The keys of a param besides its schema's.
const KEYS: [&str; 3] = ["required", "default", "examples"];

pub(super) fn params(name: &str, node: &Node, problems: &mut Problems<'_>) -> Vec<Param> {
    let entries = problems.entries(name, node);
    entries
        .into_iter()
        .map(|entry| param(entry, problems))
        .collect()
}

fn param(entry: &Entry, problems: &mut Problems<'_>) -> Param {
    let place = (entry.at, entry.key.as_str(), "a param");
    let fields = problems.fields(place, &entry.value, &schema::keys(&KEYS));
    let before = problems.list.len();
    let mut param = Param {
        name: entry.key.clone(),
        at: entry.at,
        schema: schema::schema(&fields, (entry.at, &entry.key), problems),
        required: problems.boolean(&fields, "required", false),
        default: None,
        examples: Vec::new(),
        secret: false,
        deprecated: None,
        since: None,
    };
    emptied(&param, fields.get("maxLength"), problems);
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
        owner: "a param",
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
        Some("") if param.required => missing(param, purpose, node, problems),
        _ => drop(accepted(&param.schema, purpose, node, value, problems)),
    }
}

/// An empty text for a required param is none.
fn missing(param: &Param, purpose: Purpose<'_>, node: &Node, problems: &mut Problems<'_>) {
    let problem = purpose.refused(node.at, &format!("{} {REQUIRED}", param.name));
    problems.report(problem.help(EMPTY));
}

/// A required string that may only be empty.
fn emptied(param: &Param, entry: Option<&Entry>, problems: &mut Problems<'_>) {
    let zero = |rule: &Rule| matches!(rule, Rule::MaxLength(0));
    if let (true, true, Some(entry)) = (param.required, param.rules().any(zero), entry) {
        let problem =
            Mistake::ImpossibleRule.at(entry.at, "no value of a required param has `maxLength: 0`");
        problems.report(problem.help(EMPTY));
    }
}

/// A choice of a required param that no client can make.
fn empty_choices(param: &Param, entry: Option<&Entry>, problems: &mut Problems<'_>) {
    let (true, Some(Data::List(items))) = (param.required, entry.map(|entry| &entry.value.data))
    else {
        return;
    };
    let empty = |item: &&Node| matches!(&item.data, Data::Text(text) if text.is_empty());
    for item in items.iter().filter(empty) {
        missing(param, purpose(param, "choice"), item, problems);
    }
}
