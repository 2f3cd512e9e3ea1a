//! Protocol §4, the word form: sticky params, one-off params, what is made of text.

mod refused;

use actionline_tests::{TestClient, TestServer};
use serde_json::json;

const OK: &str = r#"{"context":"response","status":"OK"}"#;

fn error(text: &str) -> String {
    json!({ "context": "response", "error": text }).to_string()
}

async fn save(client: &mut TestClient, pairs: &[&str]) {
    for pair in pairs {
        let reply = client.ask(&format!("paramAdd {pair}")).await;
        assert_eq!(reply, r#"{"status":"OK","context":"response"}"#);
    }
}

#[tokio::test]
async fn an_action_runs_with_the_saved_params() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    save(&mut client, &["name=a b", "count=-5"]).await;
    for _ in 0..2 {
        assert_eq!(
            client.ask("needs").await,
            r#"{"context":"response","name":"a b","count":-5,"unit":"pieces"}"#
        );
    }
}

#[tokio::test]
async fn one_off_params_hold_for_one_request() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    save(&mut client, &["name=kept", "count=1"]).await;
    assert_eq!(
        client.ask(r#"needs name="for once" unit=kg"#).await,
        r#"{"context":"response","name":"for once","count":1,"unit":"kg"}"#
    );
    assert_eq!(
        client.ask("needs").await,
        r#"{"context":"response","name":"kept","count":1,"unit":"pieces"}"#
    );
}

#[tokio::test]
async fn the_word_form_keeps_the_action_and_the_common_params() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.ask("needs name=x").await;
    assert_eq!(
        client.ask("paramsView").await,
        r#"{"context":"response","params":{"action":"needs","limit":100,"offset":0}}"#
    );
    client.ask("nothing").await;
    save(&mut client, &["limit=5"]).await;
    client.ask("paramDelete offset").await;
    assert_eq!(
        client.ask("page").await,
        r#"{"context":"response","limit":5,"offset":0}"#
    );
    assert_eq!(
        client.ask("paramsView").await,
        r#"{"context":"response","params":{"action":"page","limit":"5","offset":0}}"#
    );
    assert_eq!(
        client.ask("page limit=7").await,
        r#"{"context":"response","limit":7,"offset":0}"#
    );
    assert_eq!(
        client.ask("paramView limit").await,
        r#"{"context":"response","params":{"limit":"5"}}"#
    );
}

#[tokio::test]
async fn a_request_that_is_refused_keeps_the_action_too() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.ask("bogus").await;
    client.ask("needs novalue").await;
    assert_eq!(
        client.ask("paramsView").await,
        r#"{"context":"response","params":{}}"#
    );
    client.ask("needs").await;
    assert_eq!(
        client.ask("paramView action").await,
        r#"{"context":"response","params":{"action":"needs"}}"#
    );
}

#[tokio::test]
async fn text_is_read_by_the_declared_type() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (sent, field) in [
        ("text=50", r#""text":"50""#),
        ("text=", r#""text":"""#),
        ("whole=50", r#""whole":50"#),
        ("whole=-5", r#""whole":-5"#),
        ("whole=0", r#""whole":0"#),
        (
            "whole=9223372036854775807",
            r#""whole":9223372036854775807"#,
        ),
        (
            "whole=-9223372036854775808",
            r#""whole":-9223372036854775808"#,
        ),
        ("real=1.5", r#""real":1.5"#),
        ("real=1e3", r#""real":1000.0"#),
        ("real=-0.25", r#""real":-0.25"#),
        ("flag=true", r#""flag":true"#),
        ("flag=false", r#""flag":false"#),
        (r#"list=[1,"a"]"#, r#""list":[1,"a"]"#),
        (r#"map={"b":1,"a":2}"#, r#""map":{"b":1,"a":2}"#),
        ("any=5", r#""any":"5""#),
        ("any=", r#""any":"""#),
        (r#"any="a \"b\" \\""#, r#""any":"a \"b\" \\""#),
    ] {
        let expected = format!(r#"{{"context":"response",{field}}}"#);
        assert_eq!(
            client.ask(&format!("kinds {sent}")).await,
            expected,
            "{sent}"
        );
    }
}

#[tokio::test]
async fn tabs_and_spaces_part_words_and_quotes_hold_them() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    assert_eq!(
        client.ask("needs\tname=\"a\tb\" \t count=1  ").await,
        r#"{"context":"response","name":"a\tb","count":1,"unit":"pieces"}"#
    );
    assert_eq!(
        client.ask("maybe note=it's=so").await,
        r#"{"context":"response","always":true,"note":"it's=so"}"#
    );
    assert_eq!(
        client.ask(r#"maybe note="""#).await,
        r#"{"context":"response","always":true,"note":""}"#
    );
}
