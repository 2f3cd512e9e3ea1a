//! The invariants of ARCHITECTURE.md that a test can hold.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every Rust file below a folder, with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).expect("a file");
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "nothing below {folder}");
    found
}

/// The crates that a crate of the workspace may use at run time, from its manifest.
fn dependencies(folder: &str) -> BTreeSet<String> {
    let path = root().join(folder).join("Cargo.toml");
    let manifest = fs::read_to_string(path).expect("a manifest");
    let section = manifest
        .split("\n[dependencies]\n")
        .nth(1)
        .expect("dependencies");
    let section = section.split("\n[").next().unwrap_or_default();
    section
        .lines()
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn arrows_between_crates_point_one_way() {
    for (folder, allowed) in [
        ("specs", vec![]),
        ("macros", vec!["actionline-specs"]),
        ("docs-gen", vec!["actionline-specs"]),
        ("server", vec!["actionline-specs", "actionline-macros"]),
    ] {
        let ours: Vec<String> = dependencies(folder)
            .into_iter()
            .filter(|name| name.starts_with("actionline"))
            .collect();
        for name in &ours {
            assert!(allowed.contains(&name.as_str()), "{folder} uses {name}");
        }
    }
}

#[test]
fn specs_knows_no_sockets_no_syntax_trees_and_no_templates() {
    let used = dependencies("specs");
    for foreign in ["tokio", "syn", "quote", "proc-macro2", "handlebars"] {
        assert!(!used.contains(foreign), "specs uses {foreign}");
    }
    for (path, text) in sources("specs/src") {
        for socket in ["TcpStream", "TcpListener", "UdpSocket"] {
            assert!(!text.contains(socket), "{socket} in {}", path.display());
        }
    }
}

/// The server's modules from top to bottom: each may use only those behind it.
const FLOORS: [&str; 34] = [
    "bench",
    "verify",
    "cli",
    "metrics",
    "server",
    "backplane",
    "shutdown",
    "transport",
    "app",
    "session",
    "dispatch",
    "table",
    "verb",
    "action",
    "access",
    "connection",
    "handle",
    "exposition",
    "shared",
    "description",
    "hub",
    "meter",
    "protocol",
    "files",
    "sticky",
    "state",
    "bucket",
    "gauge",
    "memory",
    "rights",
    "address",
    "process",
    "config",
    "clock",
];

/// Used on every floor, and using none.
const CELLAR: [&str; 1] = ["error"];

#[test]
fn a_request_falls_straight_down() {
    let src = root().join("server/src");
    let mut checked = BTreeSet::new();
    for (path, text) in sources("server/src") {
        let inside = path.strip_prefix(&src).expect("below src");
        let module = inside.iter().next().expect("a name").to_string_lossy();
        let module = module.trim_end_matches(".rs");
        if matches!(module, "lib" | "bin") || path.ends_with("tests.rs") {
            continue;
        }
        let used: BTreeSet<&str> = text
            .split("crate::")
            .skip(1)
            .filter_map(|rest| {
                rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
            })
            .filter(|name| FLOORS.contains(name))
            .collect();
        if CELLAR.contains(&module) {
            assert!(used.is_empty(), "{module} uses {used:?}");
            continue;
        }
        let floor = FLOORS.iter().position(|name| *name == module);
        let floor = floor.unwrap_or_else(|| panic!("{module} has no floor"));
        for name in used {
            let other = FLOORS.iter().position(|floor| *floor == name);
            assert!(
                name == module || other > Some(floor),
                "{} uses {name}, which is above it",
                inside.display()
            );
        }
        checked.insert(module.to_owned());
    }
    for floor in FLOORS {
        assert!(checked.contains(floor), "no module {floor}");
    }
}

/// `Config` has the limits of the start; those in force are in `Shared`.
#[test]
fn limits_are_read_where_they_can_change() {
    for (path, text) in sources("server/src") {
        let inside = path.to_string_lossy();
        let may = inside.contains("/src/server/") || inside.contains("/cli/");
        assert!(may || !text.contains("config.limits"), "{inside}");
    }
}

#[test]
fn only_transports_know_sockets() {
    for (path, text) in sources("server/src") {
        let inside = path.to_string_lossy();
        let knows = text.contains("tokio::net") || text.contains("AsyncRead");
        let may = inside.contains("/transport/")
            || inside.contains("/cli/")
            || inside.contains("/backplane/")
            || inside.contains("/verify/")
            || inside.ends_with("/metrics.rs")
            || inside.contains("/src/server/");
        assert!(!knows || may, "{inside}");
    }
}

#[test]
fn nothing_is_mutable_static_or_registered_by_the_linker() {
    for folder in ["specs/src", "macros/src", "server/src", "docs-gen/src"] {
        for (path, text) in sources(folder) {
            for word in ["static mut", "inventory::", "linkme", "#[ctor"] {
                assert!(!text.contains(word), "{word} in {}", path.display());
            }
        }
    }
}

#[test]
fn files_stay_small() {
    for folder in [
        "specs",
        "macros",
        "server",
        "docs-gen",
        "tests",
        "bench/src",
        "examples/scores/src",
    ] {
        for (path, text) in sources(folder) {
            let lines = text.lines().count();
            assert!(lines <= 400, "{} has {lines} lines", path.display());
        }
    }
}
