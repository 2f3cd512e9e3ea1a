//! Every example that the shipped specs show, sent to the shipped server.

use actionline_specs::{Source, Spec, load, verbs};
use actionline_tests::{Setup, examples};
use std::path::Path;

async fn run(spec: &Spec) {
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public");
    let mut ran = 0;
    for (_, example) in examples::all(spec) {
        let server = Setup::shipped(&public).start().await;
        let client = actionline_tests::TestClient::connect(server.address()).await;
        examples::run(&spec.source, example, client).await;
        server.stop().await;
        ran += 1;
    }
    assert!(ran >= spec.actions.len(), "every entry shows an example");
}

#[tokio::test]
async fn the_verbs_examples_hold() {
    run(verbs()).await;
}

#[tokio::test]
async fn the_actions_examples_hold() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../actions.yaml");
    let text = std::fs::read_to_string(path).expect("the spec");
    run(&load(Source::new("actions.yaml", text)).expect("a good spec")).await;
}
