//! The site, as far as its text tells; `tests/tests/site` opens it in a browser.

use crate::{ROOT, folder, spec, specs};
use actionline_docs_gen::{Docs, Format, Output};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The files of a spec's site.
pub fn files(spec: &actionline_specs::Spec) -> BTreeMap<String, String> {
    let outputs = Format::Html.outputs(spec).unwrap();
    let named = |output: Output| (output.path.display().to_string(), output.text);
    outputs.into_iter().map(named).collect()
}

/// The values of an attribute.
pub fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    let rest = html.split(&start).skip(1);
    rest.filter_map(|rest| rest.split('"').next()).collect()
}

/// What is kept in the repository is what the specs make.
#[test]
fn the_kept_sites_are_up_to_date() {
    for (spec, out) in [
        ("actions.yaml", "docs/site/shipped"),
        ("examples/scores/actions.yaml", "docs/site/scores"),
    ] {
        let docs = Docs::new(spec, out).in_format(Format::Html).in_dir(ROOT);
        docs.check().unwrap();
    }
    let llms = Docs::new("actions.yaml", Format::Llms.out());
    llms.in_format(Format::Llms).in_dir(ROOT).check().unwrap();
}

#[test]
fn every_verb_action_param_and_error_has_its_anchor() {
    for spec in specs() {
        let files = files(&spec);
        let verbs = actionline_specs::verbs()
            .actions
            .iter()
            .map(|verb| ("verbs", verb));
        let all = verbs.chain(spec.actions.iter().map(|action| ("actions", action)));
        for (folder, action) in all {
            let page = &files[&format!("{folder}/{}.html", action.name)];
            let ids: BTreeSet<&str> = values(page, "id").into_iter().collect();
            let name = &action.name;
            assert!(ids.contains(name.as_str()), "{name}");
            let params = action.own_params().iter().map(|param| &param.name);
            for part in params.chain(action.errors.iter().map(|error| &error.code)) {
                assert!(
                    ids.contains(format!("{name}.{part}").as_str()),
                    "{name}.{part}: {ids:?}"
                );
            }
        }
    }
}

/// Direct messages have places like all else, and are found by the search; so is what not to use any more.
#[test]
fn every_push_and_its_fields_have_their_anchors() {
    let full = specs().into_iter().find(|it| it.info.title == "Full");
    let full = full.unwrap();
    let files = files(&full);
    let ids: BTreeSet<&str> = values(&files["guide.html"], "id").into_iter().collect();
    assert!(full.pushes.len() > 1);
    for push in &full.pushes {
        let id = format!("push-{}", push.name.to_lowercase());
        let fields = push
            .fields
            .iter()
            .map(|field| format!("{id}.{}", field.name));
        for id in fields.chain([id.clone()]) {
            assert!(ids.contains(id.as_str()), "{id}: {ids:?}");
            let row = format!("\"guide.html#{id}\"");
            assert!(files["search.js"].contains(&row), "{row}");
        }
        let link = format!("href=\"../guide.html#{id}\"");
        assert!(files["actions/quiet.html"].contains(&link), "{link}");
    }
    let old = r#"["mail","param of everything","actions/everything.html#everything.mail","Take name.",1]"#;
    assert!(files["search.js"].contains(old), "{}", files["search.js"]);
    let param = files["actions/everything.html"].split("id=\"everything.mail\"");
    let param = param.last().unwrap().split("class=\"param").next().unwrap();
    for part in [">since 1.1<", ">deprecated<", "Take <code>name</code>."] {
        assert!(param.contains(part), "no {part} in {param}");
    }
}

/// Every page says which server it is right for.
#[test]
fn every_page_has_the_hash_that_the_server_answers() {
    for spec in specs() {
        let hash = actionline_specs::machine::hash([&spec]);
        for (name, text) in files(&spec)
            .iter()
            .filter(|(name, _)| name.ends_with(".html"))
        {
            let footer = text.split("<footer>").nth(1).expect("a footer");
            assert!(footer.contains(&hash), "{name}");
            assert!(footer.contains("verbs/describe.html\""), "{name}");
        }
    }
}

/// A place is kept for a live console; nothing stands for one until somebody has one.
#[test]
fn the_place_of_a_console_is_empty_until_it_is_filled() {
    let print = |docs: Docs| docs.in_format(Format::Html).in_dir(ROOT).print().unwrap();
    let docs = || Docs::new("actions.yaml", "site");
    let place = |site: &str| {
        let place = site.split("class=\"caption\"").nth(1).unwrap();
        let place = place.split("</section>").next().unwrap();
        place.split_once("</p>").unwrap().1.trim().to_owned()
    };
    assert_eq!(place(&print(docs())), "");
    let dir = folder("console");
    fs::create_dir(dir.join("site")).unwrap();
    fs::write(
        dir.join("site/console.hbs"),
        "<div id=\"console\">{{title}}</div>",
    )
    .unwrap();
    let own = place(&print(docs().templates(&dir)));
    assert_eq!(own, "<div id=\"console\">actionHero</div>");
}

