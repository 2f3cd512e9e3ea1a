//! The params of a JSON request.

use super::{Given, Raw, Strangers};
use crate::judge::Known;
use crate::request::Params;
use crate::{Code, Fault, Key, Param, ParamFault, Slot, Slots, scan};
use serde::de::{Deserializer as _, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// Binds a JSON object to a table of params: one slot each, in order.
///
/// # Errors
/// Every fault, in declared order, then params that the table does not have, then doubled ones. Text that is no
/// JSON object is [`Code::InvalidRequest`].
pub fn bind_object<'a>(params: &'a [Param], object: &'a str) -> Result<Slots<'a>, Fault> {
    let mut slots = Slots::new();
    bind_object_into(params, object, &mut slots).map(|()| slots)
}

/// As [`bind_object`], into slots of the caller, which are empty.
///
/// # Errors
/// As [`bind_object`].
pub fn bind_object_into<'a>(
    params: &'a [Param],
    object: &'a str,
    slots: &mut Slots<'a>,
) -> Result<(), Fault> {
    let mut object_binder = ObjectBinder::new(params, slots);
    if scan::object(object, |key, value| object_binder.given(key, value)) {
        return object_binder.finish();
    }
    let mut object_binder = ObjectBinder::new(params, slots);
    let mut json = serde_json::Deserializer::from_str(object);
    json.deserialize_map(&mut object_binder).map_err(|error| {
        Fault::new(
            Code::InvalidRequest,
            &[("what", &format!("params: {}", reason(&error)))],
        )
    })?;
    object_binder.finish()
}

/// Binds the params of a JSON request, into slots of the caller, which are empty.
///
/// # Errors
/// As [`bind_object`].
pub fn bind_params_into<'a>(
    params: &'a [Param],
    given: &Params<'a>,
    slots: &mut Slots<'a>,
) -> Result<(), Fault> {
    let Some(count) = given.plain() else {
        return bind_object_into(params, given.text, slots);
    };
    let (mut faults, mut met) = (Vec::new(), 0);
    for param in params {
        // Once all are met, nobody looks for more.
        let value = match met < count {
            true => given.find(&param.name),
            false => None,
        };
        let slot = match value {
            None => param.absent(&mut faults),
            Some(value) => {
                met += 1;
                let raw = Raw::Json(value);
                let given = Given { raw, saved: false };
                param.bind_known(given, Known::Plain, &mut faults)
            }
        };
        slots.push(slot);
    }
    // A stranger, or one given twice.
    if met < count {
        return bind_object_into(params, given.text, slots);
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Fault::params(faults)),
    }
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
    slots: &'p mut [Slot<'a>],
    /// One bit a param for the first 64, then a list: tables are short.
    seen: u64,
    seen_more: Vec<usize>,
    faults: Vec<(usize, ParamFault)>,
    strangers: Strangers<'a>,
}

impl<'p, 'a> ObjectBinder<'p, 'a> {
    fn new(params: &'a [Param], slots: &'p mut Slots<'a>) -> Self {
        slots.clear();
        slots.extend(params.iter().map(|_| Slot::Absent));
        Self {
            params,
            slots,
            seen: 0,
            seen_more: Vec::new(),
            faults: Vec::new(),
            strangers: Strangers::new(params),
        }
    }

    /// Takes a member; false when it was given before.
    fn given(&mut self, key: &str, value: &'a str) -> bool {
        let Some(index) = self.params.iter().position(|param| param.name == key) else {
            self.strangers.add(key);
            return true;
        };
        let fresh = self.first_time(index);
        if fresh {
            let raw = Raw::Json(value);
            self.take(index, Some(Given { raw, saved: false }));
        }
        fresh
    }

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

    fn finish(mut self) -> Result<(), Fault> {
        for index in 0..self.params.len() {
            if self.first_time(index) {
                self.take(index, None);
            }
        }
        self.faults.sort_by_key(|(index, _)| *index);
        let faults = self.faults.into_iter().map(|(_, fault)| fault).collect();
        self.strangers.join(faults)
    }
}

impl<'a> Visitor<'a> for &mut ObjectBinder<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            let value: &'a RawValue = map.next_value()?;
            if !self.given(&key, value.get()) {
                return Err(A::Error::custom(format!("{key} is given twice")));
            }
        }
        Ok(())
    }
}
