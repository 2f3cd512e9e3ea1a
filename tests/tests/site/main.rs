//! The site in a browser: Debian's Chromium, headless, driven by `tests/site/check.mjs`.

mod snippets;
mod tools;

use std::path::Path;
use std::process::Command;
use tools::{browser, installed, root, site};

/// Opens every page and does what a reader does; see `check.mjs` for what is looked at.
fn check(folder: &Path) {
    let ran = Command::new("node")
        .arg(installed().join("check.mjs"))
        .arg(browser())
        .arg(folder)
        .output()
        .expect("node can be run: install Node.js 18 or later");
    let told = String::from_utf8_lossy(&ran.stdout);
    let failed = String::from_utf8_lossy(&ran.stderr);
    assert!(
        ran.status.success(),
        "{}:\n{told}{failed}",
        folder.display()
    );
}

#[test]
fn the_kept_site_works_in_a_browser() {
    check(&root().join("docs/site/shipped"));
}

/// Everything that the spec language knows, with links and places for all of it.
#[test]
fn a_site_of_everything_works_in_a_browser() {
    check(&site("docs-gen/tests/docs/specs/full.yaml", "full"));
}

/// A spec whose texts try to get out of their places.
#[test]
fn a_site_of_hostile_texts_works_in_a_browser() {
    check(&site("docs-gen/tests/docs/specs/hostile.yaml", "hostile"));
}
