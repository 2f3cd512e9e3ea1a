//! Who has how many points. Knows nothing of sockets.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

/// The score board.
#[derive(Debug, Default)]
pub struct Board(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    totals: HashMap<String, i64>,
    banned: HashSet<String>,
}

/// The player may not score.
#[derive(Debug, PartialEq, Eq)]
pub struct Banned;

impl Board {
    pub fn add(&self, player: &str, points: u32) -> Result<i64, Banned> {
        let mut inner = self.0.lock().expect("no holder panics");
        if inner.banned.contains(player) {
            return Err(Banned);
        }
        let total = inner.totals.entry(player.to_owned()).or_default();
        *total += i64::from(points);
        Ok(*total)
    }

    pub fn ban(&self, player: &str) {
        let mut inner = self.0.lock().expect("no holder panics");
        inner.banned.insert(player.to_owned());
    }

    /// Players and totals, the best first, equals by name.
    pub fn ranking(&self) -> Vec<(String, i64)> {
        let inner = self.0.lock().expect("no holder panics");
        let mut all: Vec<(String, i64)> = inner.totals.clone().into_iter().collect();
        all.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_come_first_and_the_banned_score_no_more() {
        let board = Board::default();
        assert_eq!(board.add("bob", 2), Ok(2));
        assert_eq!(board.add("ann", 5), Ok(5));
        board.ban("bob");
        assert_eq!(board.add("bob", 1), Err(Banned));
        assert_eq!(
            board.ranking(),
            [("ann".to_owned(), 5), ("bob".to_owned(), 2)]
        );
    }
}
