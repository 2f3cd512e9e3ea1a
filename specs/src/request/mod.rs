//! One line into a request (protocol §4): the word form or the JSON form. The server, the docs and the loader read lines
//! here.

mod words;

pub use words::{Pair, Pairs, pairs};

use crate::{Code, Fault, Key, limits, scan};
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// A request, still untyped.
#[derive(Debug, PartialEq, Eq)]
pub enum Request<'a> {
    /// `name rest…`
    Words {
        /// The verb or action.
        name: &'a str,
        /// What follows the one space after the name.
        rest: &'a str,
    },
    /// `{"action":…}`
    Json {
        /// The verb or action.
        name: Cow<'a, str>,
        /// What it is called with.
        params: Params<'a>,
        /// `messageId`, as JSON text.
        label: Option<&'a str>,
    },
}

/// The params of a JSON request.
#[derive(Debug, PartialEq, Eq)]
pub struct Params<'a> {
    /// The JSON text of an object.
    pub text: &'a str,
    /// The line that it is part of.
    line: &'a str,
    members: Members,
}

/// The members of a plain object, found on the way through the line.
#[derive(Debug, Default, PartialEq, Eq)]
struct Members {
    /// As many as most requests have.
    list: [Member; 8],
    /// More than there is room for: nothing is known.
    count: usize,
}

/// Where a key and the JSON text of its value stand in the line, each from and to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Member {
    key: (u16, u16),
    value: (u16, u16),
}

impl Members {
    const UNKNOWN: Self = Self {
        list: [Member {
            key: (0, 0),
            value: (0, 0),
        }; 8],
        count: usize::MAX,
    };

    fn note(&mut self, key: Range<usize>, value: Range<usize>) {
        // `envelope` has seen to it that they fit.
        let narrow = |range: Range<usize>| (range.start as u16, range.end as u16);
        if let Some(free) = self.list.get_mut(self.count) {
            *free = Member {
                key: narrow(key),
                value: narrow(value),
            };
        }
        self.count = self.count.saturating_add(1);
    }
}

impl<'a> Params<'a> {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members.count == 0 || self.text == NO_PARAMS
    }

    /// How many members there are, plain as `scan` has it; nothing where the line is not plain or they are many.
    pub(crate) fn plain(&self) -> Option<usize> {
        let count = self.members.count;
        (count <= self.members.list.len()).then_some(count)
    }

    /// The JSON text of the first plain member with this name.
    pub(crate) fn find(&self, name: &str) -> Option<&'a str> {
        let members = self.members.list.get(..self.members.count)?;
        let cut = |(from, end): (u16, u16)| from as usize..end as usize;
        let bytes = self.line.as_bytes();
        let member = members.iter().find(|Member { key, .. }| {
            // Most names differ in length already.
            (key.1 - key.0) as usize == name.len() && bytes.get(cut(*key)) == Some(name.as_bytes())
        })?;
        self.line.get(cut(member.value))
    }
}

/// The params of a JSON request that has none.
const NO_PARAMS: &str = "{}";

/// How an answer is written: it follows the request's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form<'a> {
    /// The request was JSON: errors carry `code`.
    pub json: bool,
    /// Its `messageId`, as JSON text.
    pub label: Option<&'a str>,
}

impl Form<'_> {
    /// The word form.
    pub const WORDS: Form<'static> = Form {
        json: false,
        label: None,
    };
}

impl<'a> Request<'a> {
    /// What Ctrl-D stands for.
    pub const QUIT: Request<'static> = Request::Words {
        name: "quit",
        rest: "",
    };

    /// The verb or action it names.
    pub fn name(&self) -> &str {
        match self {
            Request::Words { name, .. } => name,
            Request::Json { name, .. } => name,
        }
    }

    /// A line that reads as this request.
    pub fn line(&self) -> Cow<'a, str> {
        match self {
            Request::Words { name, rest } => format!("{name} {rest}").into(),
            Request::Json { params, .. } => params.line.into(),
        }
    }

    /// How to answer it.
    pub fn form(&self) -> Form<'a> {
        match self {
            Request::Words { .. } => Form::WORDS,
            Request::Json { label, .. } => Form {
                json: true,
                label: *label,
            },
        }
    }
}

/// A line that is no request.
#[derive(Debug)]
pub struct Refused<'a> {
    /// Why.
    pub fault: Box<Fault>,
    /// How to say so.
    pub form: Form<'a>,
}

/// Reads a line, without its end; nothing for an empty one.
///
/// # Errors
/// The line is not the JSON of a request.
///
/// ```
/// use actionline_specs::request::{Request, parse};
///
/// let line = parse("cacheTest key=a").unwrap().unwrap();
/// assert_eq!(line, Request::Words { name: "cacheTest", rest: "key=a" });
/// ```
pub fn parse(line: &str) -> Result<Option<Request<'_>>, Refused<'_>> {
    let blank = |byte: u8| byte == b' ' || byte == b'\t';
    let mut first = 0;
    while line.as_bytes().get(first).is_some_and(|byte| blank(*byte)) {
        first += 1;
    }
    let text = &line[first..];
    if text.is_empty() {
        return Ok(None);
    }
    if is_json(text.as_bytes()) {
        return envelope(text);
    }
    let (name, rest) = match text.bytes().position(blank) {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (text, ""),
    };
    Ok(Some(Request::Words { name, rest }))
}

