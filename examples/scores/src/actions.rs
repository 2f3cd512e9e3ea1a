//! One function for each action of `actions.yaml`.

use crate::board::Board;
use actionline::{ActionError, Connection, Reply, State, action};

/// What `scoreAdd` answers.
#[derive(Debug, PartialEq, Reply)]
pub struct ScoreAdded {
    total: i64,
}

/// What `scoreAdd` refuses; the text stands in `actions.yaml`.
#[derive(Debug, PartialEq, ActionError)]
pub enum ScoreAddError {
    Banned { player: String },
}

#[action]
pub fn score_add(
    player: &str,
    points: u32,
    note: Option<&str>,
    board: State<'_, Board>,
    conn: &Connection,
) -> Result<ScoreAdded, ScoreAddError> {
    let total = board
        .add(player, points)
        .map_err(|_| ScoreAddError::Banned {
            player: player.to_owned(),
        })?;
    if let Some(note) = note {
        conn.say(note);
    }
    Ok(ScoreAdded { total })
}

/// What `scoresTop` answers.
#[derive(Debug, Reply)]
pub struct ScoresTop {
    players: Vec<Ranked>,
    of: u64,
}

/// A player and the points so far.
#[derive(Debug, Reply)]
pub struct Ranked {
    player: String,
    total: i64,
}

#[action]
pub fn scores_top(limit: u8, offset: u64, board: State<'_, Board>) -> ScoresTop {
    let ranking = board.ranking();
    ScoresTop {
        of: ranking.len() as u64,
        players: ranking
            .into_iter()
            .skip(usize::try_from(offset).unwrap_or(usize::MAX))
            .take(usize::from(limit))
            .map(|(player, total)| Ranked { player, total })
            .collect(),
    }
}

#[action]
pub fn player_ban(player: &str, board: State<'_, Board>) {
    board.ban(player);
}
