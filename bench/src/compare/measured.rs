//! What the rounds of a row gave.

use super::rows::{Goal, Row};
use super::table::Verdict;
use crate::median;
use crate::rival::Rival;

/// A row with its figures.
#[derive(Debug)]
pub(super) struct Measured {
    pub(super) row: &'static Row,
    rounds: Vec<Vec<(Rival, f64)>>,
}

/// A ratio over all rounds, or where the goal is no ratio, the figure itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    pub(super) median: f64,
    pub(super) least: f64,
    pub(super) most: f64,
}

impl Measured {
    pub(super) fn new(row: &'static Row) -> Self {
        Self {
            row,
            rounds: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, round: &[(Rival, f64)]) {
        self.rounds.push(round.to_vec());
    }

    /// The median of a server's figures; nothing if it was not measured.
    pub(super) fn figure(&self, rival: Rival) -> Option<f64> {
        let figures: Vec<f64> = self
            .rounds
            .iter()
            .filter_map(|round| of(round, rival))
            .collect();
        (!figures.is_empty()).then(|| median(figures))
    }

    /// What the goal is held against; nothing when the other server is not installed.
    pub(super) fn outcome(&self) -> Option<Outcome> {
        let one = |round: &Vec<(Rival, f64)>| {
            let ours = of(round, Rival::Ours)?;
            Some(match self.row.goal {
                Goal::AtLeast { over, .. } | Goal::AtMost { over, .. } => ours / of(round, over)?,
                Goal::Within { .. } => ours,
            })
        };
        let mut all: Vec<f64> = self.rounds.iter().filter_map(one).collect();
        all.sort_by(f64::total_cmp);
        Some(Outcome {
            median: *all.get(all.len() / 2)?,
            least: *all.first()?,
            most: *all.last()?,
        })
    }

    pub(super) fn verdict(&self) -> Verdict {
        let Some(Outcome { median, .. }) = self.outcome() else {
            return Verdict::Unknown;
        };
        let (aim, reach) = match self.row.goal {
            Goal::AtLeast { reach, aim, .. } => (median >= aim, median >= reach),
            Goal::AtMost { reach, aim, .. } | Goal::Within { reach, aim } => {
                (median <= aim, median <= reach)
            }
        };
        match (aim, reach) {
            (true, _) => Verdict::Aim,
            (_, true) => Verdict::Reach,
            _ => Verdict::Missed,
        }
    }
}

fn of(round: &[(Rival, f64)], rival: Rival) -> Option<f64> {
    round
        .iter()
        .find(|(one, _)| *one == rival)
        .map(|(_, figure)| *figure)
}
