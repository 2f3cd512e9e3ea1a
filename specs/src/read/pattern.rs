//! `pattern`: only what the `regex` crate and ECMA-262 with the `u` flag (which JSON Schema means) read the same way.

mod portable;

use super::Problems;
use crate::node::Node;
use crate::{Mistake, Pattern, Span};
use portable::Trouble;
use std::ops::Range;

/// Reads a pattern; nothing, and everything that is wrong with it told, when the two would differ.
pub(super) fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Pattern> {
    let source = problems.text("pattern", node)?.to_owned();
    match portable::compile(&source) {
        Ok(regex) => Some(Pattern { source, regex }),
        Err(troubles) => {
            for Trouble {
                range,
                message,
                help,
            } in troubles
            {
                let at = place(node, &source, range, problems);
                let problem = Mistake::BadPattern.at(at, format!("`pattern` {message}"));
                problems.report(match help {
                    Some(help) => problem.help(help),
                    None => problem,
                });
            }
            None
        }
    }
}

/// The part of a pattern in the file; the whole pattern when it is written with YAML escapes.
fn place(node: &Node, source: &str, range: Range<usize>, problems: &Problems<'_>) -> Span {
    match problems.quote(node.at).find(source) {
        Some(before) => {
            let start = node.at.start + before + range.start;
            problems.places(node.at).span(start, range.len())
        }
        None => node.at,
    }
}
