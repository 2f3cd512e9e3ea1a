//! The params of a request in word form.

use super::{Given, Raw, Strangers};
use crate::request::Pair;
use crate::{Fault, Param, Slots};

/// Binds `key=value` pairs to a table of params: one slot each, in order. `saved` answers what the connection has kept for the
/// param with this index; it counts where no pair names the param.
///
/// # Errors
/// Every fault, in declared order, then pairs whose param the table does not have. What is saved may be meant for others.
pub fn bind_words<'a>(
    params: &'a [Param],
    pairs: &'a [Pair<'a>],
    saved: impl FnMut(usize) -> Option<Raw<'a>>,
) -> Result<Slots<'a>, Fault> {
    let mut slots = Slots::new();
    bind_words_into(params, pairs, saved, &mut slots).map(|()| slots)
}

/// As [`bind_words`], into slots of the caller, which are empty.
///
/// # Errors
/// As [`bind_words`].
pub fn bind_words_into<'a>(
    params: &'a [Param],
    pairs: &'a [Pair<'a>],
    mut saved: impl FnMut(usize) -> Option<Raw<'a>>,
    slots: &mut Slots<'a>,
) -> Result<(), Fault> {
    let mut faults = Vec::new();
    for (index, param) in params.iter().enumerate() {
        let raw = |raw, saved| Given { raw, saved };
        let given = match pairs.iter().find(|(key, _)| *key == param.name) {
            Some((_, value)) => Some(raw(Raw::Text(value), false)),
            None => saved(index).map(|value| raw(value, true)),
        };
        slots.push(param.bind(given, &mut faults));
    }
    let stranger = |(key, _): &&Pair<'_>| !params.iter().any(|param| param.name == *key);
    let strangers = pairs.iter().filter(stranger);
    if faults.is_empty() && strangers.clone().next().is_none() {
        return Ok(());
    }
    let mut told = Strangers::new(params);
    // Of a secret without quotes, `a b=c`, all but the first word looks like a pair.
    told.masked = params.iter().any(|param| param.secret);
    strangers.for_each(|(key, _)| told.add(key));
    told.join(faults)
}
