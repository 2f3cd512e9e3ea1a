//! A line into a request, and its params into slots: what gets through is JSON that any reader takes.
#![no_main]

use actionline_specs::request::{Request, pairs, parse};
use actionline_specs::{Spec, bind_object, bind_words, limits};
use actionline_tests::lab::LAB;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use serde_json::value::RawValue;
use std::sync::LazyLock;

static SPEC: LazyLock<Spec> = LazyLock::new(|| LAB.spec().expect("the lab's spec"));

fuzz_target!(|line: &str| {
    match parse(line) {
        Ok(None) => assert!(line.trim_matches([' ', '\t']).is_empty()),
        Ok(Some(Request::Words { name, rest })) => {
            assert!(!name.is_empty() && line.contains(rest));
            for action in &SPEC.actions {
                if let Ok(pairs) = pairs(action, rest) {
                    let bound = bind_words(&action.params, &pairs, |_| None);
                    assert!(
                        bound.is_ok_and(|slots| slots.len() == action.params.len())
                            || !action.params.is_empty()
                            || !pairs.is_empty()
                    );
                }
            }
        }
        Ok(Some(Request::Json { params, label, .. })) => {
            let whole: &RawValue = serde_json::from_str(line).expect("JSON");
            assert!(whole.get().len() >= params.len());
            assert!(params.starts_with('{'));
            let _: &RawValue = serde_json::from_str(params).expect("params are JSON");
            if let Some(label) = label {
                assert!(label.len() as u64 <= limits::LABEL.default);
                let label: Value = serde_json::from_str(label).expect("a label is JSON");
                assert!(label.is_string() || label.is_number());
            }
            for action in &SPEC.actions {
                if bind_object(&action.params, params).is_ok() {
                    let _: Value = serde_json::from_str(params).expect("readable params");
                }
            }
        }
        Err(refused) => assert!(refused.form.json && !refused.fault.message.is_empty()),
    }
});
