//! The spec loader: any text is a spec or a list of faults, each at a place in it.

use actionline_specs::{Source, Span, lint, load, machine, params_schema, refusal::refusals};

pub(super) fn run(text: &str) {
    match load(Source::new("x", text)) {
        Ok(spec) => {
            let _ = lint(&spec).to_string();
            let _ = machine::hash([&spec]);
            for action in &spec.actions {
                let _ = params_schema(&action.params);
                for param in &action.params {
                    let _ = refusals(param).len();
                }
            }
        }
        Err(faults) => {
            assert!(!faults.list.is_empty());
            for fault in &faults.list {
                inside(text, fault.at);
                fault
                    .notes
                    .iter()
                    .filter_map(|note| note.at)
                    .for_each(|at| inside(text, at));
                let brief = fault.brief(&faults.source);
                assert!(!brief.contains(char::is_control), "{brief:?}");
            }
            let _ = faults.render(true);
        }
    }
}

fn inside(text: &str, at: Span) {
    assert!(text.get(at.range()).is_some(), "{at:?} in {text:?}");
}
