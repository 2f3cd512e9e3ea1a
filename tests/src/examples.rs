//! Runs what a spec shows: each example on a connection of its own.

use crate::TestClient;
use actionline_specs::{Action, Example, ExampleReply, Source, Spec, matches};
use serde_json::Value;

/// Sends an example's lines and compares what comes back with what the spec says.
///
/// # Panics
/// When they differ; the message names the spec's line.
pub async fn run(spec: &Source, example: &Example, mut client: TestClient) {
    client.line().await;
    for line in &example.before {
        client.ask(line).await;
    }
    client.send(&example.send).await;
    let at = spec.locate(example.at);
    let line = match &example.reply {
        ExampleReply::Bytes(text) => {
            let bytes = client.bytes(text.len()).await;
            assert_eq!(String::from_utf8_lossy(&bytes), *text, "{at}");
            return;
        }
        _ => client.json().await,
    };
    if let Err(difference) = matches(&expected(&example.reply), &own_fields(line)) {
        panic!("{at}: `{}` answers otherwise: {difference}", example.send);
    }
}

/// Every example of a spec with its action.
pub fn all(spec: &Spec) -> impl Iterator<Item = (&Action, &Example)> {
    let actions = spec.actions.iter();
    actions.flat_map(|action| action.examples.iter().map(move |example| (action, example)))
}

fn expected(reply: &ExampleReply) -> Value {
    match reply {
        ExampleReply::Fields(fields) => Value::Object(fields.clone()),
        ExampleReply::Error(text) => serde_json::json!({ "error": text }),
        ExampleReply::Bytes(_) => Value::Null,
    }
}

/// A reply without what the protocol adds.
fn own_fields(mut line: Value) -> Value {
    if let Some(fields) = line.as_object_mut() {
        fields.shift_remove("context");
        fields.shift_remove("messageCount");
    }
    line
}
