//! Every way in which a param is refused, with a value on each side. Nothing here knows what a rule means: values are tried
//! (`near`, `sample`), and the binder's verdict is taken.

mod inside;
mod near;
mod pattern;
mod request;
mod sample;

pub use inside::{Part, inside};
pub use request::{Attempt, COMMON, attempts};

use crate::judge::Step;
use crate::{Given, Kind, Param, ParamCode, ParamFault, REQUIRED, Raw, Schema, Span, limits};
use serde_json::Value;

/// One way in which a param, or a value inside one, is refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// What it is called among all of its action: `lines[].price.minimum`.
    pub key: String,
    /// The param.
    pub param: String,
    /// Where the refused value is: the param's name, or a way into it with the first item of each array: `lines[0].price`.
    pub path: String,
    /// Where the rule stands, or what it is a rule of.
    pub at: Span,
    /// The code's word.
    pub code: &'static str,
    /// The whole text.
    pub text: String,
    /// A value of the param that is taken; none where none was found.
    pub accepted: Option<Value>,
    /// What the param is refused for, and for this alone; the first is the one to show. Empty where nothing was found.
    pub cases: Vec<Case>,
}

/// What is given for a param.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Case {
    /// Nothing, in either form.
    Missing,
    /// This JSON, in JSON form.
    Json(String),
    /// This text, in word form.
    Words(String),
}

/// When something is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// It is missing, empty or `null`.
    Missing,
    /// The value is sent, in either form.
    Sent,
    /// The value is sent in JSON form; the word form takes any text.
    Json,
    /// The text is no JSON: it can be typed, but not sent in JSON form.
    Words,
}

impl Refusal {
    /// A refused value, as JSON or, where only typed text is refused, as that; nothing where none was found.
    pub fn refused(&self) -> Option<&str> {
        self.cases.iter().find_map(|case| match case {
            Case::Missing => None,
            Case::Json(text) | Case::Words(text) => Some(text.as_str()),
        })
    }

    /// When it happens.
    pub fn when(&self) -> When {
        let json = self.cases.iter().any(|case| matches!(case, Case::Json(_)));
        let words = self.cases.iter().any(|case| matches!(case, Case::Words(_)));
        match (json, words) {
            _ if self.cases.contains(&Case::Missing) => When::Missing,
            (true, false) => When::Json,
            (false, true) => When::Words,
            _ => When::Sent,
        }
    }

    /// The fault that the request is answered with.
    pub fn fault(&self) -> ParamFault {
        ParamFault {
            param: self.path.clone(),
            code: self.code,
            message: self.text.clone(),
        }
    }
}

/// Every way in which a param is refused, in the order in which the binder finds them.
pub fn refusals(param: &Param) -> Vec<Refusal> {
    let mut list = List {
        param,
        refusals: Vec::new(),
    };
    if param.required {
        let fault = ParamFault::new(&param.name, ParamCode::Required, REQUIRED, false);
        list.add(param.at, fault, vec![Case::Missing]);
    }
    list.wrong_type();
    let own = Part::whole(param);
    list.rules(&own);
    // What no rule is about: a missing value, one of another kind.
    list.find(&own, near::values(&param.schema, None), None);
    for part in inside(&param.name, &param.schema) {
        list.inside(&part);
    }
    list.finish()
}

struct List<'p> {
    param: &'p Param,
    refusals: Vec<Refusal>,
}

