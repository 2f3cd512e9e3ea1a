//! Whether a value is what a schema says: the one implementation, for params in any form, defaults, examples and replies.

use crate::number::{integer, number};
use crate::param_fault::{REQUIRED, UNKNOWN};
use crate::value::{Walk, walk};
use crate::{
    Field, Key, Kind, ParamCode, ParamFault, Raw, Schema, Slot, excerpt, items, limits, scan,
    suggest,
};
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// What is wrong with a value, or with one within it.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    /// The way to it from the judged value, outermost first.
    pub(crate) path: Vec<Step>,
    pub(crate) code: ParamCode,
    /// What an error says after the name: `must be at least 1`.
    pub(crate) what: Cow<'static, str>,
    /// The name that was probably meant.
    pub(crate) near: Option<String>,
}

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Item(usize),
    Member(String),
}

impl Finding {
    /// The path as errors show it: `items[2].price`, from the name of the judged value on.
    pub(crate) fn place(&self, name: &str) -> String {
        let mut place = name.to_owned();
        for step in &self.path {
            match step {
                Step::Item(index) => place.push_str(&format!("[{index}]")),
                Step::Member(name) => place.push_str(&format!(".{name}")),
            }
        }
        place
    }

    /// The fault that a request is refused with.
    pub(crate) fn fault(&self, name: &str, saved: bool) -> ParamFault {
        let mut fault = ParamFault::new(&self.place(name), self.code, &self.what, saved);
        fault.suggest(self.near.as_deref());
        fault
    }
}

/// Everything that is wrong with one value.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) list: Vec<Finding>,
    /// Names that the client made up are not repeated.
    pub(crate) secret: bool,
}

/// A reply has room for so many faults within one value: a client cannot make it much longer than its request.
const WITHIN: usize = 16;

impl Findings {
    fn add(&mut self, at: Path<'_>, code: ParamCode, what: impl Into<Cow<'static, str>>) {
        self.note(at, code, what.into(), None);
    }

    fn note(&mut self, at: Path<'_>, code: ParamCode, what: Cow<'static, str>, near: Option<&str>) {
        if at.is_some() && self.list.len() >= WITHIN {
            return;
        }
        let mut path = Vec::new();
        let mut rest = at;
        while let Some(link) = rest {
            path.push(match link.step {
                Way::Item(index) => Step::Item(index),
                Way::Member(name) => Step::Member(name.to_owned()),
            });
            rest = link.above;
        }
        path.reverse();
        let near = near.map(str::to_owned);
        self.list.push(Finding {
            path,
            code,
            what,
            near,
        });
    }
}

/// The way down to a value, kept on the stack: nothing is allocated for a value that is right.
type Path<'p> = Option<&'p Link<'p>>;

#[derive(Clone, Copy)]
struct Link<'p> {
    above: Path<'p>,
    step: Way<'p>,
}

#[derive(Clone, Copy)]
enum Way<'p> {
    Item(usize),
    Member(&'p str),
}

/// What is known of a value's JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// Nothing.
    Nothing,
    /// `scan` has found it plain: valid JSON without a backslash.
    Plain,
    /// It is valid, and its depth, numbers and keys were checked, as part of another one.
    Walked,
}

/// Judges one value. What is wrong is added to `found`; the slot is then [`Slot::Absent`].
pub(crate) fn judge<'a>(schema: &Schema, raw: Raw<'a>, found: &mut Findings) -> Slot<'a> {
    hold(schema, read(schema.kind, raw, Known::Nothing), found)
}

/// [`judge`] for a value that was read.
pub(crate) fn hold<'a>(
    schema: &Schema,
    slot: Result<Slot<'a>, Cow<'static, str>>,
    found: &mut Findings,
) -> Slot<'a> {
    let before = found.list.len();
    let slot = keep(schema, slot, None, found);
    match found.list.len() == before {
        true => slot,
        false => Slot::Absent,
    }
}

/// Holds a value that was read against the rules and looks into it.
fn keep<'a>(
    schema: &Schema,
    slot: Result<Slot<'a>, Cow<'static, str>>,
    at: Path<'_>,
    found: &mut Findings,
) -> Slot<'a> {
    let slot = match slot {
        Ok(slot) => slot,
        Err(what) => {
            found.add(at, ParamCode::Type, what);
            return Slot::Absent;
        }
    };
    for rule in schema.rules() {
        if !rule.accepts(&slot) {
            found.add(at, rule.code(), rule.phrase());
        }
    }
    if let Slot::Json(text) = &slot {
        if let (Kind::Array, Some(items)) = (schema.kind, &schema.items) {
            items::each(text, |index, item| {
                let step = Way::Item(index);
                within(items, item, Some(&Link { above: at, step }), found);
            });
        }
        if let (Kind::Object, Some(members)) = (schema.kind, &schema.properties) {
            object(members, text, at, found);
        }
    }
    slot
}

