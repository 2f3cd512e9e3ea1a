//! Raw params in, typed slots or faults out. What a value is worth is said in `judge`.

use crate::judge::{Findings, judge};
use crate::param_fault::{REQUIRED, UNKNOWN};
use crate::{Code, Fault, Key, Param, ParamCode, ParamFault, Slot, excerpt, suggest};
use serde::de::{Deserializer as _, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// One value as the client gave it.
#[derive(Debug, Clone, Copy)]
pub enum Raw<'a> {
    /// Text, from the word form or a saved param: read by the declared kind.
    Text(&'a str),
    /// JSON text of one value: already typed.
    Json(&'a str),
}

/// A given value and where it came from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The value.
    pub raw: Raw<'a>,
    /// It was saved by `paramAdd` and not sent with this request.
    pub saved: bool,
}

impl Param {
    /// Judges one value. A fault is added for each thing that is wrong; the slot is then [`Slot::Absent`].
    pub fn bind<'a>(&'a self, given: Option<Given<'a>>, faults: &mut Vec<ParamFault>) -> Slot<'a> {
        let Some(given) = given.filter(|given| !self.is_missing(given.raw)) else {
            if let Some(default) = &self.default {
                return default.slot.borrowed();
            }
            if self.required {
                faults.push(ParamFault::new(
                    &self.name,
                    ParamCode::Required,
                    REQUIRED,
                    false,
                ));
            }
            return Slot::Absent;
        };
        let mut found = Findings {
            secret: self.secret,
            ..Findings::default()
        };
        let slot = judge(&self.schema, given.raw, &mut found);
        let found = found.list.iter();
        faults.extend(found.map(|finding| finding.fault(&self.name, given.saved)));
        slot
    }

    /// JSON null is missing, and so is an empty text for a required param (protocol §4).
    fn is_missing(&self, raw: Raw<'_>) -> bool {
        match raw {
            Raw::Text(text) => text.is_empty() && self.required,
            Raw::Json(text) => text == "null" || (text == "\"\"" && self.required),
        }
    }
}

/// Binds a JSON object to a table of params: one slot each, in order.
///
/// # Errors
/// Every fault, in declared order, then params that the table does not have, then doubled ones. Text that is no
/// JSON object is [`Code::InvalidRequest`].
pub fn bind_object<'a>(params: &'a [Param], object: &'a str) -> Result<Vec<Slot<'a>>, Fault> {
    let mut slots = Vec::with_capacity(params.len());
    bind_object_into(params, object, &mut slots).map(|()| slots)
}

/// As [`bind_object`], into a vector that the caller reuses.
///
/// # Errors
/// As [`bind_object`].
pub fn bind_object_into<'a>(
    params: &'a [Param],
    object: &'a str,
    slots: &mut Vec<Slot<'a>>,
) -> Result<(), Fault> {
    slots.clear();
    slots.resize(params.len(), Slot::Absent);
    let mut object_binder = ObjectBinder {
        params,
        slots,
        seen: 0,
        seen_more: Vec::new(),
        faults: Vec::new(),
        strangers: Vec::new(),
    };
    let mut json = serde_json::Deserializer::from_str(object);
    json.deserialize_map(&mut object_binder).map_err(|error| {
        Fault::new(
            Code::InvalidRequest,
            &[("what", &format!("params: {}", reason(&error)))],
        )
    })?;
    object_binder.finish()
}

/// What serde_json says, without its position in a text that the client did not send as such.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

struct ObjectBinder<'p, 'a> {
    params: &'a [Param],
    slots: &'p mut Vec<Slot<'a>>,
    /// One bit a param for the first 64, then a list: tables are short.
    seen: u64,
    seen_more: Vec<usize>,
    faults: Vec<(usize, ParamFault)>,
    strangers: Vec<ParamFault>,
}

impl<'a> ObjectBinder<'_, 'a> {
    /// Notes that a param was given; false when it was given before.
    fn first_time(&mut self, index: usize) -> bool {
        if index < 64 {
            let bit = 1 << index;
            let fresh = self.seen & bit == 0;
            self.seen |= bit;
            return fresh;
        }
        let fresh = !self.seen_more.contains(&index);
        if fresh {
            self.seen_more.push(index);
        }
        fresh
    }

    fn take(&mut self, index: usize, given: Option<Given<'a>>) {
        let mut faults = Vec::new();
        self.slots[index] = self.params[index].bind(given, &mut faults);
        self.faults
            .extend(faults.into_iter().map(|fault| (index, fault)));
    }

    fn stranger(&mut self, key: &str) {
        let fault = unknown_param(self.params, key);
        // A client cannot make the reply longer than its line: one fault a name, and few of them.
        if self.strangers.len() < 16 && !self.strangers.contains(&fault) {
            self.strangers.push(fault);
        }
    }

    fn finish(mut self) -> Result<(), Fault> {
        for index in 0..self.params.len() {
            if self.first_time(index) {
                self.take(index, None);
            }
        }
        if self.faults.is_empty() && self.strangers.is_empty() {
            return Ok(());
        }
        self.faults.sort_by_key(|(index, _)| *index);
        let mut all: Vec<ParamFault> = self.faults.into_iter().map(|(_, fault)| fault).collect();
        all.extend(self.strangers);
        Err(Fault::params(all))
    }
}

/// The fault for a param that the action does not have, with the nearest name it does have.
pub fn unknown_param(params: &[Param], key: &str) -> ParamFault {
    let names = params.iter().map(|param| param.name.as_str());
    let mut fault = ParamFault::new(excerpt(key), ParamCode::Unknown, UNKNOWN, false);
    fault.suggest(suggest::nearest(key, names));
    fault
}

impl<'a> Visitor<'a> for &mut ObjectBinder<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            let value: &'a RawValue = map.next_value()?;
            let Some(index) = self.params.iter().position(|param| param.name == key) else {
                self.stranger(&key);
                continue;
            };
            if !self.first_time(index) {
                return Err(A::Error::custom(format!("{key} is given twice")));
            }
            let given = Given {
                raw: Raw::Json(value.get()),
                saved: false,
            };
            self.take(index, Some(given));
        }
        Ok(())
    }
}
