//! What a value has to be, wherever one is declared: `type`, the rules, `items`, `properties`.

use super::{Fields, Problems, list, name, rules, shared};
use crate::grammar::{ITEM, ITEMS, PROPERTIES, PROPERTY, REF, SCHEMA, Shape};
use crate::node::{Data, Entry};
use crate::{Field, Kind, Mistake, Properties, Schema, Span, suggest};
use std::sync::Arc;

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

/// Whether a key is one of a schema, beside its description.
pub(super) fn is_word(key: &str) -> bool {
    key != "description" && SCHEMA.word(key).is_some()
}

/// Reads the schema among the fields of what is called `name`. Nothing of it is missing if no problem was told.
pub(super) fn schema(
    fields: &Fields<'_>,
    (at, name): (Span, &str),
    problems: &mut Problems<'_>,
) -> Schema {
    if fields.get(REF).is_some() {
        let shared = shared::reference(fields, problems);
        return shared.unwrap_or_else(|| Schema::new(Kind::Any, at));
    }
    let kind_at = fields.get("type").map_or(at, |entry| entry.value.at);
    let kind = kind(fields, problems);
    let mut schema = Schema::new(kind.unwrap_or(Kind::Any), kind_at);
    schema.description = problems.optional_text(fields, "description");
    // Without a kind nothing can be said of the rules.
    if kind.is_none() {
        return schema;
    }
    for (word, entry) in [ITEMS, PROPERTIES]
        .into_iter()
        .filter_map(|word| Some((SCHEMA.word(word)?, fields.get(word)?)))
    {
        if !word.kinds.contains(&schema.kind) {
            rules::misfit(entry, schema.kind, word, fields.shape.what, problems);
        } else if word.word == ITEMS {
            schema.items = Some(Arc::new(items(entry, name, problems)));
        } else {
            schema.properties = Some(Arc::new(properties(entry, name, problems)));
        }
    }
    rules::rules(&mut schema, fields, name, problems);
    schema
}

fn items(entry: &Entry, name: &str, problems: &mut Problems<'_>) -> Schema {
    let fields = problems.fields((entry.at, &entry.key), &entry.value, &ITEM);
    schema(&fields, (entry.at, &format!("{name}[0]")), problems)
}

fn properties(entry: &Entry, name: &str, problems: &mut Problems<'_>) -> Properties {
    let entries = problems.entries(&entry.key, &entry.value);
    let members: Properties = entries
        .into_iter()
        .map(|entry| {
            let path = format!("{name}.{}", entry.key);
            field(entry, (&PROPERTY, &path, false), problems)
        })
        .collect();
    let names: Vec<_> = members.iter().map(|m| (m.name.as_str(), m.at)).collect();
    name::each(PROPERTY.what, &names, problems);
    members
}

/// One named value; `required` is what it is when nothing is said.
pub(super) fn field(
    entry: &Entry,
    (shape, path, required): (&'static Shape, &str, bool),
    problems: &mut Problems<'_>,
) -> Field {
    let fields = problems.fields((entry.at, &entry.key), &entry.value, shape);
    Field {
        name: entry.key.clone(),
        at: entry.at,
        required: problems.boolean(&fields, "required", required),
        schema: schema(&fields, (entry.at, path), problems),
    }
}

/// The `type`; nothing when the word is not known.
fn kind(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Option<Kind> {
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
