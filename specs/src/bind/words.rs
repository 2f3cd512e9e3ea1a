//! The params of a request in word form.

use super::{Given, Raw, Strangers};
use crate::request::Pair;
use crate::{Fault, Param, Slot};

/// Binds `key=value` pairs to a table of params: one slot each, in order. `saved` answers what the connection has kept for the
/// param with this index; it counts where no pair names the param.
///
/// # Errors
/// Every fault, in declared order, then pairs whose param the table does not have. What is saved may be meant for others.
pub fn bind_words<'a>(
    params: &'a [Param],
    pairs: &'a [Pair<'a>],
    mut saved: impl FnMut(usize) -> Option<Raw<'a>>,
) -> Result<Vec<Slot<'a>>, Fault> {
    let mut faults = Vec::new();
    let mut given = |index: usize, param: &Param| {
        let raw = |raw, saved| Given { raw, saved };
        match pairs.iter().find(|(key, _)| *key == param.name) {
            Some((_, value)) => Some(raw(Raw::Text(value), false)),
            None => saved(index).map(|value| raw(value, true)),
        }
    };
    let slots = params.iter().enumerate();
    let slots = slots
        .map(|(index, param)| param.bind(given(index, param), &mut faults))
        .collect();
    let mut strangers = Strangers::new(params);
    // Of a secret without quotes, `a b=c`, all but the first word looks like a pair.
    strangers.masked = params.iter().any(|param| param.secret);
    for (key, _) in pairs {
        if !params.iter().any(|param| param.name == *key) {
            strangers.add(key);
        }
    }
    strangers.join(faults).map(|()| slots)
}
