//! What everybody said and heard, and what that comes to.

use std::collections::HashSet;
use std::time::Duration;

/// Time since the run began.
pub(super) type At = Duration;

/// What a speaker was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Everywhere,
    Local,
    Refused,
}

/// One message of a speaker; its place is its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sent {
    pub(super) at: At,
    pub(super) answered: Option<(At, Answer)>,
}

/// One message that a member got.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heard {
    pub(super) speaker: u32,
    pub(super) number: u32,
    pub(super) at: At,
}

/// What one client has been through.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    pub(super) node: usize,
    /// When it was in the room; and when other nodes knew.
    pub(super) joined: At,
    pub(super) known: Option<At>,
    pub(super) sent: Vec<Sent>,
    pub(super) heard: Vec<Heard>,
    /// Notices that messages may be missing: since when, told when.
    pub(super) gaps: Vec<(At, At)>,
    /// Looks into the room: when, how many, and whether that was this node only.
    pub(super) views: Vec<(At, u64, bool)>,
    /// It was cut off: what it should have heard is nobody's loss.
    pub(super) gone: bool,
}

/// What it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Verdict {
    pub(super) confirmed: u64,
    pub(super) local: u64,
    pub(super) refused: u64,
    /// Confirmed for all nodes, and not heard by somebody who was told of no gap.
    pub(super) lost: u64,
    /// The same of those who were told.
    pub(super) excused: u64,
    /// Not heard by a member on the speaker's own node.
    pub(super) lost_here: u64,
    pub(super) doubled: u64,
    pub(super) reordered: u64,
    /// Confirmed, and heard on another node more than [`LATE`] after it was said.
    pub(super) late: u64,
    /// As late, without a confirmation: what was on its way when a link was cut is under no promise, and may come.
    pub(super) stray: u64,
    /// The slowest delivery on the speaker's own node.
    pub(super) slowest_here: Duration,
}

/// When a message is late.
pub(super) const LATE: Duration = Duration::from_secs(5);

/// Judges. `stood` is a node that stood still: its clients' own times are not counted.
pub(super) fn judge(records: &[Record], stood: Option<usize>) -> Verdict {
    let mut verdict = Verdict::default();
    for sent in records.iter().flat_map(|record| &record.sent) {
        match sent.answered {
            Some((_, Answer::Everywhere)) => verdict.confirmed += 1,
            Some((_, Answer::Local)) => verdict.local += 1,
            Some((_, Answer::Refused)) => verdict.refused += 1,
            None => {}
        }
    }
    let speakers = records.iter().enumerate();
    for (index, speaker) in speakers.filter(|(_, record)| !record.sent.is_empty()) {
        for (_, member) in records
            .iter()
            .enumerate()
            .filter(|(other, member)| *other != index && !member.gone)
        {
            judge_pair(&mut verdict, index, speaker, member, stood);
        }
    }
    verdict
}

fn judge_pair(
    verdict: &mut Verdict,
    index: usize,
    speaker: &Record,
    member: &Record,
    stood: Option<usize>,
) {
    let same = speaker.node == member.node;
    let waits = stood.is_some_and(|stood| [speaker.node, member.node].contains(&stood));
    let mut seen = HashSet::new();
    let mut next = 0;
    let from = member.heard.iter();
    for heard in from.filter(|heard| heard.speaker as usize == index) {
        let number = heard.number as usize;
        if !seen.insert(number) {
            verdict.doubled += 1;
        } else if number < next {
            verdict.reordered += 1;
        }
        next = next.max(number + 1);
        let Some(sent) = speaker.sent.get(number) else {
            continue;
        };
        let took = heard.at.saturating_sub(sent.at);
        if same && !waits {
            verdict.slowest_here = verdict.slowest_here.max(took);
        } else if !same && took > LATE && !waits {
            match sent.answered {
                Some((_, Answer::Everywhere)) => verdict.late += 1,
                _ => verdict.stray += 1,
            }
        }
    }
    let begins = match same {
        true => Some(member.joined),
        false => member.known,
    };
    for (number, sent) in speaker.sent.iter().enumerate() {
        if seen.contains(&number) || begins.is_none_or(|begins| sent.at < begins) {
            continue;
        }
        let excused = member
            .gaps
            .iter()
            .any(|(since, told)| *since <= sent.at && sent.at <= *told);
        match sent.answered {
            Some((_, Answer::Everywhere | Answer::Local)) if same => verdict.lost_here += 1,
            Some((_, Answer::Everywhere)) if excused => verdict.excused += 1,
            Some((_, Answer::Everywhere)) => verdict.lost += 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn record(node: usize, heard: &[usize]) -> Record {
        let heard = heard.iter().map(|number| Heard {
            speaker: 0,
            number: *number as u32,
            at: ms(10_000),
        });
        Record {
            node,
            known: Some(ms(0)),
            heard: heard.collect(),
            ..Record::default()
        }
    }

    #[test]
    fn each_fault_is_counted() {
        let mut speaker = record(0, &[]);
        for (number, answer) in [
            Answer::Everywhere,
            Answer::Everywhere,
            Answer::Local,
            Answer::Refused,
        ]
        .into_iter()
        .enumerate()
        {
            let at = ms(number as u64);
            speaker.sent.push(Sent {
                at,
                answered: Some((at, answer)),
            });
        }
        let all = |records: &[Record]| judge(records, None);
        let good = all(&[speaker.clone(), record(0, &[0, 1, 2]), record(1, &[0, 1])]);
        assert_eq!((good.confirmed, good.local, good.refused), (2, 1, 1));
        assert_eq!(
            (good.lost, good.lost_here, good.doubled, good.reordered),
            (0, 0, 0, 0)
        );
        assert_eq!((good.late, good.stray), (2, 0));
        let unconfirmed = all(&[speaker.clone(), record(1, &[0, 1, 2])]);
        assert_eq!((unconfirmed.late, unconfirmed.stray), (2, 1));
        let stood = judge(&[speaker.clone(), record(1, &[0, 1, 2])], Some(1));
        assert_eq!((stood.late, stood.stray), (0, 0));
        assert_eq!(all(&[speaker.clone(), record(1, &[0, 1, 1])]).doubled, 1);
        assert_eq!(all(&[speaker.clone(), record(1, &[1, 0])]).reordered, 1);
        assert_eq!(all(&[speaker.clone(), record(1, &[0])]).lost, 1);
        assert_eq!(all(&[speaker.clone(), record(0, &[0, 1])]).lost_here, 1);
        let mut told = record(1, &[0]);
        told.gaps.push((ms(1), ms(2)));
        let told = all(&[speaker.clone(), told]);
        assert_eq!((told.lost, told.excused), (0, 1));
        let mut gone = record(1, &[]);
        gone.gone = true;
        assert_eq!(all(&[speaker, gone]).lost, 0);
    }
}
