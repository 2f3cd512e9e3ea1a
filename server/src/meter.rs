//! Requests by action: how many came to what, and how long they took. Sessions gather a turn's requests in a [`Run`] of
//! their own and add it at its end, so that no request touches memory that others write.

use actionline_specs::{Code, Fault};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What came of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    Ok,
    /// Refused with an error that the action's spec declares.
    Declared,
    /// Refused as the client's mistake, before anything was run.
    Invalid,
    /// Refused because the client may not.
    Forbidden,
    /// Refused by a limit.
    Limit,
    Overloaded,
    Timeout,
    /// A handler failed without panicking.
    Internal,
    Panic,
}

/// The words of [`Came`] in metrics and spans, in its order.
pub(crate) const OUTCOMES: [&str; 9] = [
    "ok",
    "declared",
    "invalid",
    "forbidden",
    "limit",
    "overloaded",
    "timeout",
    "internal",
    "panic",
];

impl Came {
    /// What a refused request came to.
    pub(crate) fn of(fault: &Fault) -> Self {
        match Code::from_word(&fault.code) {
            None => Self::Declared,
            Some(Code::InternalError) => Self::Internal,
            Some(Code::Overloaded) => Self::Overloaded,
            Some(Code::Timeout) => Self::Timeout,
            Some(Code::Forbidden) => Self::Forbidden,
            Some(_) if fault.limit.is_some() => Self::Limit,
            Some(_) => Self::Invalid,
        }
    }
}

/// Upper ends of the histogram's buckets, in microseconds.
pub(crate) const BOUNDS: [u64; 15] = [
    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 250_000, 1_000_000, 2_500_000,
    10_000_000, 30_000_000,
];

/// The row of what is no request, or has no known name.
pub(crate) const NO_NAME: usize = 0;

/// What stands for its name.
pub(crate) const UNNAMED: &str = "-";

/// One name's numbers.
#[derive(Debug, Default)]
struct Row {
    outcomes: [AtomicU64; OUTCOMES.len()],
    /// By [`BOUNDS`]; the last one has no bound.
    took: [AtomicU64; BOUNDS.len() + 1],
    nanos: AtomicU64,
}

/// The numbers of every name of a server. Rows are numbered: [`NO_NAME`], then the table's names in its order.
#[derive(Debug)]
pub(crate) struct Meter {
    names: Vec<String>,
    rows: Vec<Row>,
}

/// One row as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading<'a> {
    /// The verb's or action's name, `-` for none that is known.
    pub(crate) name: &'a str,
    pub(crate) outcomes: [u64; OUTCOMES.len()],
    pub(crate) took: [u64; BOUNDS.len() + 1],
    pub(crate) nanos: u64,
}

impl Meter {
    /// For these names, in the order of their rows.
    pub(crate) fn new(names: impl Iterator<Item = String>) -> Self {
        let names: Vec<String> = std::iter::once(UNNAMED.to_owned()).chain(names).collect();
        Self {
            rows: names.iter().map(|_| Row::default()).collect(),
            names,
        }
    }

    fn add(&self, run: &mut Run) {
        let row = &self.rows[run.row];
        let to = row.outcomes.iter().chain(&row.took);
        let from = run.outcomes.iter_mut().chain(&mut run.took);
        for (to, from) in to.zip(from).filter(|(_, from)| **from > 0) {
            to.fetch_add(std::mem::take(from).into(), Ordering::Relaxed);
        }
        row.nanos
            .fetch_add(std::mem::take(&mut run.nanos), Ordering::Relaxed);
    }

    /// Every row.
    pub(crate) fn read(&self) -> impl Iterator<Item = Reading<'_>> {
        let get = |number: &AtomicU64| number.load(Ordering::Relaxed);
        let rows = self.names.iter().zip(&self.rows);
        rows.map(move |(name, row)| Reading {
            name,
            outcomes: row.outcomes.each_ref().map(get),
            took: row.took.each_ref().map(get),
            nanos: get(&row.nanos),
        })
    }
}

/// Requests of one name that one session has run since it last told the [`Meter`].
#[derive(Debug, Default)]
pub(crate) struct Run {
    row: usize,
    any: bool,
    outcomes: [u32; OUTCOMES.len()],
    took: [u32; BOUNDS.len() + 1],
    nanos: u64,
}

impl Run {
    /// Counts a request; first tells the meter of those with another name.
    pub(crate) fn count(&mut self, meter: &Meter, row: usize, came: Came, took: Option<Duration>) {
        if row != self.row {
            self.tell(meter);
            self.row = row;
        }
        self.any = true;
        self.outcomes[came as usize] += 1;
        if let Some(took) = took {
            let micros = took.as_nanos().div_ceil(1000);
            let bucket = BOUNDS.partition_point(|bound| u128::from(*bound) < micros);
            self.took[bucket] += 1;
            self.nanos += u64::try_from(took.as_nanos()).unwrap_or(u64::MAX >> 20);
        }
    }

    /// Tells the meter what was counted.
    pub(crate) fn tell(&mut self, meter: &Meter) {
        if std::mem::take(&mut self.any) {
            meter.add(self);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meter() -> Meter {
        Meter::new(["quit", "ask"].map(str::to_owned).into_iter())
    }

    #[test]
    fn a_run_is_told_at_its_end_and_when_the_name_changes() {
        let (meter, mut run) = (meter(), Run::default());
        let ms = Duration::from_millis(1);
        run.count(&meter, 2, Came::Ok, Some(ms));
        run.count(&meter, 2, Came::Panic, Some(ms * 2));
        assert_eq!(meter.read().nth(2).unwrap().outcomes, [0; 9]);
        run.count(&meter, NO_NAME, Came::Invalid, None);
        let ask = meter.read().nth(2).unwrap();
        assert_eq!((ask.outcomes[0], ask.outcomes[8]), (1, 1));
        assert_eq!(ask.nanos, 3_000_000);
        run.tell(&meter);
        run.tell(&meter);
        let none = meter.read().next().unwrap();
        assert_eq!((none.name, none.outcomes[2]), ("-", 1));
        assert_eq!(none.took, [0; 16]);
    }

    #[test]
    fn a_bucket_holds_what_took_as_long_as_its_bound() {
        for (nanos, bucket) in [
            (0, 0),
            (50_000, 0),
            (50_001, 1),
            (1_000_000, 4),
            (30_000_000_000, 14),
            (30_000_000_001, 15),
        ] {
            let (meter, mut run) = (meter(), Run::default());
            let took = Duration::from_nanos(nanos);
            run.count(&meter, 1, Came::Ok, Some(took));
            run.tell(&meter);
            let quit = meter.read().nth(1).unwrap();
            assert_eq!(quit.took[bucket], 1, "{nanos}");
        }
    }
}
