//! What came of a run.

use super::Drift;
use std::fmt;

/// How many exchanges were tried, and which were answered otherwise. As text it says what to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub(super) tried: usize,
    pub(super) drifts: Vec<Drift>,
}

impl Report {
    /// How many exchanges were tried: one for each form of each example.
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
        let Self { tried, drifts } = self;
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
