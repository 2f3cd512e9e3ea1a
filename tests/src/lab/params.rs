//! Actions that give back what they were given.

use actionline::{Param, Reply, action};
use serde_json::{Map, Value};

/// What was given, of every kind.
#[derive(Debug, Reply)]
pub struct Kinds {
    text: Option<String>,
    whole: Option<i64>,
    real: Option<f64>,
    flag: Option<bool>,
    list: Option<Vec<Value>>,
    map: Option<Map<String, Value>>,
    any: Option<Value>,
}

/// Returns what it got.
#[action(spec = "src/lab.yaml")]
pub fn kinds(
    text: Option<&str>,
    whole: Option<i64>,
    real: Option<f64>,
    flag: Option<bool>,
    list: Option<Vec<Value>>,
    map: Option<Map<String, Value>>,
    any: Option<Value>,
) -> Kinds {
    Kinds {
        text: text.map(str::to_owned),
        whole,
        real,
        flag,
        list,
        map,
        any,
    }
}

/// How hard a board is.
#[derive(Debug, Clone, Copy, Param, Reply)]
pub enum Level {
    /// Not at all.
    Low,
    /// Very.
    VeryHigh,
}

/// A board.
#[derive(Debug, Param, Reply)]
pub struct Board {
    title: Title,
    rows: Option<Vec<Vec<u8>>>,
}

/// The name of a board.
#[derive(Debug, Param, Reply)]
pub struct Title(String);

/// Values within values.
#[derive(Debug, Reply)]
pub struct BoardGot {
    level: Level,
    owner: Option<uuid::Uuid>,
    at: Option<jiff::Timestamp>,
    board: Board,
}

/// Returns what it got.
#[action(spec = "src/lab.yaml")]
pub fn board(
    level: Level,
    owner: Option<uuid::Uuid>,
    at: Option<jiff::Timestamp>,
    board: Board,
) -> BoardGot {
    BoardGot {
        level,
        owner,
        at,
        board,
    }
}

/// Is called only with params that break no rule.
#[action(spec = "src/lab.yaml")]
pub fn rules(_ttl: Option<u8>, _ratio: Option<f64>, _level: Option<&str>, _key: Option<&str>) {}

/// What was given, and the default.
#[derive(Debug, Reply)]
pub struct Needs {
    name: String,
    count: i64,
    unit: String,
}

/// Returns what it got. It waits for nothing, but may: its params are kept for it.
#[action(spec = "src/lab.yaml")]
pub async fn needs(name: &str, count: i64, unit: &str) -> Needs {
    Needs {
        name: name.to_owned(),
        count,
        unit: unit.to_owned(),
    }
}

/// The common params.
#[derive(Debug, Reply)]
pub struct Page {
    limit: i64,
    offset: i64,
}

/// Returns the common params.
#[action(spec = "src/lab.yaml")]
pub fn page(limit: i64, offset: i64) -> Page {
    Page { limit, offset }
}

/// Is called only with the right form of a secret.
#[action(spec = "src/lab.yaml")]
pub fn login(user: &str, password: &str, keys: Option<Map<String, Value>>) {
    let _ = (user, password, keys);
}
