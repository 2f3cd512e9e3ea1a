//! Every kind of change, from small specs: see `diff/cases.txt`. A case is written like a patch: lines with `-` are the
//! older spec's, lines with `+` the newer one's, those with a space stand in both. `=> ` is what is told of the way there, `<= `
//! of the way back. `BLESS=1 cargo test -p actionline-specs --test diff` writes what is told now: read the diff before
//! you keep it.

use actionline_specs::diff::{ChangeKind, Class, diff};
use actionline_specs::{Source, Spec, load};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "actionline: 1\n";
const INFO: &str = "info: { title: T, version: 1.0.0 }\n";

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff/cases.txt")
}

fn cases(text: &str) -> impl Iterator<Item = &str> {
    let cases = text.split("\n\n").map(|case| case.trim_matches('\n'));
    cases.filter(|case| !case.is_empty())
}

/// The lines of a case that are its specs, its title too.
fn snippet(case: &str) -> Vec<&str> {
    let told = |line: &&str| !line.starts_with("=> ") && !line.starts_with("<= ");
    case.lines().filter(told).collect()
}

/// The spec of one side.
fn side(case: &str, sign: char) -> Spec {
    let lines = snippet(case);
    let lines = lines.iter().filter(|line| !line.starts_with("## "));
    let own = lines.filter(|line| line.starts_with([' ', sign]));
    let text: String = own.map(|line| format!("{}\n", &line[1..])).collect();
    let info = if text.contains("info:") { "" } else { INFO };
    let source = Source::new("x", format!("{HEAD}{info}{text}"));
    load(source).unwrap_or_else(|problems| panic!("{case}\n{problems}"))
}

fn told(sign: &str, old: &Spec, new: &Spec) -> Vec<String> {
    let found = diff(old, new);
    let line = |place: Option<actionline_specs::Span>| {
        place.map_or("-".to_owned(), |at| at.line.to_string())
    };
    let changes = found.changes.iter().map(|change| {
        let kind = change.kind;
        let (class, kind) = (kind.class().word(), kind.word());
        let places = format!("{}/{}", line(change.old), line(change.new));
        format!(
            "{sign} {class} {kind} {places} {}: {}",
            change.subject, change.message
        )
    });
    changes.collect()
}

#[test]
fn every_case_says_what_it_should_both_ways() {
    let wanted = fs::read_to_string(path()).expect("the cases are there");
    let all: Vec<String> = cases(&wanted)
        .map(|case| {
            let (old, new) = (side(case, '-'), side(case, '+'));
            let mut out: Vec<String> = snippet(case).into_iter().map(str::to_owned).collect();
            let there = told("=>", &old, &new);
            let back = told("<=", &new, &old);
            assert_eq!(there.is_empty(), back.is_empty(), "{case}");
            out.extend(there.into_iter().chain(back));
            out.join("\n")
        })
        .collect();
    let all = all.join("\n\n") + "\n";
    if std::env::var_os("BLESS").is_some() {
        fs::write(path(), &all).expect("the cases can be written");
        return;
    }
    for (index, (wanted, told)) in wanted.lines().zip(all.lines()).enumerate() {
        assert_eq!(told, wanted, "cases.txt:{}", index + 1);
    }
    assert_eq!(all, wanted);
}

#[test]
fn every_kind_has_a_case() {
    let text = fs::read_to_string(path()).expect("the cases are there");
    let lines = text.lines();
    let lines = lines.filter(|line| line.starts_with("=> ") || line.starts_with("<= "));
    let shown: BTreeSet<&str> = lines.filter_map(|line| line.split(' ').nth(2)).collect();
    let table: BTreeSet<&str> = ChangeKind::ALL.iter().map(|kind| kind.word()).collect();
    assert_eq!(table.len(), ChangeKind::ALL.len(), "a word stands twice");
    let missing: Vec<_> = table.difference(&shown).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
    assert_eq!(shown, table);
}

#[test]
fn a_spec_has_no_changes_to_itself_and_the_worst_come_first() {
    let text = fs::read_to_string(path()).expect("the cases are there");
    for case in cases(&text) {
        let (old, new) = (side(case, '-'), side(case, '+'));
        for spec in [&old, &new] {
            assert_eq!(told("", spec, spec), Vec::<String>::new(), "{case}");
        }
        let classes: Vec<Class> = diff(&old, &new)
            .changes
            .iter()
            .map(|change| change.kind.class())
            .collect();
        assert!(classes.is_sorted(), "{case}");
    }
}
