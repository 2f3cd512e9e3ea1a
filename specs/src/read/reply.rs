//! The fields of a line that the server sends, as an example shows them: the declared ones, and what matchers stand for.

use super::accepted::{node_at, schema_at, value_at};
use super::name::is_name;
use super::{Problems, list};
use crate::grammar::MAP;
use crate::judge::{Finding, Findings, judge};
use crate::node::{Data, Entry, Node};
use crate::{Field, Kind, Matcher, Mistake, ParamCode, Raw, Schema, suggest};
use serde_json::{Map, Value};

/// Reads a map of values.
pub(super) fn map(entry: &Entry, problems: &mut Problems<'_>) -> Option<Map<String, Value>> {
    let node = &entry.value;
    let Data::Map(_) = node.data else {
        problems.wrong_type(&entry.key, MAP, node.at, &node.data);
        return None;
    };
    match problems.value(node)? {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

/// Reads a line's own fields and holds them against the declared ones.
pub(super) fn fields(
    entry: &Entry,
    declared: &[Field],
    problems: &mut Problems<'_>,
) -> Option<Map<String, Value>> {
    let given = map(entry, problems)?;
    let Data::Map(parts) = &entry.value.data else {
        return None;
    };
    for part in parts {
        let Some(field) = declared.iter().find(|field| field.name == part.key) else {
            undeclared(part, declared, problems);
            continue;
        };
        if let Some(value) = given.get(&part.key) {
            content(field, &part.value, value, problems);
        }
    }
    for field in declared {
        if field.required && !given.contains_key(&field.name) {
            let message = format!("the {} lacks the field `{}`", entry.key, field.name);
            let problem = Mistake::WrongReply.at(entry.at, message);
            problems.report(problem.note(field.at, "it is declared here"));
        }
    }
    Some(given)
}

fn undeclared(part: &Entry, declared: &[Field], problems: &mut Problems<'_>) {
    let message = format!("there is no declared field `{}`", part.key);
    let names: Vec<&str> = declared.iter().map(|field| field.name.as_str()).collect();
    let help = match suggest::nearest(&part.key, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => "declare it".to_owned(),
        None => format!("there is {}", list(&names)),
    };
    problems.report(Mistake::WrongReply.at(part.at, message).help(help));
}

fn content(field: &Field, node: &Node, value: &Value, problems: &mut Problems<'_>) {
    let json = value.to_string();
    let mut found = Findings::default();
    judge(&field.schema, Raw::Json(&json), &mut found);
    let mut last: Option<&Finding> = None;
    for finding in &found.list {
        let told = last.is_some_and(|last| last.path == finding.path);
        if told || excused(&field.schema, finding, value) {
            continue;
        }
        last = Some(finding);
        // Here no client is told about its request.
        let what = match finding.code {
            ParamCode::Required => "is missing",
            ParamCode::Unknown => "is not declared",
            _ => &finding.what,
        };
        let message = format!("`{}` {what}", finding.place(&field.name));
        let problem = Mistake::WrongReply.at(node_at(node, &finding.path).at, message);
        let mut problem = problem.note(field.at, "it is declared here");
        problem.help = finding
            .near
            .as_ref()
            .map(|near| format!("did you mean `{near}`?"));
        problems.report(problem);
    }
}

/// Whether a field can have this value, as an example shows it.
pub(super) fn fits(field: &Field, value: &Value) -> bool {
    let mut found = Findings::default();
    judge(&field.schema, Raw::Json(&value.to_string()), &mut found);
    let mut faults = found.list.iter();
    faults.all(|finding| excused(&field.schema, finding, value))
}

/// A matcher stands for a value that would be right.
fn excused(schema: &Schema, finding: &Finding, value: &Value) -> bool {
    let value = value_at(value, &finding.path);
    let wanted = schema_at(schema, &finding.path).map(|schema| schema.kind);
    let stands = Matcher::of(value).or_else(|| is_client(value).then_some(Matcher::Id));
    match (stands, finding.code) {
        (Some(matcher), code) if code != ParamCode::Required && code != ParamCode::Unknown => {
            wanted.is_some_and(|wanted| stands_for(matcher, wanted))
        }
        (_, ParamCode::UniqueItems) => value
            .as_array()
            .is_some_and(|items| items.iter().any(holds_matcher)),
        _ => false,
    }
}

/// `<bob>`: a client's public id.
fn is_client(value: &Value) -> bool {
    let inside = |text: &str| Some(is_name(text.strip_prefix('<')?.strip_suffix('>')?));
    value.as_str().and_then(inside).unwrap_or(false)
}

/// Whether two values that look alike may yet differ.
fn holds_matcher(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(holds_matcher),
        Value::Object(members) => members.values().any(holds_matcher),
        _ => Matcher::of(value).is_some(),
    }
}

fn stands_for(matcher: Matcher, wanted: Kind) -> bool {
    let kind = matcher.kind();
    wanted == Kind::Any
        || kind == Kind::Any
        || kind == wanted
        || (wanted, kind) == (Kind::Number, Kind::Integer)
}
