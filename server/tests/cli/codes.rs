//! `codes`, and that `docs/tools.md` and `docs/codes.json` say what the tables and the program say.

use crate::program::Folder;
use actionline_specs::diff::{ChangeKind, Class};
use actionline_specs::{Code, Lint, Mistake, ParamCode};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(name)
}

/// A Markdown table of these rows, as it stands in the page.
fn table(rows: impl Iterator<Item = Vec<String>>) -> String {
    rows.map(|cells| format!("| {} |\n", cells.join(" | ")))
        .collect()
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    let mut cells = cells.map(str::to_owned).to_vec();
    cells[0] = format!("`{}`", cells[0]);
    cells
}

#[test]
fn the_kept_catalogue_is_what_the_program_prints() {
    let ran = Folder::new().run(&["codes", "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let path = docs("codes.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &ran.out).expect("it can be written");
    }
    let kept = fs::read_to_string(path).expect("the catalogue is kept");
    assert_eq!(
        kept, ran.out,
        "BLESS=1 cargo test -p actionline --test cli writes it"
    );
}

#[test]
fn the_catalogue_has_every_code_of_every_table() {
    let folder = Folder::new();
    let ran = folder.run(&["codes", "--format=json"]);
    let told: Value = serde_json::from_str(&ran.out).expect("JSON");
    let words = |section: &str| -> Vec<String> {
        let entries = told[section].as_array().expect(section).iter();
        let words = entries.map(|entry| entry["code"].as_str().expect("a code").to_owned());
        words.collect()
    };
    let text = folder.run(&["codes"]).out;
    let check = |section: &str, wanted: Vec<&str>| {
        assert_eq!(words(section), wanted, "{section}");
        for word in wanted {
            assert!(text.contains(&format!("\n  {word}")), "{word}");
        }
    };
    check(
        "replies",
        Code::ALL.iter().map(|code| code.word()).collect(),
    );
    check(
        "params",
        ParamCode::ALL.iter().map(|code| code.word()).collect(),
    );
    check(
        "faults",
        Mistake::ALL.iter().map(|code| code.word()).collect(),
    );
    check("lints", Lint::ALL.iter().map(|code| code.word()).collect());
    check(
        "changes",
        ChangeKind::ALL.iter().map(|code| code.word()).collect(),
    );
    assert_eq!(told["replies"][0]["error"], Code::ALL[0].template());
}

#[test]
fn the_page_has_the_tables_in_full() {
    let page = fs::read_to_string(docs("tools.md")).expect("the page is there");
    let mistakes = Mistake::ALL
        .iter()
        .map(|one| row([one.word(), one.meaning()]));
    let lints = Lint::ALL
        .iter()
        .map(|one| row([one.word(), one.meaning(), one.help()]));
    let mut wanted = vec![table(mistakes), table(lints)];
    for class in Class::ALL {
        let kinds = ChangeKind::ALL.iter().filter(|kind| kind.class() == class);
        wanted.push(table(kinds.map(|kind| row([kind.word(), kind.meaning()]))));
    }
    for table in wanted {
        assert!(
            page.contains(&format!("|\n{table}\n")),
            "this is not in docs/tools.md:\n{table}"
        );
    }
}

#[test]
fn the_page_and_the_help_have_the_same_exit_codes() {
    let page = fs::read_to_string(docs("tools.md")).expect("the page is there");
    for command in ["check", "diff", "describe"] {
        let help = Folder::new().run(&[command, "--help"]);
        assert_eq!(help.code, Some(0));
        let (_, exits) = help.out.split_once("Exit codes:\n").expect("exit codes");
        let exits = exits.lines().take_while(|line| !line.is_empty());
        let rows = exits.map(|line| {
            let (code, meaning) = line.trim().split_once("  ").expect("two columns");
            row([code, meaning])
        });
        let table = table(rows);
        assert!(
            page.contains(&format!("|\n{table}\n")),
            "this is not in docs/tools.md:\n{table}"
        );
    }
}

#[test]
fn the_help_of_diff_explains_every_kind() {
    let help = Folder::new().run(&["diff", "--help"]).out;
    for kind in ChangeKind::ALL {
        assert!(help.contains(kind.word()), "{}", kind.word());
    }
}
