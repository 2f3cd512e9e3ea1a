//! Protocol §4, the word form: sticky params, one-off params, what is made of text.

mod names;
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
async fn text_of_another_type_is_refused() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (value, what) in [
        ("whole=\" 50\"", "an integer"),
        ("whole=5e1", "an integer"),
        ("whole=050", "an integer"),
        ("whole=+5", "an integer"),
        ("whole=5.0", "an integer"),
        ("whole=", "an integer"),
        ("whole=9223372036854775808", "an integer"),
        ("whole=٣", "an integer"),
        ("real=.5", "a number"),
        ("real=1e400", "a number"),
        ("real=NaN", "a number"),
        ("real=inf", "a number"),
        ("flag=True", "true or false"),
        ("flag=1", "true or false"),
        ("flag=yes", "true or false"),
        ("list={}", "an array"),
        ("map=[]", "an object"),
    ] {
        let param = value.split('=').next().unwrap();
        let text = format!("{param} must be {what} for this action");
        assert_eq!(
            client.ask(&format!("kinds {value}")).await,
            error(&text),
            "{value}"
        );
    }
}

#[tokio::test]
async fn json_text_that_is_broken_is_refused() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for value in [
        "list=[1",
        "list=[1,]",
        "map={\"a\":1,\"a\":2}",
        "map={\"a\":1e400}",
    ] {
        let param = value.split('=').next().unwrap();
        let reply = client.ask(&format!("kinds {value}")).await;
        let start = format!(r#"{{"context":"response","error":"{param} must "#);
        assert!(
            reply.starts_with(&start) && reply.ends_with(r#" for this action"}"#),
            "{reply}"
        );
    }
}

#[tokio::test]
async fn every_rule_has_its_text() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (sent, text) in [
        ("ttl=0", "ttl must be at least 1 for this action"),
        ("ttl=11", "ttl must be at most 10 for this action"),
        ("ttl=x", "ttl must be an integer for this action"),
        ("ratio=0.4", "ratio must be at least 0.5 for this action"),
        ("ratio=1.1", "ratio must be at most 1 for this action"),
        (
            "level=middle",
            "level must be one of low, high for this action",
        ),
        (
            "key=abcde",
            "key must be at most 4 characters long for this action",
        ),
        (
            "key=a",
            "key must be at least 2 characters long for this action",
        ),
        ("key=a1", "key must match ^[a-z]+$ for this action"),
    ] {
        assert_eq!(
            client.ask(&format!("rules {sent}")).await,
            error(text),
            "{sent}"
        );
    }
    for fine in [
        "ttl=1",
        "ttl=10",
        "ratio=0.5",
        "ratio=1",
        "ratio=1.0",
        "level=low",
        "key=ab",
        "key=abcd",
    ] {
        assert_eq!(client.ask(&format!("rules {fine}")).await, OK, "{fine}");
    }
}

#[tokio::test]
async fn lengths_count_characters() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let text = "key must match ^[a-z]+$ for this action";
    assert_eq!(client.ask("rules key=éééé").await, error(text));
    let text = "key must be at most 4 characters long for this action";
    assert_eq!(client.ask("rules key=😀😀😀😀😀").await, error(text));
}

#[tokio::test]
async fn the_first_fault_in_declared_order_is_told() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (sent, text) in [
        ("needs", "name is a required parameter for this action"),
        (
            "needs count=x",
            "name is a required parameter for this action",
        ),
        (
            "needs name=a",
            "count is a required parameter for this action",
        ),
        (
            "needs name= count=1",
            "name is a required parameter for this action",
        ),
        (
            "needs bogus=1",
            "name is a required parameter for this action",
        ),
        (
            "needs unit=kg count=x name=a",
            "count must be an integer for this action",
        ),
        (
            "needs name=a count=1 limit=-1",
            "limit must be at least 0 for this action",
        ),
    ] {
        assert_eq!(client.ask(sent).await, error(text), "{sent}");
    }
}

#[tokio::test]
async fn a_bad_saved_value_says_where_it_comes_from() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    save(&mut client, &["name=a", "count= 50", "ttl=0", "limit=x"]).await;
    let text = "count must be an integer for this action (saved by paramAdd)";
    assert_eq!(client.ask("needs").await, error(text));
    let text = "limit must be an integer for this action (saved by paramAdd)";
    assert_eq!(client.ask("needs count=5").await, error(text));
    let text = "ttl must be at least 1 for this action (saved by paramAdd)";
    assert_eq!(client.ask("rules limit=1").await, error(text));
    let text = "ttl must be at most 10 for this action";
    assert_eq!(client.ask("rules ttl=11").await, error(text));
    save(&mut client, &["name="]).await;
    let text = "name is a required parameter for this action";
    assert_eq!(client.ask("needs count=5 limit=1").await, error(text));
}

#[tokio::test]
async fn unknown_one_off_params_are_refused_and_unknown_saved_ones_ignored() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    save(&mut client, &["colour=red", "nmae=x"]).await;
    assert_eq!(
        client.ask("needs name=a count=1").await,
        r#"{"context":"response","name":"a","count":1,"unit":"pieces"}"#
    );
    for (sent, text) in [
        (
            "nmae=a",
            "nmae is not a known parameter for this action (did you mean name?)",
        ),
        (
            "colour=red",
            "colour is not a known parameter for this action",
        ),
        (
            "Count=1",
            "Count is not a known parameter for this action (did you mean count?)",
        ),
    ] {
        let line = format!("needs name=a count=1 {sent}");
        assert_eq!(client.ask(&line).await, error(text), "{sent}");
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
