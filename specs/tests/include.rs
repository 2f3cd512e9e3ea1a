//! A spec in several files: what belongs together is put together, and every place names the right file.

use actionline_specs::{Diagnostics, Source, Spec, load_from};

const HEAD: &str = "actionline: 1\ninfo: { title: T, version: 1.0.0 }\n";

/// Files by their paths.
type Files<'a> = &'a [(&'a str, &'a str)];

/// Loads the first of these files; the others can be included.
fn loaded(files: Files<'_>) -> Result<Spec, Diagnostics> {
    let mut asked = Vec::new();
    let source = Source::new(files[0].0, format!("{HEAD}{}", files[0].1));
    let result = load_from(source, |path| {
        assert!(!asked.contains(&path.to_owned()), "{path} is read twice");
        asked.push(path.to_owned());
        let file = files[1..].iter().find(|(name, _)| *name == path);
        let text = file.map(|(_, text)| format!("actionline: 1\n{text}"));
        text.ok_or_else(|| "there is no such file".to_owned())
    });
    if let Ok(spec) = &result {
        assert_eq!(spec.source.included.len(), asked.len());
    }
    result
}

fn told(files: Files<'_>) -> Vec<String> {
    match loaded(files) {
        Ok(_) => vec!["fine".to_owned()],
        Err(problems) => {
            assert!(!problems.render(true).is_empty());
            let list = problems.list.iter();
            list.map(|problem| problem.brief(&problems.source))
                .collect()
        }
    }
}

#[test]
fn what_the_files_declare_is_put_together() {
    let spec = loaded(&[
        (
            "api/actions.yaml",
            "include: [players.yaml, parts/games.yaml]\ncommon: { limit: { type: integer } }\nactions: { first: {} }\n",
        ),
        (
            "players.yaml",
            "actions: { playerBan: { params: { player: { $ref: \"#/schemas/Name\" } } } }\nschemas: { Player: {} }\n",
        ),
        (
            "parts/games.yaml",
            "include: [../common.yaml, more/last.yaml]\nschemas: { Name: { type: string } }\n",
        ),
        (
            "common.yaml",
            "common: { offset: { type: integer } }\npushes: { moved: { fields: { to: {} } } }\n",
        ),
        ("parts/more/last.yaml", "actions: { last: {} }\n"),
    ])
    .unwrap_or_else(|problems| panic!("{problems}"));
    let names: Vec<&str> = spec.actions.iter().map(|action| &*action.name).collect();
    assert_eq!(names, ["first", "playerBan", "last"]);
    let places: Vec<String> = spec
        .actions
        .iter()
        .map(|action| spec.source.locate(action.at))
        .collect();
    assert_eq!(
        places,
        [
            "api/actions.yaml:5:12",
            "api/players.yaml:2:12",
            "api/parts/more/last.yaml:2:12"
        ]
    );
    let params: Vec<&str> = spec.actions[1].params.iter().map(|p| &*p.name).collect();
    assert_eq!(params, ["player", "limit", "offset"]);
    let player = &spec.actions[1].params[0].schema;
    assert_eq!(
        spec.source.locate(player.kind_at),
        "api/parts/games.yaml:3:26"
    );
    let schemas: Vec<&str> = spec.schemas.iter().map(|schema| &*schema.name).collect();
    assert_eq!(schemas, ["Player", "Name"]);
    assert_eq!(spec.pushes[0].name, "moved");
}

#[test]
fn every_problem_names_its_file() {
    let cases: [(Files<'_>, &[&str]); 9] = [
        (
            &[
                ("a.yaml", "include: [b.yaml]\nactions: { one: {} }\n"),
                ("b.yaml", "actions: { one: {}, tow: { parms: {} } }\n"),
            ],
            &[
                "b.yaml:2:12: the key `one` is given twice; the first one is here at a.yaml:4:12",
                "b.yaml:2:28: an action has no key `parms` (did you mean `params`?)",
            ],
        ),
        (
            &[
                ("a.yaml", "include: [b.yaml]\n"),
                ("b.yaml", "include: [c.yaml]\n"),
                ("c.yaml", "include: [b.yaml]\n"),
            ],
            &[
                "c.yaml:2:11: `b.yaml` includes itself; `b.yaml` is included here at a.yaml:3:11; `c.yaml` is included here at b.yaml:2:11",
            ],
        ),
        (
            &[("a.yaml", "include: [./a.yaml]\n")],
            &[
                "a.yaml:3:11: `./a.yaml` is the spec itself (an included file does not include what includes it)",
            ],
        ),
        (
            &[
                ("a.yaml", "include: [b.yaml, c.yaml]\n"),
                ("b.yaml", "include: [c.yaml]\n"),
                ("c.yaml", ""),
            ],
            &[
                "a.yaml:3:19: `c.yaml` is included twice; the first time is here at b.yaml:2:11 (remove one of them)",
            ],
        ),
        (
            &[("a.yaml", "include: [b.yaml]\nactions: {}\n")],
            &["a.yaml:3:11: cannot read `b.yaml`: there is no such file"],
        ),
        (
            &[
                ("a.yaml", "include: [b.yaml]\n"),
                (
                    "b.yaml",
                    "info: { title: T, version: 1.0.0 }\nactions: [a]\n",
                ),
            ],
            &[
                "b.yaml:2:1: an included file has no key `info` (it can have `actionline`, `include`, `common`, `schemas`, `actions` or `pushes`)",
                "b.yaml:3:10: `actions` must be a map of `key: value` lines, not a list",
            ],
        ),
        (
            &[
                ("a.yaml", "include: [b.yaml]\nactions: {}\n"),
                ("b.yaml", "actions: [a]\n"),
            ],
            &["b.yaml:2:10: `actions` must be a map of `key: value` lines, not a list"],
        ),
        (
            &[
                ("a.yaml", "include: [b.yaml]\n"),
                ("b.yaml", "actions: { [\n"),
            ],
            &["b.yaml:2:12: not valid YAML: unclosed bracket '['"],
        ),
        (
            &[
                ("a.yaml", "include: [b.yaml]\ncommon: { limit: {} }\n"),
                (
                    "b.yaml",
                    "actions: { one: { params: { limit: {} } } }\nschemas: { A: { type: string, pattern: '\\d' } }\n",
                ),
            ],
            &[
                "b.yaml:2:29: `limit` is a common param: the action has it already; it is declared here at a.yaml:4:11 (remove it here or there)",
                "b.yaml:3:41: `pattern` uses `\\d`, which other languages read differently (write `[0-9]`)",
            ],
        ),
    ];
    for (files, wanted) in cases {
        assert_eq!(told(files), wanted, "{files:?}");
    }
}

#[test]
fn a_report_shows_the_line_of_the_right_file() {
    let problems = loaded(&[
        ("api/a.yaml", "include: [b.yaml]\nactions: { one: {} }\n"),
        ("b.yaml", "# First.\nactions:\n  one: {}\n"),
    ])
    .unwrap_err();
    let wanted = "\
error[duplicate-key]: the key `one` is given twice
 --> api/b.yaml:4:3
  |
4 |   one: {}
  |   ^^^
  |
note: the first one is here
 --> api/a.yaml:4:12
  |
4 | actions: { one: {} }
  |            ^^^";
    assert_eq!(problems.to_string(), wanted);
}
