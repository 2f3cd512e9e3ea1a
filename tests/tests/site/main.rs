//! The site in a browser: Debian's Chromium, headless, driven by `tests/site/check.mjs`.

mod snippets;
mod tools;

use std::path::Path;
use std::process::Command;
use tools::{browser, installed, root, site};

/// Opens every page and does what a reader does; see `check.mjs` for what is looked at. `pages` is `all`, or `few` for
/// one of each kind where another test looks at the rest.
fn check(folder: &Path, pages: &str) {
    let ran = Command::new("node")
        .arg(installed().join("check.mjs"))
        .arg(browser())
        .arg(folder)
        .arg(pages)
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
    check(&root().join("docs/site/shipped"), "all");
}

#[test]
fn the_kept_site_of_the_scores_works_in_a_browser() {
    check(&root().join("docs/site/scores"), "all");
}

/// More actions than an index shows.
#[test]
fn a_site_of_many_actions_works_in_a_browser() {
    check(&site(&tools::many(60), "many"), "few");
}

/// Everything that the spec language knows, with links and places for all of it.
#[test]
fn a_site_of_everything_works_in_a_browser() {
    check(
        &site(&root().join("docs-gen/tests/docs/specs/full.yaml"), "full"),
        "few",
    );
}

/// A spec whose texts try to get out of their places.
#[test]
fn a_site_of_hostile_texts_works_in_a_browser() {
    check(
        &site(
            &root().join("docs-gen/tests/docs/specs/hostile.yaml"),
            "hostile",
        ),
        "few",
    );
}
