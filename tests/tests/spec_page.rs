//! docs/spec.md lists what the code knows.

use actionline_specs::{Format, Kind, Matcher, Rule};
use std::path::Path;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/spec.md");
    std::fs::read_to_string(path).expect("the page")
}

#[test]
fn every_rule_type_and_matcher_is_on_the_page() {
    let page = page();
    for rule in Rule::WORDS {
        assert!(
            page.contains(&format!("| `{}` |", rule.word)),
            "{}",
            rule.word
        );
    }
    for kind in Kind::NAMED {
        assert!(page.contains(&format!("`{kind}`")), "{kind}");
    }
    for format in Format::ALL {
        assert!(
            page.contains(&format!("`{}`", format.word())),
            "{}",
            format.word()
        );
    }
    for matcher in Matcher::ALL {
        assert!(
            page.contains(&format!("`{}`", matcher.word())),
            "{}",
            matcher.word()
        );
    }
}

/// Each key that the page's tables name is one that the loader takes where the page says so, and a made-up one is not.
#[test]
fn every_key_on_the_page_is_known_to_the_loader() {
    let page = page();
    let section = |title: &str| {
        let start = page
            .split(&format!("## `{title}`\n"))
            .nth(1)
            .expect("a section");
        let text = start.split("\n## ").next().unwrap_or_default();
        let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
        let keys = rows.filter_map(|row| row.split('`').next());
        keys.map(str::to_owned).collect::<Vec<_>>()
    };
    let unknown = |param: &str, example: &str| {
        let text = format!(
            "actionline: 1\ninfo: {{ title: t, version: v }}\nactions:\n  a:\n    params:\n      p: {{ {param} }}\n    examples:\n      - {{ send: a, {example} }}\n"
        );
        let faults = actionline_specs::load(actionline_specs::Source::new("a.yaml", text));
        faults.is_err_and(|faults| faults.to_string().contains("has no key"))
    };
    assert!(unknown("madeUp: 1", "reply: {}"));
    assert!(unknown("", "madeUp: 1"));
    for key in section("params") {
        assert!(!unknown(&format!("{key}: 1"), "reply: {}"), "param {key}");
    }
    for key in section("examples") {
        assert!(!unknown("", &format!("{key}: x")), "example {key}");
    }
}
