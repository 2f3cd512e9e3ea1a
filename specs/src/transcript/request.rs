//! An example's request, read so that it can be shown in either form.

use super::{Book, line, words};
use crate::request::{self as wire, pairs};
use crate::{Action, Fault, Given, Kind, Param, Raw, Schema, Slot, bind_object};
use serde_json::{Map, Value, json};

/// One request of an example.
#[derive(Debug)]
pub struct Request<'s> {
    /// What it calls.
    pub target: &'s Action,
    /// The name it calls it by.
    pub name: String,
    /// Its params, typed as the JSON form sends them.
    pub params: Map<String, Value>,
    /// Its `messageId`, if it was written in JSON form with one.
    pub label: Option<Value>,
}

/// Params saved on the connection, in the order in which they were first saved.
pub type Saved = Map<String, Value>;

impl<'s> Request<'s> {
    /// Reads a line. An action in word form gets what is saved, where it has such a param. Nothing when the line calls
    /// nothing known, or is no request.
    pub fn read(book: &Book<'s>, text: &str, saved: &Saved) -> Option<Self> {
        match wire::parse(text).ok()?? {
            wire::Request::Json {
                name,
                params,
                label,
            } => Some(Self {
                target: book.find(&name)?,
                name: name.into_owned(),
                params: serde_json::from_str(params.text).ok()?,
                label: label.and_then(|label| serde_json::from_str(label).ok()),
            }),
            wire::Request::Words { name, rest } => Self::read_words(book, name, rest, saved),
        }
    }

    fn read_words(book: &Book<'s>, name: &str, rest: &str, saved: &Saved) -> Option<Self> {
        let target = book.find(name)?;
        let mut params = Map::new();
        let pairs = if book.is_verb(target) {
            words::arguments(target, rest)
        } else {
            for (key, value) in saved {
                if let Some(param) = target.params.iter().find(|param| param.name == *key) {
                    params.insert(key.clone(), typed(Some(param), value.as_str()?));
                }
            }
            pairs(target, rest).ok()?
        };
        for (key, value) in pairs {
            let param = target.params.iter().find(|param| param.name == key);
            params.insert(key.to_owned(), typed(param, &value));
        }
        Some(Self {
            target,
            name: name.to_owned(),
            params,
            label: None,
        })
    }

    /// The request in JSON form.
    pub fn json(&self, label: &Value) -> String {
        line::request(&self.name, &self.params, Some(label)).to_string()
    }

    /// What binding its params finds wrong, in JSON form.
    pub fn fault(&self) -> Option<Fault> {
        let object = json!(self.params).to_string();
        bind_object(&self.target.params, &object).err()
    }
}

/// Does to the saved params what a line sent before an example does; false when the line does something else too.
pub(super) fn save(book: &Book<'_>, text: &str, saved: &mut Saved) -> bool {
    let Ok(Some(wire::Request::Words { name, rest })) = wire::parse(text) else {
        return false;
    };
    match (
        book.verb(name).map(|verb| verb.name.as_str()),
        rest.split_once('='),
    ) {
        (Some("paramAdd"), Some((key, value))) => {
            saved.insert(key.to_owned(), json!(value));
        }
        (Some("paramDelete"), None) => {
            saved.shift_remove(rest);
        }
        (Some("paramsDelete"), None) => saved.clear(),
        _ => return false,
    }
    true
}

/// Text as the JSON value that means the same to this param. What its kind does not take stays text: it is as wrong
/// in JSON form.
fn typed(param: Option<&Param>, text: &str) -> Value {
    let Some(param) = param else {
        return json!(text);
    };
    let kind_only = Param {
        schema: Schema::new(param.kind(), param.schema.kind_at),
        required: false,
        default: None,
        ..param.clone()
    };
    let given = Given {
        raw: Raw::Text(text),
        saved: false,
    };
    match kind_only.bind(Some(given), &mut Vec::new()) {
        Slot::Integer(_) | Slot::Number(_) | Slot::Boolean(_) | Slot::Json(_) => {}
        Slot::Absent | Slot::Text(_) => return json!(text),
    }
    match param.kind() {
        Kind::Any => json!(text),
        _ => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
    }
}
