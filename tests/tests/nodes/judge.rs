//! The judgement: what every client saw is held against what all the others did.

use super::log::{Heard, Life, Past};
use std::time::Duration;

/// So long after the link is back everybody has been told of a gap, if it is up then, too: between two notices is a second.
const TOLD: Duration = Duration::from_millis(1100);
/// From a node to its own clients.
const PASSES: Duration = Duration::from_millis(50);
/// A link that keeps a message longer is given up: a second until its next sign of life, and a second that this may take.
const LATE: Duration = Duration::from_millis(2100);

/// When Redis has forgotten all, nodes come back one by one, the last one after its longest wait. Until then nobody can say
/// that all are reached.
const BACK: Duration = Duration::from_secs(2);
/// A node that is as young may know nobody whom it could miss.
const YOUNG: Duration = Duration::from_secs(1);

/// Holds everybody against all the others. Answers how many messages of other nodes were surely to be heard, and were.
pub fn judge(all: &[Life], past: &Past) -> usize {
    for life in all {
        life.promised_nothing_too_soon(past);
    }
    all.iter().map(|life| life.judge(all)).sum()
}

impl Life {
    fn judge(&self, all: &[Life]) -> usize {
        for heard in &self.heard {
            assert_ne!(heard.from, self.id, "{} heard itself", self.name);
            // Who was cut off before it learnt its id may be anybody.
            let mut speakers = all
                .iter()
                .filter(|life| life.id == heard.from || life.id.is_empty());
            let said = |life: &Life| {
                let said = life.said.get(heard.number);
                said.is_some_and(|said| said.room == heard.room)
            };
            assert!(speakers.any(said), "{}: nobody said {heard:?}", self.name);
        }
        let mut certain = 0;
        for speaker in all
            .iter()
            .filter(|life| life.id != self.id && !life.id.is_empty())
        {
            let from = |heard: &&Heard| heard.from == speaker.id;
            let heard: Vec<&Heard> = self.heard.iter().filter(from).collect();
            let numbers: Vec<usize> = heard.iter().map(|heard| heard.number).collect();
            let names = (&self.name, &speaker.name);
            assert!(
                numbers.is_sorted_by(|a, b| a < b),
                "{names:?}: doubled or out of order: {numbers:?}"
            );
            certain += self.missed_nothing(speaker, &heard);
        }
        self.sees_everybody(all);
        certain
    }

    /// What was surely said while it was there, it heard, or was told that something may be missing.
    fn missed_nothing(&self, speaker: &Life, heard: &[&Heard]) -> usize {
        let same = self.node == speaker.node;
        let told_all = self.told_all();
        let mut certain = 0;
        for (number, said) in speaker.said.iter().enumerate() {
            let Some((answered, everywhere)) = said.answered else {
                continue;
            };
            let there = self.stays.iter().any(|stay| {
                let begins = if same { Some(stay.here) } else { stay.known };
                // It may arrive when they have gone; what comes behind it shows that it did not.
                let behind = |heard: &&&Heard| heard.number > number && heard.at >= stay.here;
                let arrived = heard.iter().filter(behind).map(|heard| heard.at).min();
                let waits = if same { answered } else { answered + LATE };
                stay.room == said.room
                    && begins.is_some_and(|begins| said.sent >= begins)
                    && arrived.map_or(waits, |at| at.min(waits)) <= stay.until
            });
            let told =
                |(since, told): &(Duration, Duration)| said.sent <= *told && answered >= *since;
            let excused = !same && (!everywhere || self.gaps.iter().any(told));
            let knows = match same {
                true => answered + PASSES <= self.last,
                false => told_all.is_some_and(|then| answered + LATE <= then),
            };
            let judged = knows || self.seen.is_some();
            if there && judged && !excused {
                assert!(
                    heard.iter().any(|heard| heard.number == number),
                    "{} lost {number} of {}: {said:?}, gaps {:?}, stays {:?}",
                    self.name,
                    speaker.name,
                    self.gaps,
                    self.stays
                );
                certain += usize::from(!same);
            }
        }
        certain
    }

    /// Of whatever its node had noticed by then it was told before its end: the link was up then, and a while later.
    fn told_all(&self) -> Option<Duration> {
        let confirmed = self.said.iter().filter_map(|said| {
            let (at, everywhere) = said.answered?;
            everywhere.then_some((said.sent, at))
        });
        let last = confirmed.clone().map(|(_, at)| at).max()?;
        let early = confirmed.filter(|(_, at)| *at + TOLD <= last);
        early.map(|(sent, _)| sent).max()
    }

    fn promised_nothing_too_soon(&self, past: &Past) {
        for &(killed, back) in &past.emptied {
            let young = |(node, born): &(usize, Duration)| {
                *node == self.node && *born + YOUNG >= killed && *born < back + BACK
            };
            if killed < YOUNG || past.born.iter().any(young) {
                continue;
            }
            for said in &self.said {
                let soon = |at: Duration| said.sent >= killed && at < back + BACK;
                assert!(
                    said.answered.is_none_or(|(at, all)| !(all && soon(at))),
                    "{} was promised that all hear {said:?}; Redis was killed at {killed:?} and back at {back:?}",
                    self.name
                );
            }
        }
    }

    fn sees_everybody(&self, all: &[Life]) {
        let Some(seen) = &self.seen else {
            return;
        };
        let ends = all.iter().filter_map(|life| life.seen.as_ref());
        let count = ends.filter(|other| other.room == seen.room).count() as u64;
        assert_eq!(
            seen.count, count,
            "{} counts another number: {seen:?}",
            self.name
        );
        assert!(!seen.local, "{} has its own node only: {seen:?}", self.name);
    }
}
