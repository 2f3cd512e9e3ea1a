//! The files beside this one, and how a case of them becomes a spec.

use actionline_specs::Source;
use std::path::{Path, PathBuf};

/// What stands before a snippet of each file, and how far the snippet is moved in.
pub const FRAMES: [(&str, &str, &str); 4] = [
    ("file", "", ""),
    (
        "spec",
        "actionline: 1\ninfo: { title: T, version: 1.0.0 }\n",
        "",
    ),
    (
        "action",
        "actionline: 1\ninfo: { title: T, version: 1.0.0 }\nactions:\n  do:\n",
        "    ",
    ),
    (
        "param",
        "actionline: 1\ninfo: { title: T, version: 1.0.0 }\nactions: {}\ncommon:\n",
        "  ",
    ),
];

/// The spec that a case makes.
pub fn source(case: &str, head: &str, indent: &str) -> Source {
    let lines = case.trim_matches('\n').lines();
    let yaml: String = lines
        .filter(|line| !line.starts_with("=> ") && !line.starts_with("## "))
        .map(|line| format!("{indent}{}\n", line.replace("\\t", "\t")))
        .collect();
    Source::new("x", head.to_owned() + &yaml)
}

/// Where the cases are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}
