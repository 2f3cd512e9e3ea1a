//! What a record says was seen of a server, for what the page shows.

use super::entry::{Common, Entry};
use actionline_specs::{Record, example_id, machine};
use serde::Serialize;
use std::collections::HashSet;

/// The names of what passed, of a spec and of the verbs.
#[derive(Debug)]
pub(super) struct Passed<'r> {
    actions: HashSet<&'r str>,
    verbs: HashSet<&'r str>,
}

impl<'r> Passed<'r> {
    /// What counts for the spec with this hash.
    pub(super) fn new(record: Option<&'r Record>, verbs: &'r Record, hash: &str) -> Self {
        Self {
            actions: record
                .map(|record| record.for_hash(hash))
                .unwrap_or_default(),
            verbs: verbs.for_hash(&machine::hash([])),
        }
    }

    /// Whether this passed, of a verb or of what the spec declares.
    pub(super) fn has(&self, is_verb: bool, id: &str) -> bool {
        match is_verb {
            true => self.verbs.contains(id),
            false => self.actions.contains(id),
        }
    }

    /// Whether an example passed in each of these forms (JSON or not); one without a form was not sent.
    pub(super) fn has_example(
        &self,
        is_verb: bool,
        action: &str,
        index: usize,
        forms: impl IntoIterator<Item = bool>,
    ) -> bool {
        let mut forms = forms.into_iter().peekable();
        forms.peek().is_some()
            && forms.all(|json| self.has(is_verb, &example_id(action, index, json)))
    }
}

/// How much of the page was run against the server, for its top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct VerifiedView {
    /// There is a record of the spec.
    record: bool,
    /// It is of the spec as it is now.
    current: bool,
    /// Examples that were run, and how many there are.
    examples: usize,
    examples_of: usize,
    /// Refusals that were run, and how many there are.
    refusals: usize,
    refusals_of: usize,
}

impl VerifiedView {
    pub(super) fn new(
        record: Option<&Record>,
        hash: &str,
        common: &Common,
        entries: [&[Entry]; 2],
    ) -> Self {
        let entries = || entries.into_iter().flatten();
        let examples = entries().flat_map(|entry| &entry.examples);
        let examples: Vec<bool> = examples.map(|example| example.verified).collect();
        let faults = entries().flat_map(|entry| &entry.faults);
        let faults = faults.chain(&common.faults).map(|fault| fault.verified);
        let faults: Vec<bool> = faults.collect();
        let count = |all: &[bool]| all.iter().filter(|verified| **verified).count();
        Self {
            record: record.is_some(),
            current: record.is_some_and(|record| record.hash() == hash),
            examples: count(&examples),
            examples_of: examples.len(),
            refusals: count(&faults),
            refusals_of: faults.len(),
        }
    }
}
