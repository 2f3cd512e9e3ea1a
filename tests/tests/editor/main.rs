//! What an editor shows of a spec: the YAML language server, driven over its protocol, with `docs/actions.schema.json`.

mod client;

use actionline_specs::grammar::{self, Word};
use actionline_specs::{Format, Lint};
use client::{Editor, address, root};
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;

const HEAD: &str = "actionline: 1\ninfo: { title: T, version: 1.0.0 }\n";
const PARAMS: &str = "actions:\n  greet:\n    params:\n";

/// Runs a test that would otherwise wait forever for an answer that does not come.
async fn guarded(test: impl Future<Output = ()>) {
    let guard = Duration::from_secs(120);
    tokio::time::timeout(guard, test).await.expect("an answer");
}

async fn editor() -> Editor {
    Editor::start(&["*.yaml"]).await
}

/// Opens a text with a `|` at the cursor, and asks about that place.
async fn ask(editor: &mut Editor, what: &str, text: &str) -> Value {
    let (before, after) = text.split_once('|').expect("a cursor");
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().len();
    let uri = editor.open_new(&format!("{before}{after}")).await;
    editor.ask(what, &uri, (line, column)).await
}

async fn labels(editor: &mut Editor, text: &str) -> Vec<String> {
    let answer = ask(editor, "completion", text).await;
    let items = answer["items"].as_array().or(answer.as_array());
    let items = items.expect("a list").iter();
    let labels = items.map(|item| item["label"].as_str().expect("a label").to_owned());
    labels.collect()
}

async fn hover(editor: &mut Editor, text: &str) -> String {
    let answer = ask(editor, "hover", text).await;
    answer["contents"]["value"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn words(words: impl Iterator<Item = &'static Word>) -> Vec<&'static str> {
    words.map(|word| word.word).collect()
}

#[tokio::test]
async fn it_completes_keys_and_values() {
    guarded(async {
        let editor = &mut editor().await;
        for (text, wanted) in [
            (
                "params:\n      name:\n        r|\n",
                words(grammar::PARAM.words()),
            ),
            ("params:\n      name: { m|", words(grammar::PARAM.words())),
            (
                "params:\n      list:\n        type: array\n        items: { m|",
                words(grammar::ITEM.words()),
            ),
            ("r|\n", words(grammar::ACTION.words())),
            ("examples:\n      - s|\n", words(grammar::EXAMPLE.words())),
            ("effect: |\n", vec!["read", "idempotent", "write"]),
            ("returns: |\n", vec!["file"]),
            (
                "params:\n      name: { type: string, format: |",
                Format::ALL.map(Format::word).to_vec(),
            ),
            (
                "lints: { allow: [|",
                Lint::ALL.iter().map(|lint| lint.word()).collect(),
            ),
        ] {
            let close = "}".repeat(text.matches('{').count());
            let close = "]".repeat(text.matches('[').count()) + &close;
            let text = format!("{HEAD}actions:\n  greet:\n    {text}{close}\n");
            let labels = labels(editor, &text).await;
            for word in &wanted {
                assert!(
                    labels.iter().any(|label| label == word),
                    "{word} in {labels:?} of {text}"
                );
            }
        }
        let labels = labels(editor, &format!("{HEAD}actions:\n  |\n")).await;
        assert_eq!(labels, ["new action"]);
    })
    .await;
}

#[tokio::test]
async fn it_tells_what_a_key_means() {
    guarded(async {
        let editor = &mut editor().await;
        for word in grammar::PARAM.words() {
            let (start, end) = word.word.split_at(1);
            let text = format!("{HEAD}{PARAMS}      name: {{ {start}|{end}: 1 }}\n");
            let told = hover(editor, &text).await;
            // A key with a map behind it tells of the map.
            let meaning = match word.word {
                "items" => grammar::ITEM.meaning,
                _ => word.meaning,
            };
            assert!(told.contains(meaning), "{}: {told}", word.word);
        }
        let told = hover(editor, &format!("{HEAD}actions:\n  gr|eet: {{}}\n")).await;
        assert!(told.contains(grammar::ACTION.meaning), "{told}");
    })
    .await;
}

#[tokio::test]
async fn it_tells_what_is_wrong_and_where() {
    guarded(async {
        let editor = &mut editor().await;
        let cases = [
            ("{ required: \"yes\" }", 24, "must be true or false, without quotes"),
            (
                "{ type: strnig, minLength: 3 }",
                20,
                "Value is not accepted. Valid values: \"string\", \"integer\", \"number\", \"boolean\", \"array\", \"object\".",
            ),
            ("{ type: integer, minLength: 3 }", 29, "this goes with `type: string` only"),
            ("{ type: string, maxLenght: 3 }", 28, "Property maxLenght is not allowed."),
            ("{ type: integer, default: \"5\" }", 38, "must be an integer"),
            ("{ type: integer, maximum: \"5\" }", 38, "must be a number, without quotes"),
            ("{ required: true, default: 5 }", 30, "a required param has no use for a default: remove `default` or `required: true`"),
            ("{ $ref: Player }", 20, "write `$ref: \"#/schemas/Name\"`"),
            ("{ type: array, items: { type: string, required: true } }", 50, "Property required is not allowed."),
        ];
        for (param, column, wanted) in cases {
            let text = format!("{HEAD}{PARAMS}      name: {param}\n");
            let uri = editor.open_new(&text).await;
            let faults = editor.faults(&uri).await;
            let told: Vec<_> = faults.iter().map(|fault| fault["message"].as_str()).collect();
            assert_eq!(told, [Some(wanted)], "{param}");
            let start = json!({ "line": 5, "character": column });
            assert_eq!(faults[0]["range"]["start"], start, "{param}");
        }
    })
    .await;
}

/// The comment on their first line is enough, and nothing in them is wrong but what is added here.
#[tokio::test]
async fn it_reads_the_specs_of_this_repository() {
    guarded(async {
        let editor = &mut Editor::start(&[]).await;
        for path in ["actions.yaml", "examples/scores/actions.yaml"] {
            let text = fs::read_to_string(root().join(path)).expect("the spec");
            let uri = address(path);
            editor.open(&uri, &format!("{text}\nmadeUp: 1\n")).await;
            let faults = editor.faults(&uri).await;
            let told: Vec<_> = faults
                .iter()
                .map(|fault| fault["message"].as_str())
                .collect();
            assert_eq!(told, [Some("Property madeUp is not allowed.")], "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn without_the_schema_it_knows_nothing() {
    guarded(async {
        let editor = &mut Editor::start(&[]).await;
        let text = format!("{HEAD}{PARAMS}      name:\n        r|\n");
        assert_eq!(labels(editor, &text).await, Vec::<String>::new());
        let text = format!("{HEAD}{PARAMS}      name: {{ req|uired: \"yes\" }}\n");
        assert_eq!(hover(editor, &text).await, "");
    })
    .await;
}
