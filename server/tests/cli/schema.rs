//! `schema`, and that `docs/actions.schema.json` is what it prints.

use crate::program::Folder;
use actionline_specs::spec_schema;
use serde_json::Value;
use std::fs;
use std::path::Path;

#[test]
fn the_kept_schema_is_what_the_program_prints() {
    let ran = Folder::new().run(&["schema"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let printed: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(printed, spec_schema());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/actions.schema.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &ran.out).expect("it can be written");
    }
    let kept = fs::read_to_string(path).expect("the schema is kept");
    assert!(
        kept == ran.out,
        "docs/actions.schema.json is out of date: BLESS=1 cargo test -p actionline --test cli schema writes it"
    );
}
