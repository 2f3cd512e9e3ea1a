//! The flamegraph: each function as wide as its share of the time, on the one that called it.

use super::kinds::{Frame, Kind, of};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A function with what it called.
#[derive(Debug, Default)]
pub(super) struct Node {
    samples: usize,
    /// What they were spent for.
    kinds: BTreeMap<Kind, usize>,
    calls: BTreeMap<Frame, Node>,
}

const WIDTH: f64 = 1200.0;
const STEP: f64 = 17.0;
/// Room for the words above.
const TOP: f64 = 80.0;
/// The colour of functions that call some of this and some of that.
const MIXED: &str = "#dcdfe4";
/// What is narrower is not drawn.
const NARROW: f64 = 1.2;
/// About the width of a letter.
const LETTER: f64 = 6.2;

impl Node {
    /// All stacks in one tree.
    pub(super) fn tree(stacks: &[Vec<Frame>]) -> Self {
        let mut root = Self::default();
        for stack in stacks {
            let kind = of(stack);
            let mut node = &mut root;
            node.count(kind);
            for frame in stack {
                node = node.calls.entry(frame.clone()).or_default();
                node.count(kind);
            }
        }
        root
    }

    /// How many samples were spent for this.
    pub(super) fn samples_of(&self, kind: Kind) -> usize {
        self.kinds.get(&kind).copied().unwrap_or(0)
    }

    fn count(&mut self, kind: Kind) {
        self.samples += 1;
        *self.kinds.entry(kind).or_default() += 1;
    }

    /// The colour of what nearly all of its samples were spent for, or of a mixture.
    fn colour(&self) -> &'static str {
        let most = self.kinds.iter().max_by_key(|(_, samples)| **samples);
        match most {
            Some((kind, samples)) if samples * 10 >= self.samples * 9 => kind.told().1,
            _ => MIXED,
        }
    }

    fn depth(&self, wide: usize) -> usize {
        let calls = self.calls.values().filter(|call| call.samples >= wide);
        calls.map(|call| 1 + call.depth(wide)).max().unwrap_or(0)
    }
}

/// The picture; `about` stands above it. The outermost functions are at the top.
pub(super) fn svg(root: &Node, about: &str) -> String {
    let wide = (root.samples as f64 * NARROW / WIDTH).ceil() as usize;
    let height = TOP + STEP * root.depth(wide) as f64 + 4.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" font-family=\"system-ui, sans-serif\" font-size=\"11\">\n\
         <title>{about}</title>\n\
         <style>text{{fill:#1c2128}}.out{{fill:#24292f}}@media(prefers-color-scheme:dark){{.out{{fill:#e6edf3}}}}</style>\n\
         <text class=\"out\" x=\"4\" y=\"16\" font-size=\"13\">{about}</text>\n"
    );
    let found = Kind::ALL
        .into_iter()
        .filter(|kind| root.samples_of(*kind) > 0);
    let words = found.map(Kind::told).chain([("several of these", MIXED)]);
    let (mut left, mut top) = (4.0, 30.0);
    for (word, colour) in words {
        let width = 30.0 + word.len() as f64 * LETTER;
        if left + width > WIDTH {
            (left, top) = (4.0, top + STEP);
        }
        let _ = writeln!(
            out,
            "<rect x=\"{left:.0}\" y=\"{top}\" width=\"11\" height=\"11\" fill=\"{colour}\"/>\
             <text class=\"out\" x=\"{:.0}\" y=\"{}\">{word}</text>",
            left + 15.0,
            top + 10.0
        );
        left += width;
    }
    draw(&mut out, root, 0.0, TOP, root.samples, wide);
    out + "</svg>\n"
}

fn draw(out: &mut String, node: &Node, mut left: f64, top: f64, total: usize, wide: usize) {
    for (frame, call) in &node.calls {
        let width = call.samples as f64 / total as f64 * WIDTH;
        if call.samples >= wide {
            let share = call.samples as f64 / total as f64 * 100.0;
            let colour = call.colour();
            let name = escaped(&frame.name);
            let _ = write!(
                out,
                "<g><title>{name}, {share:.1} %</title><rect x=\"{left:.1}\" y=\"{top}\" width=\"{:.1}\" height=\"16\" fill=\"{colour}\"/>",
                (width - 0.4).max(0.4)
            );
            let letters = ((width - 4.0) / LETTER).max(0.0) as usize;
            if let Some(text) = fitting(&frame.name, letters) {
                let text = escaped(&text);
                let _ = write!(
                    out,
                    "<text x=\"{:.1}\" y=\"{}\">{text}</text>",
                    left + 2.0,
                    top + 12.0
                );
            }
            out.push_str("</g>\n");
            draw(out, call, left, top + STEP, total, wide);
        }
        left += width;
    }
}

/// A name in so many letters: all of it, its last parts, or nothing.
fn fitting(name: &str, letters: usize) -> Option<String> {
    let mut text = name;
    while text.chars().count() > letters {
        text = text.split_once("::")?.1;
    }
    Some(text.to_owned())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stack(names: &[&str]) -> Vec<Frame> {
        let frame = |name: &&str| Frame {
            name: (*name).to_owned(),
            kernel: name.starts_with("sys_"),
        };
        names.iter().map(frame).collect()
    }

    #[test]
    fn a_function_is_as_wide_as_its_share() {
        let root = Node::tree(&[
            stack(&["run", "actionline::table::find"]),
            stack(&["run", "write", "sys_write"]),
            stack(&["run", "write", "sys_write"]),
            stack(&["run", "write", "sys_<other>"]),
        ]);
        let svg = svg(&root, "a test");
        for wanted in [
            "<title>run, 100.0 %</title>",
            "<title>actionline::table::find, 25.0 %</title><rect x=\"0.0\"",
            "<title>write, 75.0 %</title><rect x=\"300.0\"",
            "<title>sys_&lt;other&gt;, 25.0 %</title>",
            ">reading and looking up requests</text>",
        ] {
            assert!(svg.contains(wanted), "{wanted} in\n{svg}");
        }
        assert!(!svg.contains("waiting for locks"));
    }

    #[test]
    fn a_name_that_does_not_fit_loses_its_beginning() {
        assert_eq!(fitting("a::bcd::ef", 10).as_deref(), Some("a::bcd::ef"));
        assert_eq!(fitting("a::bcd::ef", 9).as_deref(), Some("bcd::ef"));
        assert_eq!(fitting("a::bcd::ef", 6).as_deref(), Some("ef"));
        assert_eq!(fitting("a::bcd::ef", 1), None);
    }
}
