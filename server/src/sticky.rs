//! The params saved on one connection (protocol §4), and what a call in word form finds among them.

use actionline_specs::{Action, Raw};
use foldhash::fast::FixedState;
use indexmap::IndexMap;
use serde_json::{Map, Value};
use smallvec::SmallVec;
use std::sync::Arc;

/// The sticky param that names the last action.
const ACTION: &str = "action";

/// One saved value; a copy of it shares the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Saved {
    /// Text, read by the declared type.
    Text(Arc<str>),
    /// A typed value as JSON, from the spec's defaults or the application.
    Json(Arc<str>),
}

/// What was found for each of an action's params.
pub(crate) type Found = SmallVec<[Option<Saved>; 4]>;

/// The saved params, in the order in which they were first saved.
#[derive(Debug, Default)]
pub(crate) struct Sticky {
    params: IndexMap<Arc<str>, Saved, FixedState>,
    /// Bytes of names and values together.
    bytes: usize,
    /// Where the last action found its params. Any change forgets it.
    last: Option<Places>,
}

/// What a call of one action leaves on a connection.
#[derive(Debug)]
pub(crate) struct Traces {
    /// The action's number in the table.
    action: usize,
    name: Saved,
    /// The defaults of its common params.
    defaults: Vec<(Arc<str>, Saved)>,
}

impl Traces {
    pub(crate) fn new(number: usize, action: &Action) -> Self {
        let defaults = action.common_params().iter().filter_map(|param| {
            let default = param.default.as_ref()?;
            Some((param.name.as_str().into(), Saved::new(&default.value)))
        });
        Self {
            action: number,
            name: Saved::Text(action.name.as_str().into()),
            defaults: defaults.collect(),
        }
    }
}

/// Where one action's params are.
#[derive(Debug)]
struct Places {
    /// The action's number in the table.
    action: usize,
    /// For each param, its place; empty when no param has one that matters.
    at: Box<[Option<usize>]>,
}

impl Sticky {
    /// Notes a call of an action in word form, as the seed does: its name, and the defaults of common params that are not
    /// saved. Adds what is saved for each of its params: nothing for one whose saved value is its default, and nothing at
    /// all where no param has more.
    pub(crate) fn call(&mut self, action: &Action, traces: &Traces, found: &mut Found) {
        match &self.last {
            Some(last) if last.action == traces.action => {}
            _ => self.last = Some(self.look(action, traces)),
        }
        let places = self.last.iter().flat_map(|last| &last.at);
        for at in places {
            let saved = at.and_then(|at| self.params.get_index(at));
            found.push(saved.map(|(_, saved)| saved.clone()));
        }
    }

    #[cold]
    fn look(&mut self, action: &Action, traces: &Traces) -> Places {
        if self.params.get(ACTION) != Some(&traces.name) {
            self.insert(ACTION, traces.name.clone());
        }
        for (param, default) in &traces.defaults {
            if !self.params.contains_key(param) {
                self.bytes += param.len() + default.text().len();
                self.params.insert(param.clone(), default.clone());
            }
        }
        let place = |name: &str| {
            let (index, key, saved) = self.params.get_full(name)?;
            let is_default =
                |(param, default): &(Arc<str>, Saved)| param == key && default == saved;
            (!traces.defaults.iter().any(is_default)).then_some(index)
        };
        let at: Box<[_]> = action
            .params
            .iter()
            .map(|param| place(&param.name))
            .collect();
        Places {
            action: traces.action,
            at: match at.iter().all(Option::is_none) {
                true => Box::default(),
                false => at,
            },
        }
    }

    /// Saves a value, in the place of an older one.
    pub(crate) fn insert(&mut self, name: &str, saved: Saved) {
        self.last = None;
        self.bytes += saved.text().len();
        match self.params.get_mut(name) {
            Some(old) => self.bytes -= std::mem::replace(old, saved).text().len(),
            None => {
                self.bytes += name.len();
                self.params.insert(name.into(), saved);
            }
        }
    }

    /// Forgets one; answers what it was.
    pub(crate) fn remove(&mut self, name: &str) -> Option<Value> {
        self.last = None;
        let saved = self.params.shift_remove(name)?;
        self.bytes -= name.len() + saved.text().len();
        Some(saved.value())
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// One saved value.
    pub(crate) fn get(&self, name: &str) -> Option<Value> {
        self.params.get(name).map(Saved::value)
    }

    /// All of them.
    pub(crate) fn all(&self) -> Map<String, Value> {
        let pairs = self.params.iter();
        pairs
            .map(|(name, saved)| (name.to_string(), saved.value()))
            .collect()
    }

    /// Bytes of names and values together.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many there would be, and how many bytes, with this one.
    pub(crate) fn with(&self, name: &str, saved: &Saved) -> (usize, usize) {
        let (count, bytes) = (self.params.len(), self.bytes + saved.text().len());
        match self.params.get(name) {
            Some(old) => (count, bytes - old.text().len()),
            None => (count + 1, bytes + name.len()),
        }
    }
}

impl Saved {
    /// A string is text; anything else is typed.
    pub(crate) fn new(value: &Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text.as_str().into()),
            value => Self::Json(value.to_string().into()),
        }
    }

    /// As the binder takes it.
    pub(crate) fn raw(&self) -> Raw<'_> {
        match self {
            Self::Text(text) => Raw::Text(text),
            Self::Json(text) => Raw::Json(text),
        }
    }

    /// Bytes of it.
    pub(crate) fn len(&self) -> usize {
        self.text().len()
    }

    fn text(&self) -> &Arc<str> {
        match self {
            Self::Text(text) | Self::Json(text) => text,
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(&**text),
            // It was made from a value.
            Self::Json(text) => serde_json::from_str(text).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn bytes_are_those_of_all_names_and_values() {
        let mut sticky = Sticky::default();
        let sum = |sticky: &Sticky| {
            let pairs = sticky.params.iter();
            pairs
                .map(|(name, saved)| name.len() + saved.text().len())
                .sum::<usize>()
        };
        for (name, value) in [
            ("a", json!("text")),
            ("bc", json!(12)),
            ("a", json!([1])),
            ("d", json!("")),
        ] {
            let saved = Saved::new(&value);
            let with = sticky.with(name, &saved);
            sticky.insert(name, saved);
            assert_eq!(with, (sticky.params.len(), sticky.bytes));
            assert_eq!(sticky.bytes, sum(&sticky));
            assert_eq!(sticky.get(name), Some(value));
        }
        assert_eq!(sticky.remove("bc"), Some(json!(12)));
        assert_eq!(sticky.bytes, sum(&sticky));
        assert_eq!(sticky.all().len(), 2);
        sticky.clear();
        assert_eq!((sticky.bytes, sticky.all().len()), (0, 0));
    }
}
