//! How a report looks, and that places are right whatever the line ends.

use actionline_specs::{Diagnostics, Source, load};

fn problems(text: &str) -> Diagnostics {
    load(Source::new("actions.yaml", text)).expect_err("the spec has problems")
}

fn briefs(text: &str) -> Vec<String> {
    let problems = problems(text);
    let list = problems.list.iter();
    list.map(|problem| problem.brief(&problems.source))
        .collect()
}

const SPEC: &str = "\
actionline: 1
info: { title: Scores, version: 1.0.0 }
actions:
  scoreAdd:
    params:
      player: { type: string, maxLenght: 64 }
      points: { type: integer, minimum: 1, maximum: 0 }
  scoreAdd: {}
";

#[test]
fn a_report_reads_like_a_compilers() {
    let wanted = "\
error[unknown-key]: a param has no key `maxLenght`
 --> actions.yaml:6:31
  |
6 |       player: { type: string, maxLenght: 64 }
  |                               ^^^^^^^^^
  |
  = help: did you mean `maxLength`?

error[impossible-rule]: no value has `minimum: 1` and `maximum: 0`
 --> actions.yaml:7:32
  |
7 |       points: { type: integer, minimum: 1, maximum: 0 }
  |                                ^^^^^^^
  |
note: `maximum` is here
 --> actions.yaml:7:44
  |
7 |       points: { type: integer, minimum: 1, maximum: 0 }
  |                                            ^^^^^^^

error[duplicate-key]: the key `scoreAdd` is given twice
 --> actions.yaml:8:3
  |
8 |   scoreAdd: {}
  |   ^^^^^^^^
  |
note: the first one is here
 --> actions.yaml:4:3
  |
4 |   scoreAdd:
  |   ^^^^^^^^";
    assert_eq!(problems(SPEC).to_string(), wanted);
}

#[test]
fn a_coloured_report_says_the_same() {
    let problems = problems(SPEC);
    let coloured = problems.render(true);
    assert!(coloured.contains("\u{1b}["));
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some(start) = rest.find('\u{1b}') {
        plain.push_str(&rest[..start]);
        // Either a colour (ends with `m`) or a link to the file (ends with `ESC \`).
        let end = match rest[start..].starts_with("\u{1b}]") {
            true => start + 1 + rest[start + 1..].find("\u{1b}\\").unwrap() + 2,
            false => start + rest[start..].find('m').unwrap() + 1,
        };
        rest = &rest[end..];
    }
    plain.push_str(rest);
    assert_eq!(plain, problems.render(false));
}

#[test]
fn line_ends_and_a_byte_order_mark_change_no_place() {
    let wanted = briefs(SPEC);
    assert_eq!(wanted.len(), 3);
    assert_eq!(briefs(&SPEC.replace('\n', "\r\n")), wanted);
    assert_eq!(briefs(&format!("\u{feff}{SPEC}")), wanted);
    let first = |text: &str| problems(text).to_string().lines().nth(3).map(str::to_owned);
    assert_eq!(first(&SPEC.replace('\n', "\r\n")), first(SPEC));
}

#[test]
fn columns_count_characters() {
    let text = "actionline: 1\ninfo: { title: \"é😀\", versoin: x }\nactions: {}\n";
    assert_eq!(
        briefs(text)[1],
        "actions.yaml:2:22: `info` has no key `versoin` (did you mean `version`?)"
    );
    assert_eq!(
        briefs("\u{feff}é: 1\n")[0],
        "actions.yaml:1:1: a spec has no key `é` (it can have `actionline`, `info`, `requires`, `include`, `common`, `schemas`, `actions`, `pushes` or `lints`)"
    );
}

#[test]
fn an_empty_file_has_a_report_too() {
    for text in ["", "\n", "\u{feff}", "# nothing", "---\n", "\r\n\r\n", " "] {
        let briefs = briefs(text);
        assert_eq!(briefs.len(), 1, "{text:?}");
        assert!(briefs[0].contains("the file is empty"), "{briefs:?}");
        assert!(problems(text).render(true).contains("the file is empty"));
    }
}

#[test]
fn a_file_that_nests_too_deep_is_refused() {
    let flow = "a: ".to_owned() + &"[".repeat(10_000) + &"]".repeat(10_000);
    let block: String = (0..500).map(|depth| " ".repeat(depth) + "a:\n").collect();
    let list = "- ".repeat(5000) + "a";
    for text in [flow, block, list] {
        let briefs = briefs(&text);
        assert!(briefs[0].contains("nests too deep"), "{briefs:?}");
    }
}

#[test]
fn an_anchor_stands_for_what_it_names() {
    let text = "\
actionline: 1
info: { title: T, version: 1.0.0 }
actions:
  one: { params: &key { key: { type: string, required: true } } }
  two: { params: *key }
";
    let spec = load(Source::new("actions.yaml", text)).unwrap();
    assert_eq!(spec.actions[1].params[0].name, "key");
    let bomb = "\
a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
g: [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]
";
    let briefs = briefs(bomb);
    assert!(briefs[0].contains("too large"), "{briefs:?}");
}
