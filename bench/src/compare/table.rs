//! The figures as text for people and as JSON for programs.

use super::measured::Measured;
use super::rows::Goal;
use crate::figures::short;
use crate::rival::Rival;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// How a row stands to its goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Aim,
    Reach,
    Missed,
    /// The server to compare with is not installed.
    Unknown,
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Self::Aim => "aim",
            Self::Reach => "reach",
            Self::Missed => "MISSED",
            Self::Unknown => "not compared",
        }
    }
}

/// A Markdown table, which is readable as it is.
pub(super) fn text(about: &str, rows: &[Measured]) -> String {
    let mut text = format!("{about}\n\n");
    text += "| figure | unit | raw tokio | Redis | actionline | held against the goal (least – most) | goal: reach, aim | met |\n";
    text += "|---|---|--:|--:|--:|--:|---|---|\n";
    for measured in rows {
        let row = measured.row;
        let figure = |rival| measured.figure(rival).map_or("–".to_owned(), short);
        let outcome = match measured.outcome() {
            Some(it) => format!(
                "**{}** ({} – {})",
                short(it.median),
                short(it.least),
                short(it.most)
            ),
            None => "–".to_owned(),
        };
        let goal = match row.goal {
            Goal::AtLeast { over, reach, aim } => {
                format!("× {} ≥ {}, ≥ {}", over.label(), short(reach), short(aim))
            }
            Goal::AtMost { over, reach, aim } => {
                format!("× {} ≤ {}, ≤ {}", over.label(), short(reach), short(aim))
            }
            Goal::Within { reach, aim } => format!("≤ {}, ≤ {}", short(reach), short(aim)),
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {outcome} | {goal} | {} |",
            row.name,
            row.unit,
            figure(Rival::Raw),
            figure(Rival::Redis),
            figure(Rival::Ours),
            measured.verdict().word()
        );
    }
    text
}

pub(super) fn json(about: &str, rows: &[Measured]) -> String {
    let rows: Vec<Value> = rows
        .iter()
        .map(|measured| {
            let figures: serde_json::Map<String, Value> = Rival::ALL
                .into_iter()
                .filter_map(|rival| {
                    Some((rival.label().to_owned(), json!(measured.figure(rival)?)))
                })
                .collect();
            let outcome = measured.outcome();
            json!({
                "figure": measured.row.name,
                "unit": measured.row.unit,
                "medians": figures,
                "outcome": outcome.map(|it| json!({ "median": it.median, "least": it.least, "most": it.most })),
                "met": measured.verdict().word(),
            })
        })
        .collect();
    format!("{:#}", json!({ "about": about, "rows": rows }))
}
