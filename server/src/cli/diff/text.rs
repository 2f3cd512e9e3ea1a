//! The changes for a terminal.

use super::{of, place, summary};
use actionline_specs::diff::{Class, Diff};
use std::fmt::Write;

pub(super) fn render(found: &Diff) -> String {
    let mut text = String::new();
    for class in Class::ALL {
        for change in of(found, class) {
            let (kind, class) = (change.kind.word(), class.word());
            let _ = writeln!(
                text,
                "{class}[{kind}]: {}: {}",
                change.subject, change.message
            );
            let places = [
                ("old", &found.old, change.old),
                ("new", &found.new, change.new),
            ];
            for (which, source, at) in places {
                if let Some(place) = place(source, at) {
                    let _ = writeln!(text, "  {which}: {place}");
                }
            }
            text.push('\n');
        }
    }
    text + &summary(found) + "\n"
}