/// Nothing that a spec says becomes a tag, an attribute, a script or a link that does something.
#[test]
fn texts_of_a_spec_are_inert() {
    let hostile = concat!(
        "actionline: 1\n",
        "info: { title: '<script>alert(1)</script>', version: '\"><img src=x onerror=alert(1)>' }\n",
        "actions:\n",
        "  nasty:\n",
        "    description: \"Text <script>alert(2)</script> [a](javascript:alert(3)) ![b](https://e.vil/x.png) [c](#nasty) ",
        "[d](JaVaScRiPt:alert(4)) <a href='javascript:alert(5)'>e</a> <https://good.example> [f](data:text/html,x) [g](//e.vil)\\n\\n# Head <b>\"\n",
        "    params:\n",
        "      p: { type: string, enum: ['\"><img src=x onerror=alert(6)>', '</script>'], description: '\"><svg onload=alert(7)>' }\n",
        "    errors:\n",
        "      odd: { message: '\"><img src=x onerror=alert(8)> {p}', description: '[x](vbscript:alert(9))' }\n",
        "    examples:\n",
        "      - title: '</pre><script>alert(10)</script>'\n",
        "        send: nasty p=\"</script>\"\n",
        "        error: '\"><img src=x onerror=alert(8)> </script>'\n",
    );
    let path = folder("hostile-site").join("actions.yaml");
    fs::write(&path, hostile).unwrap();
    let files = files(&spec(&path));
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        for tag in ["<img", "<script>", "<svg onload", "<iframe", "<b>"] {
            assert!(!text.contains(tag), "{name} has {tag}");
        }
        assert_eq!(text.matches("<script").count(), 1, "{name}");
        assert_eq!(text.matches("</script>").count(), 1, "{name}");
        for link in values(text, "href") {
            let scheme = link.split_once(':').map(|(scheme, _)| scheme);
            let harmless =
                matches!(scheme, None | Some("https" | "data")) && !link.starts_with("//");
            assert!(
                harmless && (scheme != Some("data") || link == "data:,"),
                "{name}: {link}"
            );
        }
    }
    let page = &files["actions/nasty.html"];
    assert!(
        page.contains("&lt;script&gt;alert(2)&lt;/script&gt;"),
        "{page}"
    );
    assert!(page.contains("<a href=\"https://good.example\">"), "{page}");
    assert!(
        page.contains("<a href=\"../actions/nasty.html#nasty\">c</a>"),
        "{page}"
    );
    let search = &files["search.js"];
    assert!(
        search.contains("\"nasty\",\"action\",\"actions/nasty.html#nasty\""),
        "{search}"
    );
}

#[test]
fn names_that_differ_in_case_have_pages_that_differ_in_more() {
    let path = folder("case-site").join("actions.yaml");
    let text = "actionline: 1\ninfo: { title: T, version: 1.0.0 }\nactions: { filename: {}, fileName: {} }\n";
    fs::write(&path, text).unwrap();
    let files = files(&spec(&path));
    let low: BTreeSet<String> = files.keys().map(|name| name.to_lowercase()).collect();
    assert_eq!(low.len(), files.len());
    assert!(files["actions/fileName-2.html"].contains("id=\"fileName\""));
}

/// A page whose action is gone goes too; files of a person's own stay.
#[test]
fn pages_of_actions_that_are_gone_are_removed() {
    let dir = folder("stale-site");
    let text = |actions: &str| {
        format!("actionline: 1\ninfo: {{ title: T, version: 1.0.0 }}\nactions: {{ {actions} }}\n")
    };
    fs::write(dir.join("actions.yaml"), text("a: {}, b: {}")).unwrap();
    let docs = Docs::new("actions.yaml", "site")
        .in_format(Format::Html)
        .in_dir(&dir);
    docs.write().unwrap();
    docs.check().unwrap();
    fs::write(dir.join("site/actions/mine.html"), "<p>mine").unwrap();
    fs::write(dir.join("actions.yaml"), text("a: {}")).unwrap();
    let drift = docs.check().unwrap_err().to_string();
    assert!(drift.contains("--- site/actions/b.html"), "{drift}");
    docs.write().unwrap();
    docs.check().unwrap();
    assert!(!Path::new(&dir).join("site/actions/b.html").exists());
    assert!(dir.join("site/actions/mine.html").exists());
    assert!(
        docs.command()
            .ends_with("-- write --format html --out site"),
        "{}",
        docs.command()
    );
}
