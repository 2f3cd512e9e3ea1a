//! `params` and `common`: one declared param each.

use super::{Fields, Problems, list, rules};
use crate::node::{Data, Entry, Node};
use crate::{Default, Given, Kind, Mistake, Param, Raw, Rule, Schema, Slot, Span, suggest};
use serde_json::Value;

/// The keys of a param besides its rules.
const KEYS: [&str; 5] = ["type", "required", "default", "description", "examples"];

/// What people write for a type that has another name here.
const OTHER_WORDS: [(&str, Kind); 12] = [
    ("int", Kind::Integer),
    ("long", Kind::Integer),
    ("i64", Kind::Integer),
    ("float", Kind::Number),
    ("double", Kind::Number),
    ("f64", Kind::Number),
    ("bool", Kind::Boolean),
    ("str", Kind::String),
    ("text", Kind::String),
    ("list", Kind::Array),
    ("map", Kind::Object),
    ("dict", Kind::Object),
];

/// Why an empty text is refused.
pub(super) const EMPTY: &str = "an empty string counts as missing for a required param";

pub(super) fn params(name: &str, node: &Node, problems: &mut Problems<'_>) -> Vec<Param> {
    let entries = problems.entries(name, node);
    entries
        .into_iter()
        .map(|entry| param(entry, problems))
        .collect()
}

fn param(entry: &Entry, problems: &mut Problems<'_>) -> Param {
    let rule_words = Rule::WORDS.iter().map(|rule| rule.word);
    let known: Vec<&str> = KEYS.into_iter().chain(rule_words).collect();
    let place = (entry.at, entry.key.as_str(), "a param");
    let fields = problems.fields(place, &entry.value, &known);
    let before = problems.list.len();
    let kind = kind(&fields, problems);
    let mut param = Param {
        name: entry.key.clone(),
        at: entry.at,
        schema: Schema::new(kind.unwrap_or(Kind::Any), kind_at(&fields, entry.at)),
        required: problems.boolean(&fields, "required", false),
        default: None,
        examples: Vec::new(),
        secret: false,
        deprecated: None,
        since: None,
    };
    param.schema.description = problems.optional_text(&fields, "description");
    // Without a kind nothing can be said of the rules, nor of values without the rules.
    if kind.is_some() {
        rules::rules(&mut param, &fields, problems);
    }
    let sound = problems.list.len() == before;
    if let Some(entry) = fields.get("default") {
        default(&mut param, entry, sound, problems);
    }
    if let Some(entry) = fields.get("examples") {
        for item in problems.items(entry) {
            if let Some(value) = problems.value(item) {
                if sound {
                    accepted(&param, "example", item.at, &value, problems);
                }
                param.examples.push(value);
            }
        }
    }
    param
}

/// Where the `type` stands.
pub(super) fn kind_at(fields: &Fields<'_>, at: Span) -> Span {
    fields.get("type").map_or(at, |entry| entry.value.at)
}

/// The `type` of a param or a field; nothing when the word is not known.
pub(super) fn kind(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Option<Kind> {
    let Some(entry) = fields.get("type") else {
        return Some(Kind::Any);
    };
    let known = Kind::NAMED.map(Kind::word);
    let Data::Text(word) = &entry.value.data else {
        let wanted = format!("one of {}", list(&known));
        problems.wrong_type("type", &wanted, entry.value.at, &entry.value.data);
        return None;
    };
    if let Some(kind) = Kind::from_word(word) {
        return Some(kind);
    }
    let other = OTHER_WORDS.iter().find(|(other, _)| *other == word);
    let near = match other {
        Some((_, kind)) => Some(kind.word()),
        None => suggest::nearest(word, known),
    };
    let help = match near {
        _ if word == Kind::Any.word() => "leave `type` out for any JSON value".to_owned(),
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it is one of {}", list(&known)),
    };
    let message = format!("there is no type `{word}`");
    problems.report(Mistake::UnknownWord.at(entry.value.at, message).help(help));
    None
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
    if let Some(slot) = accepted(param, "default", entry.value.at, &value, problems) {
        param.default = Some(Default { value, slot });
    }
}

/// Binds a value of the spec as if a client had sent it.
pub(super) fn accepted(
    param: &Param,
    what: &str,
    at: Span,
    value: &Value,
    problems: &mut Problems<'_>,
) -> Option<Slot<'static>> {
    let json = value.to_string();
    let given = Given {
        raw: Raw::Json(&json),
        saved: false,
    };
    let mut faults = Vec::new();
    let slot = param.bind(Some(given), &mut faults).into_owned();
    let Some(fault) = faults.first() else {
        return Some(slot);
    };
    let said = fault.message.trim_end_matches(" for this action");
    let mut problem =
        Mistake::RefusedValue.at(at, format!("the param refuses this {what}: {said}"));
    problem.help = match (param.kind(), value) {
        (Kind::String | Kind::Any, Value::String(text)) if text.is_empty() => {
            Some(EMPTY.to_owned())
        }
        (Kind::String, Value::Number(_) | Value::Bool(_)) => {
            Some(format!("put it in quotes: \"{}\"", problems.quote(at)))
        }
        (Kind::Integer | Kind::Number | Kind::Boolean, Value::String(_)) => Some(
            "it is a string: quotes, leading zeros, `_` or words such as `yes` make it one"
                .to_owned(),
        ),
        _ => None,
    };
    problems.report(problem);
    None
}
