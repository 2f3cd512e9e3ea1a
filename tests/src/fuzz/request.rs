//! A line into a request, and its params into slots: what gets through is JSON that any reader takes.

use crate::lab::LAB;
use actionline_specs::request::{Request, pairs, parse};
use actionline_specs::{Slots, Spec, bind_object, bind_params_into, bind_words, limits};
use serde_json::Value;
use serde_json::value::RawValue;
use std::sync::LazyLock;

static SPEC: LazyLock<Spec> = LazyLock::new(|| LAB.spec().expect("the lab's spec"));

pub(super) fn run(line: &str) {
    match parse(line) {
        Ok(None) => assert!(line.trim_matches([' ', '\t']).is_empty()),
        Ok(Some(Request::Words { name, rest })) => {
            assert!(!name.is_empty() && line.contains(rest));
            for action in &SPEC.actions {
                if let Ok(pairs) = pairs(action, rest) {
                    let bound = bind_words(&action.params, &pairs, |_| None);
                    assert!(bound.is_ok() || !(action.params.is_empty() && pairs.is_empty()));
                }
            }
        }
        Ok(Some(Request::Json { params, label, .. })) => {
            let whole: &RawValue = serde_json::from_str(line).expect("JSON");
            assert!(whole.get().len() >= params.text.len());
            assert!(params.text.starts_with('{'));
            let _: &RawValue = serde_json::from_str(params.text).expect("params are JSON");
            if let Some(label) = label {
                assert!(label.len() as u64 <= limits::LABEL.default);
                let label: Value = serde_json::from_str(label).expect("a label is JSON");
                assert!(label.is_string() || label.is_number());
            }
            for action in &SPEC.actions {
                let slow = bind_object(&action.params, params.text);
                let mut slots = Slots::new();
                let quick = bind_params_into(&action.params, &params, &mut slots).map(|()| slots);
                assert_eq!(format!("{quick:?}"), format!("{slow:?}"));
                if slow.is_ok() {
                    let _: Value = serde_json::from_str(params.text).expect("readable params");
                }
            }
        }
        Err(refused) => assert!(refused.form.json && !refused.fault.message.is_empty()),
    }
}