/// Whether a line starts like a request in JSON form.
pub fn is_json(line: &[u8]) -> bool {
    line.trim_ascii_start().first() == Some(&b'{')
}

fn envelope(text: &str) -> Result<Option<Request<'_>>, Refused<'_>> {
    let mut envelope = Envelope::default();
    let mut read = Ok(());
    let mut members = match u16::try_from(text.len()) {
        Ok(_) => Members::default(),
        Err(_) => Members::UNKNOWN,
    };
    let plain = scan::object_within(
        text,
        |key, value| envelope.take(key, value, true),
        b"params",
        |key, value| members.note(key, value),
    );
    if !plain {
        envelope = Envelope::default();
        members = Members::UNKNOWN;
        let mut json = serde_json::Deserializer::from_str(text);
        read = json
            .deserialize_map(&mut envelope)
            .and_then(|()| json.end());
    }
    let form = Form {
        json: true,
        label: envelope.label,
    };
    let refuse = |code: Code, what: &str| Refused {
        fault: Box::new(Fault::new(code, &[("what", what)])),
        form,
    };
    if let Err(error) = read {
        let what = error.to_string().replace(" at line 1 column", " at column");
        return Err(refuse(Code::InvalidJson, &what));
    }
    if let Some(what) = envelope.wrong {
        return Err(refuse(Code::InvalidRequest, &what));
    }
    let Some(name) = envelope.action else {
        return Err(refuse(Code::InvalidRequest, "action is missing"));
    };
    Ok(Some(Request::Json {
        name,
        params: Params {
            text: envelope.params.unwrap_or(NO_PARAMS),
            line: text,
            members,
        },
        label: form.label,
    }))
}

/// The keys of a JSON request as they come; the first thing wrong is kept, reading goes on to find the `messageId`.
#[derive(Default)]
struct Envelope<'a> {
    action: Option<Cow<'a, str>>,
    params: Option<&'a str>,
    label: Option<&'a str>,
    seen: [bool; 3],
    wrong: Option<String>,
}

/// The top-level keys of a JSON request.
const KEYS: [&str; 3] = ["action", "params", "messageId"];

impl<'a> Envelope<'a> {
    fn wrong(&mut self, what: impl Into<String>) {
        self.wrong.get_or_insert(what.into());
    }

    /// Notes a member; false for one that is not right there. `plain` as `scan` has it.
    // Half a hundred instructions a request less than a call of its own.
    #[inline(always)]
    fn take(&mut self, key: &[u8], value: &'a str, plain: bool) -> bool {
        let index = match key {
            b"action" => 0,
            b"params" => 1,
            b"messageId" => 2,
            _ => return false,
        };
        let fresh = !std::mem::replace(&mut self.seen[index], true);
        if fresh && value != "null" {
            match index {
                0 => self.set_action(value, plain),
                1 => self.set_params(value),
                _ => self.set_label(value),
            }
        }
        fresh
    }

    #[inline]
    fn set_action(&mut self, value: &'a str, plain: bool) {
        match value.starts_with('"') {
            true if plain => self.action = Some(Cow::Borrowed(inner(value))),
            true => match text(value) {
                Some(name) => self.action = Some(name),
                None => self.wrong("action must be a string"),
            },
            false => self.wrong("action must be a string"),
        }
    }

    #[inline]
    fn set_params(&mut self, value: &'a str) {
        match value.starts_with('{') {
            true => self.params = Some(value),
            false => self.wrong("params must be an object"),
        }
    }

    fn set_label(&mut self, value: &'a str) {
        match value.as_bytes()[0] {
            b'"' | b'-' | b'0'..=b'9' => match label(value) {
                Ok(label) => self.label = Some(label),
                Err(what) => self.wrong(what),
            },
            _ => self.wrong("messageId must be a string or a number"),
        }
    }
}

const LABEL: usize = limits::LABEL.default as usize;

/// A `messageId` that can be repeated as it came: every JSON reader must be able to read the reply.
fn label(value: &str) -> Result<&str, String> {
    if value.len() > LABEL {
        return Err(format!("messageId must be at most {LABEL} bytes long"));
    }
    if value.starts_with('"') {
        let text = text(value).map(|_| value);
        return text.ok_or_else(|| "messageId must be a string or a number".to_owned());
    }
    match value.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(value),
        _ => Err("messageId must not be a number beyond 64-bit floating point".to_owned()),
    }
}

/// What stands between the quotes of a JSON string.
fn inner(json: &str) -> &str {
    &json[1..json.len() - 1]
}

/// A JSON string's text; nothing when it is no Unicode (a lone surrogate).
fn text(json: &str) -> Option<Cow<'_, str>> {
    let inner = inner(json);
    if inner.contains('\\') {
        return serde_json::from_str(json).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(inner))
}

impl<'a> Visitor<'a> for &mut Envelope<'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            let value: &'a RawValue = map.next_value()?;
            if self.take(key.as_bytes(), value.get(), false) {
                continue;
            }
            if KEYS.contains(&&*key) {
                self.wrong(format!("{key} is given twice"));
            } else {
                let name = crate::excerpt(&key);
                self.wrong(format!(
                    "{name} is not a known key (known: {})",
                    KEYS.join(", ")
                ));
            }
        }
        Ok(())
    }
}
