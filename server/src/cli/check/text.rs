//! The report for people.

use super::super::done::count;
use super::Report;
use actionline_specs::Level;

pub(super) fn render(report: &Report, colour: bool) -> String {
    let mut text = String::new();
    for file in report.read.iter().filter(|file| !file.list.is_empty()) {
        text.push_str(&file.render(colour));
        text.push('\n');
    }
    if !report.read.is_empty() {
        text.push_str(&summary(report));
        text.push('\n');
    }
    text
}

fn summary(report: &Report) -> String {
    let specs = count(report.read.len(), "spec");
    let faulty = report.read.iter().filter(|file| file.is_faulty()).count();
    let mut line = match report.count(Level::Error) {
        0 => format!("{specs}, {}: no faults", count(report.actions, "action")),
        faults => format!("{} in {faulty} of {specs}", count(faults, "fault")),
    };
    let warnings = report.count(Level::Warning);
    if warnings > 0 {
        line.push_str(&format!(", {}", count(warnings, "warning")));
    }
    line
}
