//! `returns`: the fields of a success, or the word `file`.

use super::{Problems, name, param};
use crate::node::{Data, Entry};
use crate::{Field, Kind, Mistake, Returns, Schema};

const KEYS: [&str; 3] = ["type", "required", "description"];

pub(super) fn returns(entry: Option<&Entry>, problems: &mut Problems<'_>) -> Returns {
    let Some(entry) = entry else {
        return Returns::Fields(Vec::new());
    };
    if let Data::Text(word) = &entry.value.data {
        if word != "file" {
            let message =
                format!("`returns` must be a map of fields or the word `file`, not `{word}`");
            problems.report(Mistake::UnknownWord.at(entry.value.at, message));
        }
        return Returns::File;
    }
    let entries = problems.entries(&entry.key, &entry.value);
    let fields: Vec<Field> = entries
        .into_iter()
        .map(|entry| field(entry, problems))
        .collect();
    let names: Vec<_> = fields.iter().map(|f| (f.name.as_str(), f.at)).collect();
    name::each("a field", &names, problems);
    Returns::Fields(fields)
}

fn field(entry: &Entry, problems: &mut Problems<'_>) -> Field {
    let fields = problems.fields((entry.at, &entry.key, "a field"), &entry.value, &KEYS);
    name::reserved(entry.at, &entry.key, problems);
    let kind = param::kind(&fields, problems).unwrap_or(Kind::Any);
    let mut schema = Schema::new(kind, param::kind_at(&fields, entry.at));
    schema.description = problems.optional_text(&fields, "description");
    Field {
        name: entry.key.clone(),
        at: entry.at,
        schema,
        required: problems.boolean(&fields, "required", true),
    }
}
