//! The word form, as far as examples need it.

use crate::Action;
use crate::request::Pairs;
use std::borrow::Cow;

/// A verb's arguments as pairs: `key=value` when its usage says so, else all that follows is its one param.
pub(super) fn arguments<'a>(verb: &'a Action, rest: &'a str) -> Pairs<'a> {
    let pair = |name: &'a str, text: &'a str| (name, Cow::Borrowed(text));
    match verb.params.as_slice() {
        _ if rest.is_empty() => Pairs::new(),
        [key, value] => {
            let (left, right) = rest.split_once('=').unwrap_or((rest, ""));
            [pair(&key.name, left), pair(&value.name, right)]
                .into_iter()
                .collect()
        }
        [only] => [pair(&only.name, rest)].into_iter().collect(),
        _ => Pairs::new(),
    }
}
