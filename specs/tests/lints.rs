//! Every lint, from small specs: see `lints/cases.txt`. A case is a snippet and the warnings it must give; cases are
//! parted by empty lines. `BLESS=1 cargo test -p actionline-specs --test lints` writes what is said now: read the diff
//! before you keep it.

use actionline_specs::{Level, Lint, Source, lint, load, verbs};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "actionline: 1\ninfo: { title: T, version: 1.0.0 }\n";

#[test]
fn every_case_says_what_it_should() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lints/cases.txt");
    let wanted = fs::read_to_string(&path).expect("the cases are there");
    let cases = wanted.split("\n\n").filter(|case| !case.trim().is_empty());
    let told: Vec<String> = cases.map(run).collect();
    let told = told.join("\n\n") + "\n";
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &told).expect("the cases can be written");
    } else {
        for (index, (wanted, told)) in wanted.lines().zip(told.lines()).enumerate() {
            assert_eq!(told, wanted, "cases.txt:{}", index + 1);
        }
        assert_eq!(told, wanted);
    }
    for lint in Lint::ALL {
        let found = told.contains(&format!(": {}: ", lint.word()));
        assert!(found, "no case shows `{}`", lint.word());
    }
}

/// The snippet of a case with what is said about it.
fn run(case: &str) -> String {
    let case = case.trim_matches('\n');
    let lines = case.lines().filter(|line| !line.starts_with("=> "));
    let mut out: Vec<String> = lines.map(str::to_owned).collect();
    let yaml = out.iter().filter(|line| !line.starts_with("## "));
    let yaml: String = yaml.map(|line| format!("{line}\n")).collect();
    let source = Source::new("x", HEAD.to_owned() + &yaml);
    let spec = load(source).unwrap_or_else(|problems| panic!("{case}\n{problems}"));
    let told = lint(&spec);
    assert!(
        told.list
            .iter()
            .all(|one| one.level == Level::Warning && one.help.is_some())
    );
    out.extend(told.list.iter().map(|one| {
        let mut line = format!(
            "=> {}:{}: {}: {}",
            one.at.line, one.at.column, one.code, one.message
        );
        for note in &one.notes {
            line.push_str(&format!("; {}", note.message));
        }
        line
    }));
    if told.list.is_empty() {
        out.push("=> clean".to_owned());
    }
    out.join("\n")
}

#[test]
fn words_are_unique_and_one_lint_silences_only_itself() {
    let words: BTreeSet<&str> = Lint::ALL.iter().map(|lint| lint.word()).collect();
    assert_eq!(words.len(), Lint::ALL.len());
    let yaml = "actions: { ping: { params: { key: { type: string } } } }\n";
    let codes = |allow: &str| {
        let source = Source::new("x", format!("{HEAD}{allow}{yaml}"));
        let told = lint(&load(source).expect("good"));
        told.list.iter().map(|one| one.code).collect::<Vec<_>>()
    };
    let all = codes("");
    let distinct: BTreeSet<&str> = all.iter().copied().collect();
    assert!(distinct.len() > 2, "{all:?}");
    for code in distinct {
        let mut wanted = all.clone();
        wanted.retain(|other| *other != code);
        assert_eq!(codes(&format!("lints: {{ allow: [{code}] }}\n")), wanted);
    }
}

#[test]
fn the_shipped_specs_are_clean() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut warnings = vec![lint(verbs())];
    for path in ["actions.yaml", "examples/scores/actions.yaml"] {
        let text = fs::read_to_string(root.join(path)).expect("it is there");
        let spec = load(Source::new(path, text)).unwrap_or_else(|problems| panic!("{problems}"));
        warnings.push(lint(&spec));
    }
    for told in warnings {
        assert!(told.list.is_empty(), "{told}");
    }
}
