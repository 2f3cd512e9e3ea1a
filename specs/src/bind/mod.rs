//! Raw params in, typed slots or faults out: the one way into a handler. What a value is worth is said in `judge`.

mod object;
mod words;

pub use object::{bind_object, bind_object_into, bind_params_into};
pub use words::{bind_words, bind_words_into};

use crate::judge::{Findings, Known, hold, read};
use crate::param_fault::{REQUIRED, UNKNOWN};
use crate::{Fault, Param, ParamCode, ParamFault, Slot, excerpt, suggest, wire};
use std::borrow::Cow;

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
        match given {
            Some(given) => self.bind_known(given, Known::Nothing, faults),
            None => self.absent(faults),
        }
    }

    /// What it is when it is not given.
    fn absent(&self, faults: &mut Vec<ParamFault>) -> Slot<'_> {
        if let Some(default) = &self.default {
            return default.slot.borrowed();
        }
        if self.required {
            let code = ParamCode::Required;
            faults.push(ParamFault::new(&self.name, code, REQUIRED, false));
        }
        Slot::Absent
    }

    /// [`Param::bind`] of a value that something is known of.
    fn bind_known<'a>(
        &'a self,
        given: Given<'a>,
        known: Known,
        faults: &mut Vec<ParamFault>,
    ) -> Slot<'a> {
        if self.is_missing(given.raw) {
            return self.absent(faults);
        }
        match read(self.schema.kind, given.raw, known) {
            Ok(slot) if self.schema.is_simple() => slot,
            slot => self.hold(slot, given.saved, faults),
        }
    }

    /// Holds a value that was read against the rules.
    #[inline(never)]
    fn hold<'a>(
        &self,
        slot: Result<Slot<'a>, Cow<'static, str>>,
        saved: bool,
        faults: &mut Vec<ParamFault>,
    ) -> Slot<'a> {
        let mut found = Findings {
            secret: self.secret,
            ..Findings::default()
        };
        let slot = hold(&self.schema, slot, &mut found);
        let found = found.list.iter();
        faults.extend(found.map(|finding| finding.fault(&self.name, saved)));
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

/// What was given that the action does not have.
struct Strangers<'p> {
    params: &'p [Param],
    faults: Vec<ParamFault>,
    /// A name that is like none of them may be part of a secret.
    masked: bool,
}

impl<'p> Strangers<'p> {
    /// A client cannot make the reply longer than its line: one fault a name, and few of them.
    const MOST: usize = 16;

    fn new(params: &'p [Param]) -> Self {
        Self {
            params,
            faults: Vec::new(),
            masked: false,
        }
    }

    /// Adds the fault of one, with the nearest name that the action does have.
    fn add(&mut self, key: &str) {
        if self.faults.len() == Self::MOST {
            return;
        }
        let names = self.params.iter().map(|param| param.name.as_str());
        let near = suggest::nearest(key, names);
        let key = match self.masked && near.is_none() {
            true => wire::MASKED,
            false => excerpt(key),
        };
        let told = |fault: &ParamFault| fault.param == key;
        if self.faults.iter().any(told) {
            return;
        }
        let mut fault = ParamFault::new(key, ParamCode::Unknown, UNKNOWN, false);
        fault.suggest(near);
        self.faults.push(fault);
    }

    /// The faults of declared params, then these.
    fn join(self, mut faults: Vec<ParamFault>) -> Result<(), Fault> {
        faults.extend(self.faults);
        match faults.is_empty() {
            true => Ok(()),
            false => Err(Fault::params(faults)),
        }
    }
}
