//! The curves as small multiples: what is varied grows to the right, by powers; the cost grows upwards from nought.

use super::Drawn;
use crate::figures::short;
use crate::rival::Rival;
use std::fmt::Write as _;

/// A curve's share of the picture.
const CELL: (f64, f64) = (260.0, 190.0);
/// The part of it where the line is drawn.
const PLOT: (f64, f64) = (190.0, 100.0);
const COLUMNS: usize = 3;

/// An SVG with a small chart for each curve: actionline's in blue, the bare server's in grey.
pub(super) fn svg(all: &[Drawn]) -> String {
    let cells: Vec<&[Drawn]> = all
        .chunk_by(|one, next| std::ptr::eq(one.curve, next.curve))
        .collect();
    let (width, height) = (
        CELL.0 * COLUMNS as f64,
        CELL.1 * cells.len().div_ceil(COLUMNS) as f64,
    );
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n\
         <title>What a request or a delivery costs as one thing grows; flat is good. Blue is actionline, grey is raw tokio</title>\n\
         <style>text{{fill:#24292f}}@media(prefers-color-scheme:dark){{text{{fill:#e6edf3}}}}</style>\n"
    );
    for (index, cell) in cells.into_iter().enumerate() {
        let left = CELL.0 * (index % COLUMNS) as f64 + 40.0;
        let top = CELL.1 * (index / COLUMNS) as f64 + 40.0;
        draw(&mut out, cell, left, top);
    }
    out + "</svg>\n"
}

/// One chart with all its lines; they have the same points.
fn draw(out: &mut String, lines: &[Drawn], left: f64, top: f64) {
    let Some(first) = lines.first() else { return };
    let bottom = top + PLOT.1;
    let points = lines.iter().flat_map(|line| &line.points);
    let most = points.fold(0.0f64, |most, it| most.max(it.1));
    let power = |point: usize| (point as f64 + 1.0).ln();
    let ends = first.points.first().zip(first.points.last());
    let (low, high) = ends.map_or((0.0, 1.0), |(a, b)| (power(a.0), power(b.0)));
    let place = |(point, figure): (usize, f64)| {
        let share = (power(point) - low) / (high - low).max(f64::EPSILON);
        (left + share * PLOT.0, bottom - figure / most * PLOT.1)
    };
    let _ = writeln!(
        out,
        "<text x=\"{left}\" y=\"{}\" font-weight=\"600\">{}: {}</text>\
         <path d=\"M{left} {top}V{bottom}h{}\" fill=\"none\" stroke=\"#8b949e\"/>",
        top - 22.0,
        first.curve.name,
        first.curve.unit,
        PLOT.0,
    );
    for (point, _) in &first.points {
        let (x, _) = place((*point, 0.0));
        let _ = writeln!(
            out,
            "<text x=\"{x:.0}\" y=\"{:.0}\" text-anchor=\"middle\" font-size=\"10\">{point}</text>",
            bottom + 14.0,
        );
    }
    for line in lines {
        // Their figures stand above the line, the others' below it.
        let (colour, off) = match line.rival {
            Rival::Ours => ("#2f81f7", -6.0),
            _ => ("#8b949e", 14.0),
        };
        let places: Vec<(f64, f64)> = line.points.iter().map(|point| place(*point)).collect();
        let path: Vec<String> = places
            .iter()
            .map(|(x, y)| format!("{x:.0},{y:.0}"))
            .collect();
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            path.join(" ")
        );
        for ((x, y), (_, figure)) in places.iter().zip(&line.points) {
            let _ = writeln!(
                out,
                "<circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"3\" fill=\"{colour}\"/>\
                 <text x=\"{x:.0}\" y=\"{:.0}\" text-anchor=\"middle\" font-size=\"10\">{}</text>",
                y + off,
                short(*figure),
            );
        }
    }
}
