//! Names to what they mean: one table of verbs and actions, made at start-up.

use crate::action::{ActionSet, Handler};
use crate::error::SetupError;
use crate::meter::NO_NAME;
use crate::rights::{Bits, Rights};
use crate::state::States;
use crate::sticky::Traces;
use crate::verb::{self, VerbEntry};
use actionline_specs::{Action, Fault, Slot, Spec, bind_words};
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target<'a> {
    Verb(&'a VerbEntry),
    Action(&'a ActionEntry),
}

impl<'a> Target<'a> {
    /// Its name as the spec has it.
    pub(crate) fn name(self) -> &'a str {
        match self {
            Self::Verb(entry) => &entry.spec.name,
            Self::Action(entry) => &entry.spec.name,
        }
    }

    /// Its row in the [`Meter`](crate::meter::Meter).
    pub(crate) fn row(self) -> usize {
        match self {
            Self::Verb(entry) => entry.row,
            Self::Action(entry) => entry.row,
        }
    }
}

/// An action: what the spec says of it, and its function.
#[derive(Debug)]
pub(crate) struct ActionEntry {
    pub(crate) spec: Action,
    pub(crate) handler: Handler,
    /// Its row in the [`Meter`](crate::meter::Meter).
    pub(crate) row: usize,
    /// What binding comes to when nothing is given.
    pub(crate) bare: Result<Vec<Slot<'static>>, Fault>,
    /// What a call in word form leaves on the connection.
    pub(crate) traces: Traces,
    /// The rights that a client needs.
    pub(crate) needs: Bits,
}

/// Every verb and action of a server.
#[derive(Debug)]
pub(crate) struct Table {
    verbs: Vec<VerbEntry>,
    actions: Vec<ActionEntry>,
    names: HashMap<String, Place, FixedState>,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    Verb(usize),
    Action(usize),
}

impl Table {
    /// Joins specs and handlers; answers the specs and the rights that they name, too.
    pub(crate) fn new(
        sets: &[&'static ActionSet],
        states: &States,
    ) -> Result<(Self, Vec<Spec>, Rights), SetupError> {
        let mut table = Self {
            verbs: verb::entries(),
            actions: Vec::new(),
            names: HashMap::default(),
        };
        for (index, entry) in table.verbs.iter().enumerate() {
            for word in entry.spec.words() {
                table.names.insert(word.to_owned(), Place::Verb(index));
            }
        }
        let mut specs = Vec::new();
        for set in sets {
            let mounted = table.mount(set, states, |name| {
                let mut before = sets.iter().zip(&specs);
                before.find_map(|(set, spec): (_, &Spec)| {
                    let action = spec.actions.iter().find(|action| action.name == name)?;
                    Some(set.place(spec, action))
                })
            });
            specs.push(mounted?);
        }
        let rights = Rights::new(&specs)?;
        for entry in &mut table.verbs {
            entry.needs = rights.of_verb(entry.spec);
        }
        for entry in &mut table.actions {
            entry.needs = rights.of_action(&entry.spec);
        }
        Ok((table, specs, rights))
    }

    /// Adds the actions of one set. `before` says where one of the others declares a name.
    fn mount(
        &mut self,
        set: &'static ActionSet,
        states: &States,
        before: impl Fn(&str) -> Option<String>,
    ) -> Result<Spec, SetupError> {
        let spec = set
            .spec()
            .map_err(|faults| SetupError::Spec(Box::new(faults)))?;
        for action in &spec.actions {
            let handler = set
                .handler(&action.name)
                .ok_or_else(|| SetupError::NoHandler {
                    at: spec.source.locate(action.at),
                    name: action.name.clone(),
                })?;
            if let Some(first) = before(&action.name) {
                return Err(SetupError::Twice {
                    at: set.place(&spec, action),
                    name: action.name.clone(),
                    first,
                });
            }
            (handler.needs)(states).map_err(|type_name| SetupError::NoState {
                at: spec.source.locate(action.at),
                name: action.name.clone(),
                type_name,
            })?;
            let place = Place::Action(self.actions.len());
            self.names.insert(action.name.clone(), place);
            self.actions.push(ActionEntry {
                bare: bare(action),
                traces: Traces::new(self.actions.len(), action),
                spec: action.clone(),
                row: NO_NAME + 1 + self.verbs.len() + self.actions.len(),
                handler: *handler,
                needs: 0,
            });
        }
        Ok(spec)
    }

    /// Every verb and action once, in the order of their rows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = String> {
        let verbs = self.verbs.iter().map(|entry| &entry.spec.name);
        let actions = self.actions.iter().map(|entry| &entry.spec.name);
        verbs.chain(actions).cloned()
    }

    /// What a name stands for.
    pub(crate) fn find(&self, name: &str) -> Option<Target<'_>> {
        Some(match self.names.get(name)? {
            Place::Verb(index) => Target::Verb(&self.verbs[*index]),
            Place::Action(index) => Target::Action(&self.actions[*index]),
        })
    }

    /// The fault for a name that stands for nothing. Looking for the nearest one costs a comparison with every name, so
    /// it is done only for an answer that shows it.
    #[cold]
    pub(crate) fn unknown(&self, name: &str, with_hint: bool) -> Fault {
        // In declared order, so that of two equally near names it is always the same one.
        let verbs = self.verbs.iter().flat_map(|entry| entry.spec.words());
        let actions = self.actions.iter().map(|entry| entry.spec.name.as_str());
        let known = verbs.chain(actions);
        Fault::unknown_action(name, known.filter(|_| with_hint))
    }
}

fn bare(action: &Action) -> Result<Vec<Slot<'static>>, Fault> {
    let slots = bind_words(&action.params, &[], |_| None)?;
    Ok(slots.into_iter().map(Slot::into_owned).collect())
}
