//! What came of a run.

use super::Drift;
use actionline_specs::Record;
use indexmap::IndexMap;
use std::fmt;

/// How many exchanges were tried, and which were answered otherwise. As text it says what to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    tried: usize,
    drifts: Vec<Drift>,
    /// What was tried, each with whether all of it passed.
    names: IndexMap<String, bool>,
    /// The record of what was tried first.
    record: Option<Record>,
}

impl Report {
    /// Notes an exchange and what came of it. Several may have one name.
    pub(super) fn note(&mut self, name: String, drift: Option<Drift>) {
        self.tried += 1;
        *self.names.entry(name).or_insert(true) &= drift.is_none();
        self.drifts.extend(drift);
    }

    /// Notes that an exchange could not be tried.
    pub(super) fn skip(&mut self, name: &str) {
        self.names.insert(name.to_owned(), false);
    }

    /// Closes the record of what was tried until now, unless there is one.
    pub(super) fn close(&mut self, record: impl FnOnce(Vec<String>) -> Record) {
        let names = std::mem::take(&mut self.names);
        let passed = names.into_iter().filter(|(_, passed)| *passed);
        let passed = passed.map(|(name, _)| name).collect();
        self.record.get_or_insert_with(|| record(passed));
    }

    /// What passed of the server's own spec, or of the verbs; nothing when the server has no spec. What is mounted beside it
    /// has a record in its own crate.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// How many exchanges were tried: one for each form of each example, and each request that is refused for its params.
    pub fn tried(&self) -> usize {
        self.tried
    }

    /// Those that the server answers otherwise, in the order of the spec.
    pub fn drifts(&self) -> &[Drift] {
        &self.drifts
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tried, drifts, .. } = self;
        if drifts.is_empty() {
            return write!(
                f,
                "the server answered all {tried} requests as the spec says"
            );
        }
        let count = drifts.len();
        writeln!(
            f,
            "the server answered {count} of {tried} requests otherwise than the spec says (-: the spec, +: the server)\n"
        )?;
        for drift in drifts {
            writeln!(f, "{drift}")?;
        }
        write!(
            f,
            "Where the server is right, mend the example in the YAML and write the docs anew (`actionline-docs-gen write`); \
             where the spec is, mend the handler."
        )
    }
}
