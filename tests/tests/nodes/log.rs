//! What happened on every connection, as its client saw it.

use std::time::Duration;

/// One connection.
#[derive(Debug, Default)]
pub struct Life {
    /// Which client, and its how manieth connection.
    pub name: String,
    pub node: usize,
    pub id: String,
    pub stays: Vec<Stay>,
    pub said: Vec<Said>,
    pub heard: Vec<Heard>,
    /// What it was told may be missing: since when, and when it was told.
    pub gaps: Vec<(Duration, Duration)>,
    /// When it heard anything last.
    pub last: Duration,
    /// What it saw in the end, if it was there.
    pub seen: Option<Seen>,
}

/// A time within which it was in a room for certain.
#[derive(Debug)]
pub struct Stay {
    pub room: &'static str,
    /// Its node had said so.
    pub here: Duration,
    /// Its node had said that the others know.
    pub known: Option<Duration>,
    /// It asked to go elsewhere.
    pub until: Duration,
}

/// The message with the number of its place.
#[derive(Debug)]
pub struct Said {
    pub room: &'static str,
    pub sent: Duration,
    /// When it was answered, and whether for all nodes.
    pub answered: Option<(Duration, bool)>,
}

/// A message of another.
#[derive(Debug)]
pub struct Heard {
    pub from: String,
    pub number: usize,
    pub room: String,
    pub at: Duration,
}

/// The end.
#[derive(Debug)]
pub struct Seen {
    pub room: &'static str,
    pub count: u64,
    /// Something was for its own node only.
    pub local: bool,
}

/// What clients cannot see.
#[derive(Debug, Default)]
pub struct Past {
    /// Redis was killed, and came back without what it knew.
    pub emptied: Vec<(Duration, Duration)>,
    /// A node began anew.
    pub born: Vec<(usize, Duration)>,
}

impl Life {
    /// The same in words that are alike in two runs: ids are not.
    pub fn tell(&self, all: &[Life]) -> String {
        let name = |id: &str| {
            let found = all.iter().find(|life| life.id == id);
            found.map_or("?", |life| &life.name)
        };
        let heard = self.heard.iter();
        let heard: Vec<_> = heard
            .map(|heard| (name(&heard.from), heard.number, &heard.room, heard.at))
            .collect();
        format!(
            "{} {:?} {:?} {heard:?} {:?} {:?}",
            self.name, self.stays, self.said, self.gaps, self.seen
        )
    }
}
