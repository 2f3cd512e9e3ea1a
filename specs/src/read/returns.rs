//! `returns`: the fields of a success, or the word `file`.

use super::{Problems, name, schema};
use crate::grammar::FIELD;
use crate::node::{Data, Entry};
use crate::{Field, Mistake, Returns};

pub(super) fn returns(entry: Option<&Entry>, problems: &mut Problems<'_>) -> Returns {
    let Some(entry) = entry else {
        return Returns::Fields(Vec::new());
    };
    const WANTED: &str = "a map of fields or the word `file`";
    match &entry.value.data {
        Data::Map(_) | Data::Null => return Returns::Fields(fields(entry, problems)),
        Data::Text(word) if word == "file" => {}
        Data::Text(word) => {
            let message = format!("`returns` must be {WANTED}, not `{word}`");
            problems.report(Mistake::UnknownWord.at(entry.value.at, message));
        }
        other => {
            problems.wrong_type(&entry.key, WANTED, entry.value.at, other);
            return Returns::Fields(Vec::new());
        }
    }
    Returns::File
}

/// The fields of one line that the server sends.
pub(super) fn fields(entry: &Entry, problems: &mut Problems<'_>) -> Vec<Field> {
    let entries = problems.entries(&entry.key, &entry.value);
    let fields: Vec<Field> = entries
        .into_iter()
        .map(|entry| {
            name::reserved(entry.at, &entry.key, problems);
            schema::field(entry, (&FIELD, &entry.key, true), problems)
        })
        .collect();
    let names: Vec<_> = fields.iter().map(|f| (f.name.as_str(), f.at)).collect();
    name::each(FIELD.what, &names, problems);
    fields
}
