//! docs/spec.md says what the tables of the language say.

use actionline_specs::grammar::{self, Shape};
use actionline_specs::{Effect, Format, Kind, Matcher};
use std::path::Path;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/spec.md");
    std::fs::read_to_string(path).expect("the page")
}

/// The page has a table of just these rows.
fn has(page: &str, what: &str, rows: impl IntoIterator<Item = (&'static str, &'static str)>) {
    let rows = rows.into_iter();
    let table: String = rows
        .map(|(word, meaning)| format!("| `{word}` | {meaning} |\n"))
        .collect();
    assert!(
        page.contains(&format!("|---|---|\n{table}\n")),
        "{what}: docs/spec.md lacks this table:\n{table}"
    );
}

#[test]
fn the_page_has_every_key() {
    let page = page();
    let shapes: [&Shape; 10] = [
        &grammar::SPEC,
        &grammar::INFO,
        &grammar::ACTION,
        &grammar::PARAM,
        &grammar::FIELD,
        &grammar::ERROR,
        &grammar::PUSH,
        &grammar::EXAMPLE,
        &grammar::OTHER,
        &grammar::LINTS,
    ];
    for shape in shapes {
        // The rest of a field is that of a param.
        let own = |word: &str| grammar::SCHEMA.word(word).is_none();
        let words = shape.words();
        let words = words.filter(|word| shape.what != grammar::FIELD.what || own(word.word));
        has(
            &page,
            shape.what,
            words.map(|word| (word.word, word.meaning)),
        );
    }
}

#[test]
fn the_page_has_every_word() {
    let page = page();
    has(
        &page,
        "types",
        Kind::NAMED.map(|kind| (kind.word(), kind.meaning())),
    );
    has(
        &page,
        "formats",
        Format::ALL.map(|format| (format.word(), format.meaning())),
    );
    has(
        &page,
        "effects",
        Effect::ALL.map(|effect| (effect.word(), effect.meaning())),
    );
    for matcher in Matcher::ALL {
        assert!(
            page.contains(&format!("`{}`", matcher.word())),
            "{}",
            matcher.word()
        );
    }
}
