//! What the rounds of a row gave.

use super::rows::{Goal, Row};
use super::table::Verdict;
use crate::figures::median;
use crate::rival::Rival;

/// A row with its figures.
#[derive(Debug)]
pub(super) struct Measured {
    pub(super) row: &'static Row,
    rounds: Vec<Vec<Slice>>,
}

/// What the servers gave one after the other.
pub(super) type Slice = Vec<(Rival, f64)>;

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

    pub(super) fn add(&mut self, round: Vec<Slice>) {
        self.rounds.push(round);
    }

    /// The median of a server's figures; nothing if it was not measured.
    pub(super) fn figure(&self, rival: Rival) -> Option<f64> {
        let slices = self.rounds.iter().flatten();
        let figures: Vec<f64> = slices.filter_map(|slice| of(slice, rival)).collect();
        (!figures.is_empty()).then(|| median(figures))
    }

    /// What the goal is held against; nothing when the other server is not installed. Of a round, it is the median of its
    /// slices; the median of all rounds is that of all their slices.
    pub(super) fn outcome(&self) -> Option<Outcome> {
        let one = |slice: &Slice| {
            let ours = of(slice, Rival::Ours)?;
            Some(match self.row.goal {
                Goal::AtLeast { over, .. } | Goal::AtMost { over, .. } => ours / of(slice, over)?,
                Goal::Within { .. } => ours,
            })
        };
        let ratios = |round: &Vec<Slice>| round.iter().filter_map(one).collect::<Vec<f64>>();
        let rounds: Vec<Vec<f64>> = self.rounds.iter().map(ratios).collect();
        let all: Vec<f64> = rounds.concat();
        let medians = rounds.into_iter().filter(|round| !round.is_empty());
        let medians: Vec<f64> = medians.map(median).collect();
        (!all.is_empty()).then(|| Outcome {
            median: median(all),
            least: medians.iter().copied().fold(f64::INFINITY, f64::min),
            most: medians.iter().copied().fold(0.0, f64::max),
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

fn of(slice: &[(Rival, f64)], rival: Rival) -> Option<f64> {
    slice
        .iter()
        .find(|(one, _)| *one == rival)
        .map(|(_, figure)| *figure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::rows::ROWS;

    fn row(name: &str) -> Measured {
        let row = ROWS.iter().find(|row| row.name == name);
        Measured::new(row.expect("a row"))
    }

    #[test]
    fn a_ratio_is_made_within_a_slice_and_not_between_medians() {
        let mut measured = row("latency p99");
        for pairs in [
            // The machine is three times as slow from slice to slice; the ratio stays.
            vec![(100.0, 120.0), (300.0, 360.0), (900.0, 1080.0)],
            // One slice of one server is disturbed, of the other another one.
            vec![(100.0, 5000.0), (9000.0, 110.0), (100.0, 130.0)],
        ] {
            let slice = |(raw, ours)| vec![(Rival::Raw, raw), (Rival::Ours, ours)];
            measured.add(pairs.into_iter().map(slice).collect());
        }
        let outcome = measured.outcome().expect("an outcome");
        let near = |figure: f64, wanted: f64| assert!((figure - wanted).abs() < 1e-9, "{figure}");
        near(outcome.median, 1.2);
        near(outcome.least, 1.2);
        near(outcome.most, 1.3);
        assert_eq!(measured.verdict(), Verdict::Reach);
        assert_eq!(measured.figure(Rival::Raw), Some(300.0));
    }

    #[test]
    fn without_the_other_server_there_is_no_verdict() {
        let mut measured = row("requests, C=50, P=32");
        measured.add(vec![vec![(Rival::Ours, 5.0)]]);
        assert_eq!(measured.verdict(), Verdict::Unknown);
        measured.add(vec![vec![(Rival::Redis, 4.0), (Rival::Ours, 6.0)]]);
        assert_eq!(measured.verdict(), Verdict::Aim);
    }
}
