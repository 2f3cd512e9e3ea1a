//! The ratios as a chart: one bar a row, a mark where its goal is.

use super::measured::Measured;
use super::rows::Goal;
use crate::figures::short;
use std::fmt::Write as _;

const LEFT: usize = 250;
const WIDTH: usize = 440;
const STEP: usize = 34;

/// An SVG with bars for every row that has an outcome: how much of its goal actionline reaches. 1 is what `reach` asks.
pub(super) fn svg(rows: &[Measured]) -> String {
    let shown: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((row, row.outcome()?)))
        .map(|(row, outcome)| {
            let better = |figure: f64, reach: f64| match row.row.goal {
                Goal::AtLeast { .. } => figure / reach,
                Goal::AtMost { .. } | Goal::Within { .. } => reach / figure,
            };
            let (Goal::AtLeast { reach, aim, .. }
            | Goal::AtMost { reach, aim, .. }
            | Goal::Within { reach, aim }) = row.row.goal;
            (
                row,
                outcome,
                better(outcome.median, reach),
                better(aim, reach),
            )
        })
        .collect();
    let most = shown
        .iter()
        .fold(1.0f64, |most, (_, _, bar, aim)| most.max(*bar).max(*aim));
    let x = |share: f64| LEFT as f64 + share / most * WIDTH as f64;
    let height = 60 + shown.len() * STEP;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 {height}\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
         <title>actionline beside its goals; longer is better</title>\n\
         <style>text{{fill:#24292f}}@media(prefers-color-scheme:dark){{text{{fill:#e6edf3}}}}</style>\n"
    );
    for (index, (row, outcome, bar, aim)) in shown.iter().enumerate() {
        let y = 40 + index * STEP;
        let end = x(*bar);
        let (text, mark) = (y + 15, x(*aim));
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{text}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{LEFT}\" y=\"{y}\" width=\"{:.0}\" height=\"20\" rx=\"3\" fill=\"#2f81f7\"/>\
             <line x1=\"{mark:.0}\" x2=\"{mark:.0}\" y1=\"{y}\" y2=\"{}\" stroke=\"#d29922\" stroke-width=\"3\"/>\
             <text x=\"{:.0}\" y=\"{text}\">{}</text>",
            LEFT - 10,
            row.row.name,
            end - LEFT as f64,
            y + 20,
            end.max(mark) + 8.0,
            short(outcome.median),
        );
    }
    let one = x(1.0);
    let _ = writeln!(
        out,
        "<line x1=\"{one:.0}\" x2=\"{one:.0}\" y1=\"30\" y2=\"{height}\" stroke=\"#cf222e\" stroke-dasharray=\"4 3\"/>\
         <text x=\"{one:.0}\" y=\"22\" text-anchor=\"middle\">reach</text>\n</svg>"
    );
    out
}
