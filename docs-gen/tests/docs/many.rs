//! Sites of many actions.

use crate::site::{files, values};
use crate::{folder, spec};
use std::collections::BTreeMap;
use std::fs;

/// A spec of many actions, in files of `size` each.
fn many(name: &str, count: usize, size: usize) -> actionline_specs::Spec {
    let dir = folder(name);
    let actions: Vec<String> = (0..count)
        .map(|number| format!("  action{number:04}: {{ description: Does a thing. }}\n"))
        .collect();
    let mut included = Vec::new();
    for (index, actions) in actions.chunks(size).enumerate() {
        let file = format!("group{index:03}.yaml");
        let text = format!("actionline: 1\nactions:\n{}", actions.concat());
        fs::write(dir.join(&file), text).unwrap();
        included.push(file);
    }
    let text = format!(
        "actionline: 1\ninfo: {{ title: Many, version: 1.0.0 }}\ninclude: [{}]\nactions: {{}}\n",
        included.join(", ")
    );
    fs::write(dir.join("actions.yaml"), text).unwrap();
    spec(&dir.join("actions.yaml"))
}

/// However many actions there are, and however they are put together, a page is as big as one of them needs.
#[test]
fn no_page_grows_with_the_number_of_actions() {
    let sizes = |name, count, size| -> BTreeMap<String, usize> {
        let files = files(&many(name, count, size));
        let pages = files
            .into_iter()
            .filter(|(name, _)| name.ends_with(".html"));
        pages.map(|(name, text)| (name, text.len())).collect()
    };
    let few = sizes("many-few", 125, 5);
    let grown = [
        ("groups", sizes("many-groups", 500, 5)),
        ("members", sizes("many-members", 500, 125)),
    ];
    // Another number in a text is all that may differ, and the widest neighbours that a group has.
    let spare = 4096;
    for (what, grown) in grown {
        assert!(grown.len() > 500, "{what}");
        for (page, size) in grown.iter().filter(|(page, _)| *page != "actions.html") {
            assert!(*size < 80 * 1024, "{what}: {page} has {size} bytes");
            if let Some(before) = few.get(page) {
                assert!(
                    *size < before + spare,
                    "{what}: {page} has {size} bytes, {before} before"
                );
            }
        }
    }
}

/// The index of a page of many leads to its neighbours, to the other groups, and to all.
#[test]
fn a_page_of_many_has_a_way_to_all() {
    let files = files(&many("many-ways", 500, 10));
    let page = &files["actions/action0255.html"];
    let index = page
        .split("<nav")
        .nth(1)
        .unwrap()
        .split("</nav>")
        .next()
        .unwrap();
    for link in [
        "actions/action0250.html",
        "actions/action0259.html",
        "actions.html",
    ] {
        assert!(
            index.contains(&format!("\"../{link}\"")),
            "no {link} in {index}"
        );
    }
    let groups = values(index, "href");
    let groups = groups
        .iter()
        .filter(|link| link.contains("actions.html#group-"));
    assert_eq!(groups.count(), 19, "{index}");
    assert!(index.contains("All 500 actions"), "{index}");
    let list = &files["actions.html"];
    assert!((0..500).all(|number| list.contains(&format!("\"actions/action{number:04}.html\""))));
    // What the search needs is not part of a page.
    assert!(!page.contains("search.js"), "{page}");
}
