//! The tree → the model: one file a section. Every reader goes on after a fault, so that one run tells them all.

mod accepted;
mod action;
mod error;
mod example;
mod lints;
mod name;
mod notes;
mod others;
mod param;
mod pattern;
mod push;
mod reply;
mod returns;
mod rules;
mod schema;
mod shared;
mod spec;
mod verdict;

pub(crate) use name::taken;
pub(crate) use notes::seconds;
pub(crate) use shared::HOME;
pub(crate) use spec::{Dialect, VERSION, spec};

use crate::grammar::{MAP, Shape};
use crate::node::{Data, Entry, Node};
use crate::span::Places;
use crate::{Diagnostic, Mistake, Span, suggest};
use serde_json::{Map, Number, Value};
use shared::Shared;
use std::collections::HashMap;

/// Collects what is wrong while files are read.
pub(crate) struct Problems<'t> {
    pub(crate) list: Vec<Diagnostic>,
    /// One for each file.
    places: &'t [Places],
    shared: Shared,
}

/// A map whose keys are fixed.
struct Fields<'n> {
    /// The place of the map's own key.
    at: Span,
    shape: &'static Shape,
    entries: Vec<&'n Entry>,
}

impl<'n> Fields<'n> {
    fn get(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().copied().find(|entry| entry.key == key)
    }
}

impl<'t> Problems<'t> {
    /// Goes on from what is wrong already.
    pub(crate) fn new(places: &'t [Places], list: Vec<Diagnostic>) -> Self {
        Self {
            list,
            places,
            shared: Shared::default(),
        }
    }
}