/// A value inside another, whose text has been walked as a whole.
fn within(schema: &Schema, text: &str, at: Path<'_>, found: &mut Findings) {
    keep(
        schema,
        read(schema.kind, Raw::Json(text), Known::Walked),
        at,
        found,
    );
}

/// Reads a value as a kind; the error is what the reply says after the param's name.
pub(crate) fn read(kind: Kind, raw: Raw<'_>, known: Known) -> Result<Slot<'_>, Cow<'static, str>> {
    let slot = match (kind, raw) {
        (Kind::Any | Kind::Array | Kind::Object, Raw::Json(text)) => {
            return json(kind, text, known);
        }
        (Kind::Array | Kind::Object, Raw::Text(text)) => return json(kind, text.trim(), known),
        (Kind::Any, Raw::Text(text)) => Some(Slot::Json(Cow::Owned(quoted(text)))),
        (Kind::String, Raw::Text(text)) => Some(Slot::Text(Cow::Borrowed(text))),
        (Kind::String, Raw::Json(text)) => string(text, known).map(Slot::Text),
        (Kind::Integer, Raw::Text(text)) => integer(text, false).map(Slot::Integer),
        (Kind::Integer, Raw::Json(text)) => integer(text, true).map(Slot::Integer),
        (Kind::Number, Raw::Text(text) | Raw::Json(text)) => number(text).map(Slot::Number),
        (Kind::Boolean, Raw::Text(text) | Raw::Json(text)) => match text {
            "true" => Some(Slot::Boolean(true)),
            "false" => Some(Slot::Boolean(false)),
            _ => None,
        },
    };
    slot.ok_or_else(|| Cow::Owned(format!("must be {}", kind.phrase())))
}

/// A text as a JSON string.
fn quoted(text: &str) -> String {
    if !scan::is_plain(text) {
        return Value::String(text.to_owned()).to_string();
    }
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    json.push_str(text);
    json.push('"');
    json
}

/// A JSON string's text; borrowed when it has no escapes.
fn string(json: &str, known: Known) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    if known != Known::Plain && inner.as_bytes().contains(&b'\\') {
        return serde_json::from_str(json).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(inner))
}

/// Checks an array, an object or any value, and keeps its text.
fn json(kind: Kind, text: &str, known: Known) -> Result<Slot<'_>, Cow<'static, str>> {
    let first = text.as_bytes().first();
    let fits = match kind {
        Kind::Array => first == Some(&b'['),
        Kind::Object => first == Some(&b'{'),
        _ => true,
    };
    if !fits {
        return Err(Cow::Owned(format!("must be {}", kind.phrase())));
    }
    let fine = match known {
        Known::Nothing => scan::is_string(text),
        Known::Plain => first == Some(&b'"'),
        Known::Walked => true,
    };
    if fine {
        return Ok(Slot::Json(Cow::Borrowed(text)));
    }
    // Two levels are taken: the request's own braces and those of its params.
    match walk(text, limits::DEPTH.default as usize - 2) {
        Walk::Fine => Ok(Slot::Json(Cow::Borrowed(text))),
        Walk::Bad(what) => Err(what),
    }
}

/// Judges the members of an object: each by its schema, and none that has no schema.
fn object(members: &[Field], text: &str, at: Path<'_>, found: &mut Findings) {
    let object = Members {
        members,
        at,
        seen: vec![false; members.len()],
        found,
    };
    // The text has been walked: it is an object.
    let _ = serde_json::Deserializer::from_str(text).deserialize_map(object);
}

struct Members<'p, 'f> {
    members: &'p [Field],
    at: Path<'p>,
    seen: Vec<bool>,
    found: &'f mut Findings,
}

impl<'a> Visitor<'a> for Members<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(mut self, mut map: A) -> Result<(), A::Error> {
        let above = self.at;
        while let Some(Key(key)) = map.next_key()? {
            let value: &'a RawValue = map.next_value()?;
            let Some(index) = self.members.iter().position(|member| member.name == key) else {
                self.stranger(&key);
                continue;
            };
            self.seen[index] = true;
            let member = &self.members[index];
            let step = Way::Member(&member.name);
            within(
                &member.schema,
                value.get(),
                Some(&Link { above, step }),
                self.found,
            );
        }
        for (member, seen) in self.members.iter().zip(&self.seen) {
            if member.required && !seen {
                let step = Way::Member(&member.name);
                let at = Link { above, step };
                self.found.add(Some(&at), ParamCode::Required, REQUIRED);
            }
        }
        Ok(())
    }
}

impl Members<'_, '_> {
    #[cold]
    fn stranger(&mut self, key: &str) {
        let names = self.members.iter().map(|member| member.name.as_str());
        let near = suggest::nearest(key, names);
        let step = Way::Member(match self.found.secret {
            true => crate::wire::MASKED,
            false => excerpt(key),
        });
        let at = Link {
            above: self.at,
            step,
        };
        self.found
            .note(Some(&at), ParamCode::Unknown, Cow::Borrowed(UNKNOWN), near);
    }
}
