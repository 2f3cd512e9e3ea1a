//! `schemas`, and `$ref` to one of them.

use super::{Fields, Problems, list, name, schema};
use crate::grammar::{REF, SCHEMA};
use crate::node::Entry;
use crate::{Mistake, Reference, Schema, SharedSchema, Span, suggest};
use std::collections::HashMap;
use std::sync::Arc;

/// What a reference begins with.
pub(crate) const HOME: &str = "#/schemas/";
/// How many values a schema may describe once everything it refers to is written out.
const MOST: u64 = 10_000;

/// The shared schemas of a spec while they are read.
#[derive(Default)]
pub(crate) struct Shared {
    entries: HashMap<String, Arc<Entry>>,
    done: HashMap<String, Done>,
    /// The references that are being followed, outermost first.
    way: Vec<(String, Span)>,
}

struct Done {
    schema: Arc<Schema>,
    /// How many values it describes.
    size: u64,
}

/// Reads every entry of `schemas`.
pub(super) fn schemas(entry: &Entry, problems: &mut Problems<'_>) -> Vec<SharedSchema> {
    let entries = problems.entries(&entry.key, &entry.value);
    let names: Vec<_> = entries.iter().map(|e| (e.key.as_str(), e.at)).collect();
    name::each("a schema", &names, problems);
    for entry in &entries {
        let key = entry.key.clone();
        problems
            .shared
            .entries
            .insert(key, Arc::new((*entry).clone()));
    }
    entries
        .iter()
        .filter_map(|entry| {
            Some(SharedSchema {
                name: entry.key.clone(),
                at: entry.at,
                schema: find(&entry.key, entry.at, problems)?,
            })
        })
        .collect()
}

/// The schema that a `$ref` stands for; nothing, which is told, where it stands for none.
pub(super) fn reference(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Option<Schema> {
    let entry = fields.get(REF)?;
    beside(fields, problems);
    let at = entry.value.at;
    let text = problems.text(REF, &entry.value)?;
    let known = problems.shared.entries.keys().map(String::as_str);
    let Some(name) = text.strip_prefix(HOME) else {
        let problem =
            Mistake::BadReference.at(at, format!("`{text}` is no reference to a shared schema"));
        let near = text
            .rsplit('/')
            .next()
            .and_then(|name| suggest::nearest(name, known));
        let name = near.unwrap_or("Name");
        problems.report(problem.help(format!("write `{REF}: \"{HOME}{name}\"`")));
        return None;
    };
    if !problems.shared.entries.contains_key(name) {
        let mut names: Vec<&str> = known.collect();
        names.sort_unstable();
        let help = match suggest::nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{HOME}{near}`?"),
            None if names.is_empty() => "the spec has no `schemas`".to_owned(),
            None => format!("there is {}", list(&names)),
        };
        let problem = Mistake::BadReference.at(at, format!("there is no shared schema `{name}`"));
        problems.report(problem.help(help));
        return None;
    }
    let shared = find(name, at, problems)?;
    let mut schema = Schema::clone(&shared);
    schema.reference = Some(Reference {
        name: name.to_owned(),
        at,
        description: shared.description.clone(),
    });
    let own = problems.optional_text(fields, "description");
    if !own.is_empty() {
        schema.description = own;
    }
    Some(schema)
}

/// A reference says all there is to say of the value.
fn beside(fields: &Fields<'_>, problems: &mut Problems<'_>) {
    for entry in &fields.entries {
        if schema::is_word(&entry.key) && entry.key != REF {
            let message = format!("`{}` does not go with `{REF}`", entry.key);
            let problem = Mistake::BadReference.at(entry.at, message);
            problems.report(
                problem.help("put it into the shared schema, or write the schema out here"),
            );
        }
    }
}

/// A shared schema by its name, read when it is first asked for.
fn find(name: &str, at: Span, problems: &mut Problems<'_>) -> Option<Arc<Schema>> {
    if let Some(done) = problems.shared.done.get(name) {
        return Some(done.schema.clone());
    }
    let shared = &problems.shared;
    if let Some(start) = shared.way.iter().position(|(other, _)| other == name) {
        let problem = Mistake::BadReference.at(at, format!("the schema `{name}` holds itself"));
        let way = shared.way[start..].iter().skip(1);
        let problem = way.fold(problem, |problem, (other, at)| {
            problem.note(*at, format!("through `{other}`, which is referred to here"))
        });
        problems.report(problem.help("a value has an end: leave out one of the references"));
        return None;
    }
    let entry = shared.entries.get(name)?.clone();
    problems.shared.way.push((name.to_owned(), at));
    let fields = problems.fields((entry.at, &entry.key), &entry.value, &SCHEMA);
    let schema = Arc::new(schema::schema(&fields, (entry.at, name), problems));
    problems.shared.way.pop();
    let size = size(&schema, &problems.shared);
    if size > MOST {
        let message = format!("the schema `{name}` describes more than {MOST} values");
        let problem = Mistake::BadReference.at(entry.at, message);
        problems.report(problem.help("refer to fewer schemas that refer to others"));
    }
    let done = Done {
        schema: schema.clone(),
        size,
    };
    problems.shared.done.insert(name.to_owned(), done);
    Some(schema)
}

fn size(schema: &Schema, shared: &Shared) -> u64 {
    let known = schema
        .reference
        .as_ref()
        .and_then(|at| shared.done.get(&at.name));
    if let Some(done) = known {
        return done.size;
    }
    let items = schema.items.as_deref().map(|items| size(items, shared));
    let members = schema
        .properties()
        .iter()
        .map(|member| size(&member.schema, shared));
    items
        .into_iter()
        .chain(members)
        .fold(1, u64::saturating_add)
}
