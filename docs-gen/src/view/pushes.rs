//! The direct messages that the application declares.

use super::rows::FieldRow;
use super::sample;
use actionline_specs::{Push, wire};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// One direct message.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PushView {
    name: String,
    description: String,
    fields: Vec<FieldRow>,
    /// How it looks.
    line: String,
}

/// Every declared message.
pub(super) fn all(pushes: &[Push]) -> Vec<PushView> {
    pushes.iter().map(PushView::new).collect()
}

impl PushView {
    fn new(push: &Push) -> Self {
        Self {
            name: push.name.clone(),
            description: push.description.clone(),
            fields: FieldRow::all(&push.fields),
            line: line(push),
        }
    }
}

fn line(push: &Push) -> String {
    let own = match &push.example {
        Some(example) => sample::fill(example),
        None => {
            let fields = push.fields.iter();
            let pairs = fields.map(|field| (field.name.clone(), sample::of(&field.schema)));
            pairs.collect()
        }
    };
    let mut line = Map::from_iter([("context".to_owned(), json!(wire::API))]);
    line.extend(own);
    line.insert("messageCount".to_owned(), json!(1));
    sample::cut(&Value::Object(line))
}