impl List<'_> {
    /// Adds a fault, unless it is known.
    fn add(&mut self, at: Span, fault: ParamFault, cases: Vec<Case>) {
        let ParamFault {
            param: path,
            code,
            message: text,
        } = fault;
        match self.refusals.iter_mut().find(|known| known.text == text) {
            Some(known) => cases.into_iter().for_each(|case| known.case(case)),
            None => self.refusals.push(Refusal {
                key: format!("{}.{code}", path.replace("[0]", "[]")),
                param: self.param.name.clone(),
                path,
                at,
                code,
                text,
                accepted: None,
                cases,
            }),
        }
    }

    /// What is no value of the kind at all, as JSON and as text.
    fn wrong_type(&mut self) {
        // No kind but "any" takes both.
        for wrong in ["{}", "[]"] {
            self.kind(Raw::Json(wrong));
        }
        let (open, close) = match self.param.kind() {
            Kind::Any | Kind::Array => ("[", "]"),
            Kind::Object => (r#"{"a":"#, "}"),
            _ => return,
        };
        let levels = limits::DEPTH.default as usize;
        // One level less than what a request as a whole is refused for.
        self.probe(Raw::Json(
            &(open.repeat(levels - 1) + "1" + &close.repeat(levels - 1)),
        ));
        self.probe(Raw::Json(&format!(r#"{open}{{"a":1,"a":1}}{close}"#)));
        self.probe(Raw::Json(&format!("{open}1e999{close}")));
        if self.param.kind() != Kind::Any {
            self.probe(Raw::Text(open));
        }
    }

    /// Adds what the binder says to a value that is wrong before any rule is looked at.
    fn kind(&mut self, raw: Raw<'_>) {
        let at = self.param.schema.kind_at;
        let kind_only = Param {
            schema: Schema::new(self.param.kind(), at),
            ..self.param.clone()
        };
        for fault in faults(&kind_only, Some(raw)) {
            self.add(at, fault, Vec::new());
        }
    }

    /// The same for a value that nobody would find by trying.
    fn probe(&mut self, raw: Raw<'_>) {
        self.kind(raw);
        self.try_raw(raw);
    }

    /// Adds the faults of a place's rules.
    fn rules(&mut self, part: &Part<'_>) {
        for rule in &part.schema.rules {
            let fault = part.fault(rule.code(), &rule.phrase());
            let text = fault.message.clone();
            self.add(rule.at, fault, Vec::new());
            self.find(
                part,
                near::values(part.schema, Some(&rule.value)),
                Some(&text),
            );
        }
    }

    /// Adds the faults of a value inside the param.
    fn inside(&mut self, part: &Part<'_>) {
        let schema = part.schema;
        let at = schema.kind_at;
        if part.required == Some(true) {
            self.add(at, part.fault(ParamCode::Required, REQUIRED), Vec::new());
            if let Some(value) = sample::holding(&self.param.schema, &part.way, None) {
                self.try_value(&value);
            }
        }
        if schema.kind != Kind::Any {
            let what = format!("must be {}", schema.kind.phrase());
            self.add(at, part.fault(ParamCode::Type, &what), Vec::new());
        }
        self.rules(part);
        self.find(part, near::values(schema, None), None);
    }

    /// Tries values in a place for the fault with this text, or for all: the first that is taken and the first that provokes
    /// it alone are kept with it.
    fn find(&mut self, part: &Part<'_>, mut values: Vec<Value>, text: Option<&str>) {
        if part.way.is_empty() && text.is_none() {
            let own = self.param.examples.iter().cloned();
            let default = self.param.default.iter().map(|it| it.value.clone());
            values.splice(0..0, own.chain(default));
        }
        let wanted =
            |known: &Refusal| known.path == part.path && text.is_none_or(|text| known.text == text);
        for value in values {
            let done = |known: &Refusal| known.accepted.is_some() && known.refused().is_some();
            if self.refusals.iter().filter(|known| wanted(known)).all(done) {
                break;
            }
            let Some(whole) = sample::holding(&self.param.schema, &part.way, Some(value)) else {
                continue;
            };
            if faults(self.param, Some(Raw::Json(&whole.to_string()))).is_empty() {
                let known = self.refusals.iter_mut().filter(|known| wanted(known));
                for known in known.filter(|known| known.accepted.is_none()) {
                    known.accepted = Some(whole.clone());
                }
            }
            self.try_value(&whole);
        }
    }

    fn try_value(&mut self, value: &Value) {
        self.try_raw(Raw::Json(&value.to_string()));
    }

    /// Keeps a value with the fault that it alone provokes, and the same as text where it provokes that too.
    fn try_raw(&mut self, raw: Raw<'_>) {
        let found = faults(self.param, Some(raw));
        let [fault] = found.as_slice() else { return };
        let known = self.refusals.iter_mut();
        let Some(known) = known
            .into_iter()
            .find(|known| known.text == fault.message && known.path == fault.param)
        else {
            return;
        };
        if known.refused().is_some() {
            return;
        }
        let text = match raw {
            Raw::Text(text) => return known.case(Case::Words(text.to_owned())),
            Raw::Json(json) => {
                known.case(Case::Json(json.to_owned()));
                match serde_json::from_str(json) {
                    Ok(Value::String(text)) => text,
                    _ => json.to_owned(),
                }
            }
        };
        if faults(self.param, Some(Raw::Text(&text))) == found {
            known.case(Case::Words(text));
        }
    }

    /// One fault can happen in several ways that have one code: the later ones are counted.
    fn finish(mut self) -> Vec<Refusal> {
        let null = faults(self.param, Some(Raw::Json("null")));
        for known in &mut self.refusals {
            if null.iter().any(|fault| *fault == known.fault()) {
                known.case(Case::Json("null".to_owned()));
            }
        }
        for index in 1..self.refusals.len() {
            let (before, rest) = self.refusals.split_at_mut(index);
            let one = &mut rest[0];
            let same = |other: &&Refusal| other.path == one.path && other.code == one.code;
            match before.iter().filter(same).count() {
                0 => {}
                count => one.key = format!("{}.{}", one.key, count + 1),
            }
        }
        self.refusals
    }
}

impl Refusal {
    fn case(&mut self, case: Case) {
        if !self.cases.contains(&case) {
            self.cases.push(case);
        }
    }
}

impl Part<'_> {
    fn fault(&self, code: ParamCode, what: &str) -> ParamFault {
        ParamFault::new(&self.path, code, what, false)
    }
}

/// What the binder says to a value of a param.
fn faults(param: &Param, raw: Option<Raw<'_>>) -> Vec<ParamFault> {
    let mut faults = Vec::new();
    let given = raw.map(|raw| Given { raw, saved: false });
    param.bind(given, &mut faults);
    faults
}

/// The way to a value inside another.
type Way = [Step];