impl Problems<'_> {
    /// The file that a place lies in.
    fn places(&self, at: Span) -> &Places {
        &self.places[at.file as usize]
    }

    fn report(&mut self, problem: Diagnostic) {
        self.list.push(problem);
    }

    /// What the author wrote there.
    fn quote(&self, at: Span) -> &str {
        &self.places(at).text[at.range()]
    }

    /// The entries of a map with free keys; nothing there means no entries. Of a doubled key the first one counts.
    fn entries<'n>(&mut self, name: &str, node: &'n Node) -> Vec<&'n Entry> {
        let entries = match &node.data {
            Data::Map(entries) => entries,
            Data::Null => return Vec::new(),
            other => {
                self.wrong_type(name, MAP, node.at, other);
                return Vec::new();
            }
        };
        let mut unique = Vec::with_capacity(entries.len());
        let mut seen: HashMap<&str, Span> = HashMap::with_capacity(entries.len());
        for entry in entries {
            if let Some(first) = seen.get(entry.key.as_str()) {
                let message = format!("the key `{}` is given twice", entry.key);
                let problem = Mistake::DuplicateKey.at(entry.at, message);
                self.report(problem.note(*first, "the first one is here"));
                continue;
            }
            seen.insert(&entry.key, entry.at);
            unique.push(entry);
        }
        unique
    }

    /// A map with fixed keys. `at` is where missing ones are told.
    fn fields<'n>(
        &mut self,
        (at, name): (Span, &str),
        node: &'n Node,
        shape: &'static Shape,
    ) -> Fields<'n> {
        let mut entries = self.entries(name, node);
        entries.retain(|entry| {
            let fits = shape.word(&entry.key).is_some();
            if !fits {
                self.unknown_key(entry, shape);
            }
            fits
        });
        let fields = Fields { at, shape, entries };
        if matches!(node.data, Data::Map(_) | Data::Null) {
            for word in shape.words().filter(|word| word.required) {
                self.needed(&fields, word.word);
            }
        }
        fields
    }

    fn unknown_key(&mut self, entry: &Entry, shape: &Shape) {
        let message = format!("{} has no key `{}`", shape.what, entry.key);
        let problem = Mistake::UnknownKey.at(entry.at, message);
        let known: Vec<&str> = shape.words().map(|word| word.word).collect();
        let help = match suggest::nearest(&entry.key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it can have {}", list(&known)),
        };
        self.report(problem.help(help));
    }

    /// Tells that a key is missing, if it is.
    fn needed(&mut self, fields: &Fields<'_>, key: &str) {
        if fields.get(key).is_none() {
            let message = format!("{} needs the key `{key}`", fields.shape.what);
            self.report(Mistake::MissingKey.at(fields.at, message));
        }
    }

    /// A text that may not be empty.
    fn filled_text(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        let entry = fields.get(key)?;
        self.filled(&entry.key, &entry.value)
    }

    /// The text of an optional key; empty when it is not there.
    fn optional_text(&mut self, fields: &Fields<'_>, key: &str) -> String {
        let entry = fields.get(key);
        entry
            .and_then(|entry| self.text(&entry.key, &entry.value))
            .unwrap_or_default()
            .to_owned()
    }

    fn filled(&mut self, name: &str, node: &Node) -> Option<String> {
        let text = self.text(name, node)?;
        if text.trim().is_empty() {
            self.report(Mistake::WrongType.at(node.at, format!("`{name}` must not be empty")));
            return None;
        }
        Some(text.to_owned())
    }

    fn text<'n>(&mut self, name: &str, node: &'n Node) -> Option<&'n str> {
        match &node.data {
            Data::Text(text) => Some(text),
            other => {
                self.wrong_type(name, "a string", node.at, other);
                None
            }
        }
    }

    fn boolean(&mut self, fields: &Fields<'_>, key: &str, default: bool) -> bool {
        let Some(entry) = fields.get(key) else {
            return default;
        };
        match entry.value.data {
            Data::Boolean(value) => value,
            ref other => {
                self.wrong_type(key, "true or false", entry.value.at, other);
                let help = match other {
                    Data::List(_) => Some("write `required: true` at each of the properties"),
                    Data::Text(_) => Some("write `true` or `false` as they are, without quotes"),
                    _ => None,
                };
                if let Some(problem) = self.list.last_mut() {
                    problem.help = help.map(str::to_owned);
                }
                default
            }
        }
    }

    /// The items of a list; none when it is no list.
    fn items<'n>(&mut self, entry: &'n Entry) -> &'n [Node] {
        match &entry.value.data {
            Data::List(items) => items,
            other => {
                self.wrong_type(&entry.key, "a list", entry.value.at, other);
                &[]
            }
        }
    }

    fn wrong_type(&mut self, name: &str, wanted: &str, at: Span, found: &Data) {
        let message = match found {
            Data::Null => format!("`{name}` must be {wanted}, but nothing is there"),
            other => format!("`{name}` must be {wanted}, not {}", other.phrase()),
        };
        let mut problem = Mistake::WrongType.at(at, message);
        if wanted == "a string"
            && matches!(found, Data::Integer(_) | Data::Float(_) | Data::Boolean(_))
        {
            problem = problem.help(format!("put it in quotes: \"{}\"", self.quote(at)));
        }
        self.report(problem);
    }

    /// A value of the file as JSON. Nothing when a part of it has no JSON form, which is then told.
    fn value(&mut self, node: &Node) -> Option<Value> {
        Some(match &node.data {
            Data::Null => Value::Null,
            Data::Boolean(value) => Value::Bool(*value),
            Data::Text(text) => Value::String(text.clone()),
            Data::Integer(_) | Data::Float(_) => Value::Number(self.number(node)?),
            Data::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.value(item)).collect();
                Value::Array(items.into_iter().collect::<Option<_>>()?)
            }
            Data::Map(_) => {
                let entries = self.entries("this", node);
                let pairs: Vec<_> = entries
                    .into_iter()
                    .map(|entry| Some((entry.key.clone(), self.value(&entry.value)?)))
                    .collect();
                Value::Object(pairs.into_iter().collect::<Option<Map<_, _>>>()?)
            }
        })
    }

    /// A number of the file as JSON holds it.
    fn number(&mut self, node: &Node) -> Option<Number> {
        let number = match node.data {
            Data::Integer(value) => match (i64::try_from(value), u64::try_from(value)) {
                (Ok(value), _) => Some(value.into()),
                (_, Ok(value)) => Some(value.into()),
                _ => Number::from_f64(value as f64),
            },
            Data::Float(value) => Number::from_f64(value),
            _ => None,
        };
        if number.is_none() {
            let message = "a number must be finite and fit 64-bit floating point";
            self.report(Mistake::WrongType.at(node.at, message));
        }
        number
    }
}

/// `a`, `b` or `c`.
fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "no keys".to_owned(),
    }
}
