//! A crate that brings its own spec: mounted beside the host's, and with actions that its features switch off.

use actionline::{Server, action, actions, verify};
use actionline_tests::lab::{Gates, LAB};
use actionline_tests::{Setup, TestServer};
use actionline_tests_plugin::GREETER;

actions!(RIVAL = "tests/plugin/rival.yaml", handlers = [self]);

#[action(spec = "tests/plugin/rival.yaml")]
fn welcome() {}

#[action(spec = "tests/plugin/rival.yaml")]
fn greet() {}

async fn host() -> TestServer {
    Setup::of(&GREETER).with_lab().start().await
}

#[tokio::test]
async fn a_host_serves_the_actions_of_both() {
    let both = async || Server::new(&GREETER).mount(&LAB).state(Gates::default());
    let report = verify::report(both).await.expect("it starts");
    assert!(report.drifts().is_empty(), "{report}");
    let server = host().await;
    let mut client = server.client().await;
    assert_eq!(client.ask_json("nothing").await["status"], "OK");
    assert_eq!(
        client.ask_json("shout name=ann").await["greeting"],
        "HELLO ANN!"
    );
}

#[tokio::test]
async fn an_action_whose_feature_is_off_is_not_there() {
    let server = host().await;
    let mut client = server.client().await;
    let reply = client.ask_json("whisper").await;
    let error = reply["error"].as_str().unwrap_or_default();
    assert!(error.starts_with("whisper is not "), "{error}");
    let names: Vec<String> = server
        .handle()
        .specs()
        .flat_map(|spec| spec.actions.iter().map(|action| action.name.clone()))
        .collect();
    assert!(names.contains(&"shout".to_owned()) && names.contains(&"nothing".to_owned()));
    assert!(!names.contains(&"whisper".to_owned()));
}

#[tokio::test]
async fn a_name_that_two_crates_declare_is_told_with_both_places() {
    let server = Server::new(&GREETER).mount(&RIVAL);
    let error = match server.bind("127.0.0.1:0").await {
        Ok(_) => panic!("it starts"),
        Err(error) => error.to_string(),
    };
    assert_eq!(
        error,
        "tests/tests/plugin/rival.yaml:8:3 of actionline-tests: the action `greet` is declared at \
         tests/plugin/actions.yaml:6:3 of actionline-tests-plugin already: rename one of them"
    );
}
