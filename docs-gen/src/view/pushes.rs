//! The direct messages that the application declares.

use super::entry::anchor;
use super::rows::FieldRow;
use super::sample;
use actionline_specs::{Push, wire};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// One direct message.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PushView {
    pub(crate) name: String,
    /// Of its heading.
    #[serde(skip)]
    pub(crate) anchor: String,
    pub(crate) description: String,
    pub(crate) fields: Vec<FieldRow>,
    /// How it looks.
    line: String,
}

/// Every declared message.
pub(super) fn all(pushes: &[Push]) -> Vec<PushView> {
    let mut views: Vec<PushView> = Vec::new();
    for push in pushes {
        let mut view = PushView::new(push);
        // As GitHub numbers headings whose names differ only in case.
        let same = |known: &&PushView| known.name.eq_ignore_ascii_case(&view.name);
        let same = views.iter().filter(same).count();
        if same > 0 {
            view.anchor.push_str(&format!("-{same}"));
        }
        views.push(view);
    }
    views
}

impl PushView {
    fn new(push: &Push) -> Self {
        Self {
            name: push.name.clone(),
            anchor: anchor("Push", &push.name),
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
