//! Every diagnostic, from small specs: see the files beside this one. A case is a snippet and the lines it must give;
//! cases are parted by empty lines. `BLESS=1 cargo test -p actionline-specs --test diagnostics` writes what is said
//! now: read the diff before you keep it.

#[path = "diagnostics/cases.rs"]
mod cases;

use actionline_specs::{Mistake, load};
use cases::{FRAMES, folder, source};
use std::collections::BTreeSet;
use std::fs;

#[test]
fn every_case_says_what_it_should() {
    for (name, head, indent) in FRAMES {
        let path = folder().join(format!("{name}.txt"));
        let wanted = fs::read_to_string(&path).expect("the cases are there");
        let cases = wanted.split("\n\n").filter(|case| !case.trim().is_empty());
        let told: Vec<String> = cases.map(|case| run(case, head, indent)).collect();
        let told = told.join("\n\n") + "\n";
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &told).expect("the cases can be written");
            continue;
        }
        let lines = wanted.lines().zip(told.lines()).enumerate();
        for (index, (wanted, told)) in lines {
            assert_eq!(told, wanted, "{name}.txt:{}", index + 1);
        }
        assert_eq!(told, wanted, "{name}.txt");
    }
}

#[test]
fn every_code_has_a_case() {
    let mut codes = BTreeSet::new();
    for (name, head, indent) in FRAMES {
        let cases = fs::read_to_string(folder().join(format!("{name}.txt")));
        for case in cases.expect("the cases are there").split("\n\n") {
            if let Err(problems) = load(source(case, head, indent)) {
                codes.extend(problems.list.iter().map(|problem| problem.code));
            }
        }
    }
    let table: BTreeSet<&str> = Mistake::ALL.iter().map(|mistake| mistake.word()).collect();
    assert_eq!(codes, table);
    assert_eq!(table.len(), Mistake::ALL.len());
}

/// The snippet of a case with what is said about it.
fn run(case: &str, head: &str, indent: &str) -> String {
    let lines = case.trim_matches('\n').lines();
    let snippet = lines.filter(|line| !line.starts_with("=> "));
    let mut out: Vec<String> = snippet.map(str::to_owned).collect();
    match load(source(case, head, indent)) {
        Ok(_) => out.push("=> fine".to_owned()),
        Err(problems) => out.extend(problems.list.iter().map(|problem| {
            let line = problem.brief(&problems.source);
            format!("=> {}", line.strip_prefix("x:").unwrap_or(&line))
        })),
    }
    out.join("\n")
}
