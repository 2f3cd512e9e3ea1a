//! YAML text → a tree that knows the place of every key and value.

use crate::span::Places;
use crate::{Diagnostic, Mistake, Span};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::options::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy};
use serde_yaml::{Error, Location, Options, Spanned};
use std::fmt;

/// One value of the file.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) at: Span,
    pub(crate) data: Data,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub(crate) enum Data {
    Null,
    Boolean(bool),
    /// A whole number, however large.
    Integer(i128),
    /// Any other number; infinite when it is beyond a double.
    Float(f64),
    Text(String),
    List(Vec<Node>),
    /// Every entry of the file, doubled ones included.
    Map(Vec<Entry>),
}

/// One `key: value`.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) at: Span,
    pub(crate) value: Node,
}

impl Node {
    /// The value of a key, if this is a map that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        match &self.data {
            Data::Map(entries) => {
                let entry = entries.iter().find(|entry| entry.key == key);
                entry.map(|entry| &entry.value)
            }
            _ => None,
        }
    }
}

impl Data {
    /// What the author sees there.
    pub(crate) fn phrase(&self) -> &'static str {
        match self {
            Data::Null => "nothing",
            Data::Boolean(_) => "true or false",
            Data::Integer(_) | Data::Float(_) => "a number",
            Data::Text(_) => "a string",
            Data::List(_) => "a list",
            Data::Map(_) => "a map",
        }
    }
}

/// Reads one YAML document.
pub(crate) fn parse(places: &Places, problems: &mut Vec<Diagnostic>) -> Option<Node> {
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(&places.text, options()) {
        Ok(raw) => Some(node(raw, places, problems)),
        Err(error) => {
            problems.push(refusal(&error, places));
            None
        }
    }
}

/// Levels of nesting: far more than a spec has use for, and few enough for a thread with a small stack.
const DEPTH: usize = 24;
/// Parts of the file that stand there for an alias.
const REPEATED: usize = 20_000;

fn options() -> Options {
    let mut options = Options::default();
    // Both entries come to us, so that a doubled key is told with both its places.
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.merge_keys = MergeKeyPolicy::Error;
    // Each of these would otherwise abort the file or quietly change what the author wrote.
    options.non_finite_float_policy = NonFiniteFloatPolicy::PassThrough;
    options.leading_zero_numbers_as_strings = true;
    options.underscored_numbers_as_strings = true;
    options.strict_booleans = true;
    options.with_snippet = false;
    options.alias_limits.max_total_replayed_events = REPEATED;
    if let Some(budget) = &mut options.budget {
        budget.max_depth = DEPTH;
    }
    options
}

/// What to do about the commonest slips, by how the YAML library begins to tell them.
const HINTS: [(&str, &str); 3] = [
    (
        "mapping values are not allowed",
        "put a text that holds `: ` in quotes",
    ),
    ("tabs disallowed", "indent with spaces"),
    (
        "while parsing a flow mapping",
        "close it with `}`, and put a text in it that holds `: ` or `,` in quotes",
    ),
];

fn refusal(error: &Error, places: &Places) -> Diagnostic {
    let at = match error.location() {
        Some(location) => place(&location, places),
        None => places.span(0, 0),
    };
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    match error {
        Error::MultipleDocuments { .. } => Mistake::InvalidYaml
            .at(at, "the file holds more than one YAML document")
            .help("remove the line `---` and what belongs to another file"),
        Error::MergeKeyNotAllowed { .. } => Mistake::InvalidYaml
            .at(at, "a spec has no merge keys (`<<`)")
            .help("write the entries out, or put params that all actions share under `common`"),
        _ if ["budget breached", "limit exceeded"]
            .iter()
            .any(|sign| text.contains(sign)) =>
        {
            Mistake::InvalidYaml.at(at, "the file is too large or nests too deep")
        }
        _ => {
            let problem = Mistake::InvalidYaml.at(at, format!("not valid YAML: {text}"));
            let hint = HINTS.iter().find(|(start, _)| text.starts_with(start));
            match hint {
                Some((_, help)) => problem.help(*help),
                None => problem,
            }
        }
    }
}

/// Gives every part its span and sees to it that keys are strings.
fn node(raw: Spanned<Raw>, places: &Places, problems: &mut Vec<Diagnostic>) -> Node {
    let at = place(&raw.referenced, places);
    let data = match raw.value {
        Raw::Plain(data) => data,
        Raw::List(items) => Data::List(
            items
                .into_iter()
                .map(|item| node(item, places, problems))
                .collect(),
        ),
        Raw::Map(entries) => Data::Map(
            entries
                .into_iter()
                .filter_map(|(key, value)| entry(key, value, places, problems))
                .collect(),
        ),
    };
    Node { at, data }
}

fn entry(
    key: Spanned<Raw>,
    value: Spanned<Raw>,
    places: &Places,
    problems: &mut Vec<Diagnostic>,
) -> Option<Entry> {
    let at = place(&key.referenced, places);
    let value = node(value, places, problems);
    let found = match key.value {
        Raw::Plain(Data::Text(key)) => return Some(Entry { key, at, value }),
        Raw::Plain(other) => other.phrase(),
        Raw::List(_) => "a list",
        Raw::Map(_) => "a map",
    };
    let problem = Mistake::WrongType.at(at, format!("a key must be a string, not {found}"));
    problems.push(problem.help("put the key in quotes"));
    None
}

fn place(location: &Location, places: &Places) -> Span {
    let span = location.span();
    match (span.byte_offset(), span.byte_len()) {
        (Some(start), Some(len)) => places.span(start as usize, len as usize),
        _ => places.point(location.line() as usize, location.column() as usize),
    }
}

/// A value as the YAML library hands it over.
enum Raw {
    Plain(Data),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Plain(Data::Null))
    }
    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Plain(Data::Null))
    }
    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Plain(Data::Boolean(value)))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Plain(Data::Integer(value.into())))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Plain(Data::Integer(value.into())))
    }
    fn visit_i128<E>(self, value: i128) -> Result<Raw, E> {
        Ok(Raw::Plain(Data::Integer(value)))
    }
    fn visit_u128<E>(self, value: u128) -> Result<Raw, E> {
        Ok(Raw::Plain(match i128::try_from(value) {
            Ok(value) => Data::Integer(value),
            Err(_) => Data::Float(value as f64),
        }))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Plain(Data::Float(value)))
    }
    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Plain(Data::Text(value.to_owned())))
    }
    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Plain(Data::Text(value)))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            list.push(entry);
        }
        Ok(Raw::Map(list))
    }
}
