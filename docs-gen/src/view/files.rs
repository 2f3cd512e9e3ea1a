//! What the page says about actions that answer files (protocol §6).

use super::entry::anchor;
use super::line;
use actionline_specs::{Action, ExampleReply, Returns, Spec};
use serde::Serialize;
use serde_json::{Map, json};

/// A link to an action.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    name: String,
    anchor: String,
}

/// The actions that answer a file.
pub(super) fn actions(spec: &Spec) -> Vec<Link> {
    let link = |action: &Action| Link {
        name: action.name.clone(),
        anchor: anchor("Action", &action.name),
    };
    answer_files(spec).map(link).collect()
}

fn answer_files(spec: &Spec) -> impl Iterator<Item = &Action> {
    let files = |action: &&Action| matches!(action.returns, Returns::File);
    spec.actions.iter().filter(files)
}

pub(crate) use actionline_specs::transcript::FRAMED;

/// The line that announces a file, for the first example of an action that takes `framed`; empty when there is none.
pub(super) fn line(spec: &Spec) -> String {
    let framed =
        answer_files(spec).filter(|action| action.params.iter().any(|param| param.name == FRAMED));
    let sizes = framed.flat_map(|action| {
        action
            .examples
            .iter()
            .filter_map(move |example| match &example.reply {
                ExampleReply::Bytes(bytes) => Some((action, bytes.len())),
                _ => None,
            })
    });
    let Some((action, size)) = sizes.into_iter().next() else {
        return String::new();
    };
    let file = json!({ "name": "hello.txt", "size": size, "type": "text/plain", "modified": "2012-01-03T19:48:40.136Z" });
    line::reply(
        &action.name,
        &Map::from_iter([("file".to_owned(), file)]),
        Some(&json!("1")),
        1,
    )
}
