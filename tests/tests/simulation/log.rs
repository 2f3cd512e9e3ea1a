//! What happened on every connection, as its client saw it.

use std::time::Duration;

/// One connection.
#[derive(Debug)]
pub struct Life {
    /// Which client, and its how manieth connection.
    pub name: String,
    pub id: String,
    pub stays: Vec<Stay>,
    pub said: Vec<Said>,
    pub heard: Vec<Heard>,
    /// It was there to the end, and everything it had asked was answered.
    pub stayed: bool,
}

/// A time within which it was in a room for certain.
#[derive(Debug)]
pub struct Stay {
    pub room: String,
    /// The server had said so.
    pub from: Duration,
    /// It asked to go elsewhere.
    pub until: Duration,
}

/// The message with the number of its place.
#[derive(Debug)]
pub struct Said {
    pub room: String,
    pub sent: Duration,
    pub answered: Option<Duration>,
}

/// A message of another.
#[derive(Debug)]
pub struct Heard {
    pub from: String,
    pub number: usize,
    pub room: String,
}

impl Life {
    /// Holds it against all the others.
    pub fn judge(&self, all: &[Life]) {
        for heard in &self.heard {
            assert_ne!(heard.from, self.id, "{} heard itself", self.name);
            // Who was cut off before it learnt its id may be anybody.
            let mut speakers = all
                .iter()
                .filter(|life| life.id == heard.from || life.id.is_empty());
            let said = |life: &Life| {
                life.said
                    .get(heard.number)
                    .is_some_and(|said| said.room == heard.room)
            };
            assert!(speakers.any(said), "{}: nobody said {heard:?}", self.name);
        }
        for speaker in all
            .iter()
            .filter(|life| life.id != self.id && !life.id.is_empty())
        {
            let numbers: Vec<usize> = self
                .heard
                .iter()
                .filter(|heard| heard.from == speaker.id)
                .map(|heard| heard.number)
                .collect();
            let names = (&self.name, &speaker.name);
            assert!(numbers.is_sorted_by(|a, b| a < b), "{names:?}: {numbers:?}");
            for stay in &self.stays {
                self.missed_nothing(stay, speaker, &numbers);
            }
        }
    }

    /// What was surely said while it was there, it heard: all that was acknowledged if it stayed to the end, else what
    /// came before something that it did hear.
    fn missed_nothing(&self, stay: &Stay, speaker: &Life, numbers: &[usize]) {
        let last = numbers.last().copied();
        for (number, said) in speaker.said.iter().enumerate() {
            let within = said.room == stay.room
                && said.sent >= stay.from
                && said.answered.is_some_and(|at| at <= stay.until);
            if within && (self.stayed || last.is_some_and(|last| number < last)) {
                assert!(
                    numbers.contains(&number),
                    "{} lost {number} of {}: {said:?} during {stay:?}, heard {numbers:?}",
                    self.name,
                    speaker.name
                );
            }
        }
    }
}
