//! The curves as small multiples: what is varied grows to the right, by powers; the cost grows upwards from nought.

use super::Drawn;
use std::fmt::Write as _;

/// A curve's share of the picture.
const CELL: (f64, f64) = (260.0, 190.0);
/// The part of it where the line is drawn.
const PLOT: (f64, f64) = (190.0, 100.0);
const COLUMNS: usize = 3;

/// An SVG with a small chart for each curve.
pub(super) fn svg(all: &[Drawn]) -> String {
    let (width, height) = (
        CELL.0 * COLUMNS as f64,
        CELL.1 * all.len().div_ceil(COLUMNS) as f64,
    );
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n\
         <title>What a request or a delivery costs as one thing grows; flat is good</title>\n\
         <style>text{{fill:#24292f}}@media(prefers-color-scheme:dark){{text{{fill:#e6edf3}}}}</style>\n"
    );
    for (index, drawn) in all.iter().enumerate() {
        let left = CELL.0 * (index % COLUMNS) as f64 + 40.0;
        let top = CELL.1 * (index / COLUMNS) as f64 + 40.0;
        cell(&mut out, drawn, left, top);
    }
    out + "</svg>\n"
}

fn cell(out: &mut String, drawn: &Drawn, left: f64, top: f64) {
    let bottom = top + PLOT.1;
    let most = drawn.points.iter().fold(0.0f64, |most, it| most.max(it.1));
    let power = |point: usize| (point as f64 + 1.0).ln();
    let ends = drawn.points.first().zip(drawn.points.last());
    let (low, high) = ends.map_or((0.0, 1.0), |(a, b)| (power(a.0), power(b.0)));
    let place = |(point, figure): (usize, f64)| {
        let share = (power(point) - low) / (high - low).max(f64::EPSILON);
        (left + share * PLOT.0, bottom - figure / most * PLOT.1)
    };
    let _ = writeln!(
        out,
        "<text x=\"{left}\" y=\"{}\" font-weight=\"600\">{}, {}</text>\
         <path d=\"M{left} {top}V{bottom}h{}\" fill=\"none\" stroke=\"#8b949e\"/>",
        top - 18.0,
        drawn.curve.name,
        drawn.curve.unit,
        PLOT.0,
    );
    let line: Vec<String> = drawn
        .points
        .iter()
        .map(|point| {
            let (x, y) = place(*point);
            format!("{x:.0},{y:.0}")
        })
        .collect();
    let _ = writeln!(
        out,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#2f81f7\" stroke-width=\"2\"/>",
        line.join(" ")
    );
    for point in &drawn.points {
        let (x, y) = place(*point);
        let _ = writeln!(
            out,
            "<circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"3\" fill=\"#2f81f7\"/>\
             <text x=\"{x:.0}\" y=\"{:.0}\" text-anchor=\"middle\" font-size=\"10\">{:.2}</text>\
             <text x=\"{x:.0}\" y=\"{:.0}\" text-anchor=\"middle\" font-size=\"10\">{}</text>",
            y - 6.0,
            point.1,
            bottom + 14.0,
            point.0,
        );
    }
}
