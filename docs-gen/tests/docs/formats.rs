//! The formats: each writes, checks and prints what it promises.

use crate::{ROOT, folder, spec, specs};
use actionline_docs_gen::{Docs, Format, page};
use clap::ValueEnum;
use std::path::Path;

fn sections(page: &str) -> Vec<&str> {
    page.lines()
        .filter(|line| line.starts_with('#'))
        .skip(1)
        .collect()
}

/// Language models are told what people are told.
#[test]
fn llms_has_every_section_of_the_page() {
    for spec in specs() {
        let outputs = Format::Llms.outputs(&spec).unwrap();
        let [only] = outputs.as_slice() else {
            panic!("{} files", outputs.len());
        };
        assert_eq!(sections(&only.text), sections(&page(&spec).unwrap()));
        assert!(only.text.starts_with("# "), "{}", only.text);
        let second = only.text.lines().nth(2).unwrap();
        assert!(second.starts_with("> "), "{second}");
    }
}

#[test]
fn each_format_is_written_and_then_up_to_date() {
    for format in Format::value_variants().iter().copied() {
        let dir = folder(&format!("format-{}", format.word()));
        let from = Path::new(ROOT).join("actions.yaml");
        std::fs::copy(&from, dir.join("actions.yaml")).unwrap();
        let docs = Docs::new(Docs::SPEC, format.out())
            .in_format(format)
            .in_dir(&dir);
        assert!(docs.check().is_err());
        docs.write().unwrap();
        docs.check().unwrap();
        for output in format.outputs(&spec(&from)).unwrap() {
            let path = dir.join(output.below(Path::new(format.out())));
            assert_eq!(std::fs::read_to_string(path).unwrap(), output.text);
        }
    }
}

#[test]
fn the_schema_of_an_action_that_is_gone_is_removed() {
    let dir = folder("gone-schemas");
    let spec = |name: &str| {
        let text = format!(
            "actionline: 1\ninfo: {{ title: T, version: 1.0.0 }}\nactions: {{ {name}: {{}} }}\n"
        );
        std::fs::write(dir.join("actions.yaml"), text).unwrap();
    };
    let docs = Docs::new("actions.yaml", "schemas")
        .in_format(Format::Schemas)
        .in_dir(&dir);
    spec("ping");
    docs.write().unwrap();
    std::fs::write(dir.join("schemas/mine.json"), "{}").unwrap();
    spec("pong");
    assert!(docs.check().is_err());
    docs.write().unwrap();
    docs.check().unwrap();
    let there = |name: &str| dir.join("schemas").join(name).exists();
    assert!(there("pong.schema.json") && there("say.schema.json") && there("mine.json"));
    assert!(!there("ping.schema.json"));
}
