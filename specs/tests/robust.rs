//! Whatever a file holds: loading never panics, and every place it names lies in the text.

use actionline_specs::{Source, Span, load};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const SHIPPED: &str = include_str!("../../actions.yaml");

/// Pieces that mean something to YAML or to a spec.
const PIECES: &[&str] = &[
    "actionline: 1\n",
    "info: { title: T, version: 1.0.0 }\n",
    "actions:\n",
    "common:\n",
    "params:",
    "returns: file",
    "include: [a.yaml]\n",
    "schemas: { A: { $ref: '#/schemas/A' } }\n",
    "pushes:",
    "fields:",
    "items:",
    "properties:",
    "$ref: '#/schemas/A'",
    "format: uuid",
    "multipleOf: 0.1",
    "uniqueItems: true",
    "secret: true",
    "deprecated: x",
    "effect: read",
    "connection: required",
    "errors:",
    "examples:",
    "- send: a\n",
    "reply:",
    "enum: [1, x]",
    "pattern: '[a-z&&b]\\d'",
    "type: integer",
    "default: 1e999",
    "minimum: -5",
    "required: true",
    "description:",
    "  ",
    "    ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    ": ",
    "- ",
    "? ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "#",
    "|\n",
    ">-\n",
    "'",
    "\"",
    "\\u",
    "&a ",
    "*a",
    "<<: *a",
    "!!str ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\u{feff}",
    "\u{2028}",
    "é",
    "😀",
    "\0",
    "~",
    "0x",
    ".nan",
    "9223372036854775808",
];

/// Loads a text and looks at everything that is said about it.
fn examine(text: &str) -> Result<(), TestCaseError> {
    let Err(problems) = load(Source::new("x", text)) else {
        return Ok(());
    };
    prop_assert!(!problems.list.is_empty());
    let starts: Vec<usize> = problems
        .list
        .iter()
        .map(|problem| problem.at.start)
        .collect();
    prop_assert!(starts.is_sorted(), "{:?}", starts);
    for problem in &problems.list {
        inside(text, problem.at)?;
        for at in problem.notes.iter().filter_map(|note| note.at) {
            inside(text, at)?;
        }
        let brief = problem.brief(&problems.source);
        prop_assert!(
            !brief.is_empty() && !brief.contains(char::is_control),
            "{:?}",
            brief
        );
    }
    prop_assert!(problems.render(true).len() >= problems.to_string().len());
    Ok(())
}

fn inside(text: &str, at: Span) -> Result<(), TestCaseError> {
    let slice = text.get(at.range());
    prop_assert!(slice.is_some(), "{:?} in {:?}", at, text);
    prop_assert!(
        at.len > 0 || at.start == text.len(),
        "{:?} in {:?}",
        at,
        text
    );
    let before = &text[..at.start];
    let line = before.matches('\n').count() + 1;
    let first = before.rfind('\n').map_or(0, |end| end + 1);
    let mark = usize::from(text.starts_with('\u{feff}') && line == 1);
    let column = before[first..].chars().count() + 1 - mark;
    prop_assert_eq!((at.line as usize, at.column as usize), (line, column));
    Ok(())
}

#[test]
fn what_a_message_repeats_stays_on_its_line_and_tells_a_terminal_nothing() {
    let head =
        "actionline: 1\ninfo: { title: T, version: 1.0.0 }\nactions:\n  a:\n    description: D.\n";
    let text = format!("{head}    returns: \"x\\n\\e[31m\"\n");
    let problems = load(Source::new("x", text)).expect_err("a wrong `returns`");
    assert!(problems.list[0].message.contains(r"not `x\n\u{1b}[31m`"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        examine(&text)?;
    }

    #[test]
    fn pieces_of_yaml(pieces in vec(select(PIECES), 0..40)) {
        examine(&pieces.concat())?;
    }

    #[test]
    fn the_shipped_spec_with_changes(
        changes in vec((0..SHIPPED.len(), 0..60usize, select(PIECES)), 1..4),
        line_end in select(vec!["\n", "\r\n"]),
    ) {
        let mut text = SHIPPED.to_owned();
        for (start, len, piece) in changes {
            let start = text.floor_char_boundary(start);
            let end = text.floor_char_boundary(start + len);
            text.replace_range(start..end, piece);
        }
        examine(&text.replace('\n', line_end))?;
    }
}
