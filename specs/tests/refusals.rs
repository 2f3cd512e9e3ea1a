//! Every way in which a param is refused has a value that provokes it.

use actionline_specs::refusal::{Refusal, attempts, refusals};
use actionline_specs::transcript::Book;
use actionline_specs::{Given, Param, Raw, Source, Spec, files_beside, load, load_from};
use std::path::Path;

fn read(path: &str) -> Spec {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let text = std::fs::read_to_string(&path).expect("a spec");
    let source = Source::new(path.display().to_string(), text);
    load_from(source, files_beside(&path)).unwrap_or_else(|problems| panic!("{problems}"))
}

fn of(spec: &Spec) -> Vec<(String, Refusal)> {
    let own = spec.actions.iter().flat_map(|action| {
        let params = action.own_params().iter();
        params.map(|param| (action.name.as_str(), param))
    });
    let all = own.chain(spec.common.iter().map(|param| ("common", param)));
    all.flat_map(|(owner, param)| {
        let named = move |refusal: Refusal| (format!("{owner}.{}", refusal.key), refusal);
        refusals(param).into_iter().map(named)
    })
    .collect()
}

/// Those without a value that is refused for them alone, or without one that is taken.
fn open(spec: &Spec) -> Vec<String> {
    let half = |refusal: &Refusal| refusal.refused().is_none() || refusal.accepted.is_none();
    let open = of(spec).into_iter().filter(|(_, refusal)| half(refusal));
    open.map(|(id, _)| id).collect()
}

/// Our specs, each with what nothing is refused for alone.
const SPECS: [(&str, &[&str]); 5] = [
    ("actions.yaml", &[]),
    ("examples/scores/actions.yaml", &[]),
    ("tests/src/lab.yaml", &[]),
    // An empty text is missing there, and `minLength` is 1.
    (
        "docs-gen/tests/docs/specs/full.yaml",
        &["everything.name.minLength"],
    ),
    ("tests/ui/actions.yaml", &[]),
];

#[test]
fn every_refusal_of_our_specs_has_its_values() {
    for (path, none) in SPECS {
        assert_eq!(open(&read(path)), none, "{path}");
    }
}

#[test]
fn every_refusal_of_our_specs_can_be_sent() {
    for (path, none) in SPECS {
        let spec = read(path);
        let book = Book::new(&spec);
        let sent: Vec<String> = spec
            .actions
            .iter()
            .flat_map(|action| attempts(&book, action))
            .map(|attempt| attempt.id)
            .collect();
        for (id, _) in of(&spec) {
            assert_eq!(
                sent.contains(&id),
                !none.contains(&id.as_str()),
                "{path}: {id}"
            );
        }
    }
}

#[test]
fn names_are_unique() {
    for path in ["tests/src/lab.yaml", "docs-gen/tests/docs/specs/full.yaml"] {
        let mut ids: Vec<String> = of(&read(path)).into_iter().map(|(id, _)| id).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{path}");
    }
}

/// What binding a param says to a value.
fn told(param: &Param, raw: Raw<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    param.bind(Some(Given { raw, saved: false }), &mut faults);
    faults.into_iter().map(|fault| fault.message).collect()
}

/// One param of each kind whose rules stand in each other's way.
const HARD: &str = r##"
actionline: 1
info: { title: Hard, version: 1.0.0 }
actions:
  hard:
    params:
      short: { type: string, required: true, minLength: 3, maxLength: 8, pattern: "^[A-Z]{2}[0-9]*$" }
      either: { type: string, pattern: "^(?:red|green)-[a-f]{2,4}$" }
      loose: { type: string, pattern: "x", maxLength: 12 }
      mail: { type: string, format: email, maxLength: 20, minLength: 8 }
      link: { type: string, format: uri, maxLength: 300 }
      host: { type: string, format: hostname, maxLength: 70 }
      threes: { type: string, pattern: "^(?:[a-z]{3})+$", maxLength: 8 }
      bytes: { type: string, format: byte, maxLength: 64 }
      five: { type: integer, minimum: 7, maximum: 96, multipleOf: 5 }
      half: { type: number, minimum: 0.25, maximum: 2, multipleOf: 0.5 }
      tags: { type: array, minItems: 2, maxItems: 3, uniqueItems: true, items: { type: string, minLength: 2, maxLength: 4, pattern: "^[a-z]+$" } }
      cells: { type: array, minItems: 1, items: { type: array, minItems: 2, maxItems: 2, items: { type: integer, minimum: 0, maximum: 9 } } }
      lines:
        type: array
        uniqueItems: true
        minItems: 2
        items:
          type: object
          properties:
            sku: { type: string, required: true, pattern: "^[A-Z]{3}$" }
            kind: { type: string, required: true, enum: [new, old] }
            at: { type: object, properties: { x: { type: number, required: true, minimum: 0 }, flag: { type: boolean } } }
"##;

#[test]
fn rules_that_stand_in_each_other_s_way_have_their_values() {
    let spec = load(Source::new("hard.yaml", HARD)).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(open(&spec), [""; 0]);
    let action = &spec.actions[0];
    for param in &action.params {
        for refusal in refusals(param) {
            let accepted = refusal.accepted.expect("one that is taken").to_string();
            assert_eq!(told(param, Raw::Json(&accepted)), [""; 0], "{accepted}");
        }
    }
    let book = Book::new(&spec);
    let sent: Vec<String> = attempts(&book, action)
        .into_iter()
        .map(|it| it.id)
        .collect();
    for (id, _) in of(&spec) {
        assert!(sent.contains(&id), "{id}");
    }
}

/// What no value can be refused for has none, and nothing is made up.
#[test]
fn what_cannot_be_broken_alone_has_no_value() {
    let text = "actionline: 1\ninfo: { title: T, version: 1.0.0 }\nactions:\n  a:\n    params:\n      \
                any: { type: string, pattern: \"^\" }\n      \
                none: { type: array, maxItems: 2, uniqueItems: true, items: { type: boolean } }\n      \
                long: { type: string, maxLength: 1000000 }\n";
    let spec = load(Source::new("t.yaml", text)).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(
        open(&spec),
        ["a.any.pattern", "a.none.maxItems", "a.long.maxLength"]
    );
}
