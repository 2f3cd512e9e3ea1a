//! The curves as text for people and as JSON for programs.

use super::Drawn;
use crate::figures::short;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A Markdown table: a row for each curve.
pub(super) fn text(about: &str, all: &[Drawn]) -> String {
    let mut text = format!(
        "{about}\n\n| varied | figure | server | at so many: so much |\n|---|---|---|---|\n"
    );
    for drawn in all {
        let points: Vec<String> = drawn
            .points
            .iter()
            .map(|(point, figure)| format!("{point}: {}", short(*figure)))
            .collect();
        let (name, unit, server) = (drawn.curve.name, drawn.curve.unit, drawn.rival.label());
        let _ = writeln!(
            text,
            "| {name} | {unit} | {server} | {} |",
            points.join(", ")
        );
    }
    text
}

pub(super) fn json(about: &str, all: &[Drawn]) -> String {
    let curves: Vec<Value> = all
        .iter()
        .map(|drawn| {
            let points = drawn.points.iter();
            let points: Vec<Value> = points
                .map(|(point, figure)| json!({ "at": point, "median": figure }))
                .collect();
            json!({ "varied": drawn.curve.name, "unit": drawn.curve.unit, "server": drawn.rival.label(), "points": points })
        })
        .collect();
    format!("{:#}", json!({ "about": about, "curves": curves }))
}
