//! Examples with several clients: everybody who takes part is on the page, in the transcript and in the diagram.

use crate::site::files;
use crate::{ROOT, spec};
use actionline_docs_gen::page;
use actionline_specs::transcript::{YOU, sample_id};
use actionline_specs::{Action, Example};
use std::collections::BTreeMap;
use std::path::Path;

/// What the page shows of every example that others are in.
fn shown(
    files: &BTreeMap<String, String>,
    folder: &str,
    action: &Action,
) -> Vec<(Example, String)> {
    let page = &files[&format!("{folder}/{}.html", action.name)];
    let sections = page.split("<section class=\"example\"").skip(1);
    let pairs = action.examples.iter().zip(sections);
    let pairs = pairs.filter(|(example, _)| !example.others.is_empty());
    pairs
        .map(|(example, section)| (example.clone(), section.to_owned()))
        .collect()
}

#[test]
fn every_client_of_an_example_is_shown() {
    let spec = spec(&Path::new(ROOT).join("examples/scores/actions.yaml"));
    let files = files(&spec);
    let verbs = actionline_specs::verbs().actions.iter();
    let of_verbs = verbs.flat_map(|verb| shown(&files, "verbs", verb));
    let own = spec.actions.iter();
    let own: Vec<_> = own
        .flat_map(|action| shown(&files, "actions", action))
        .collect();
    assert_eq!(own.len(), 1, "scoreAdd has a note that others hear");
    let all: Vec<_> = of_verbs.chain(own).collect();
    assert!(all.len() > 3, "{} examples", all.len());
    for (example, section) in all {
        let has = |text: &str| assert!(section.contains(text), "no {text} in {section}");
        let lanes = 2 + example.others.len();
        assert_eq!(
            section.matches("class=\"life\"").count(),
            lanes,
            "{section}"
        );
        let words = section
            .split("data-form=\"words\"")
            .nth(2)
            .expect("a panel");
        let words = words.split("class=\"panel\"").next().expect("its end");
        let width = example.others.iter().map(|other| other.name.len());
        let width = width.chain([3]).max().unwrap_or_default();
        for (lane, other) in (1..).zip(&example.others) {
            let mark = |side| {
                format!(
                    "<span class=\"who who-{lane}\">{:>width$}</span>{side} ",
                    other.name
                )
            };
            assert_eq!(
                words.matches(&mark("&gt;")).count(),
                other.before.len(),
                "{words}"
            );
            assert_eq!(
                words.matches(&mark("&lt;")).count(),
                other.hears.len(),
                "{words}"
            );
            has(&format!(">{}</text>", other.name));
            for message in other
                .hears
                .iter()
                .filter_map(|it| it.line["message"].as_str())
            {
                has(&format!("&quot;{message}&quot;"));
                has(&format!(">message: {message}"));
            }
        }
        if section.contains(&sample_id(YOU)) {
            has(&format!("{} is you.", sample_id(YOU)));
        }
        let silent = example.others.iter().filter(|other| other.hears.is_empty());
        let silent: Vec<&str> = silent.map(|other| other.name.as_str()).collect();
        if !silent.is_empty() {
            has(&format!("Nothing comes to {}.", silent.join(", ")));
        }
        has("<span class=\"who who-0\">");
        // Only the reader's own lines are copied.
        let copied = words
            .split("data-copy=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let own = example.before.len() + 1;
        assert_eq!(
            copied.expect("a button").split("&#10;").count(),
            own,
            "{words}"
        );
    }
}

/// The chapter on rooms shows an example of `say` that is run against the server, line by line.
#[test]
fn the_chapter_on_rooms_is_an_example() {
    let spec = spec(&Path::new(ROOT).join("actions.yaml"));
    let page = page(&spec).unwrap();
    let chapter = page.split("\n## Rooms\n").nth(1).unwrap();
    let talk = chapter.split("```").nth(1).unwrap();
    let say = actionline_specs::verbs()
        .actions
        .iter()
        .find(|verb| verb.name == "say");
    let example = say
        .unwrap()
        .examples
        .iter()
        .find(|it| !it.others.is_empty());
    let example = example.unwrap();
    let sent =
        |line: &str, who: &str| assert!(talk.contains(&format!("\n{who}> {line}\n")), "{talk}");
    sent(&example.send, "you");
    example.before.iter().for_each(|line| sent(line, "you"));
    for other in &example.others {
        other.before.iter().for_each(|line| sent(line, &other.name));
        let got = talk.matches(&format!("\n{}< ", other.name)).count();
        assert_eq!(got, other.hears.len(), "{talk}");
    }
    let silent = example
        .others
        .iter()
        .find(|it| it.hears.is_empty())
        .unwrap();
    assert!(
        chapter.contains(&format!("elsewhere: `{}`", silent.name)),
        "{chapter}"
    );
    let guide = &files(&spec)["guide.html"];
    let picture = guide.split("id=\"rooms\"").nth(1).unwrap();
    assert!(picture.contains("<svg class=\"diagram\""), "{picture}");
}
