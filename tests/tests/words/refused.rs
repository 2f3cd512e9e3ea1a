//! What the word form refuses, and how it says so.

use crate::{OK, error, save};
use actionline_tests::TestServer;

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
async fn words_that_are_no_pairs_are_refused() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (sent, what) in [
        ("word", "word is not key=value"),
        ("name=a word", "word is not key=value"),
        ("=a", "a value without a key"),
        ("name=a name=b", "name is given twice"),
        ("name=\"a", "the quotes of name do not end before a space"),
        (
            "name=\"a\"b",
            "the quotes of name do not end before a space",
        ),
        ("na\u{1}me=a", "a key with a control character"),
    ] {
        let text = format!("the words after needs are not valid: {what}");
        assert_eq!(
            client.ask(&format!("needs {sent}")).await,
            error(&text),
            "{sent:?}"
        );
    }
}

#[tokio::test]
async fn unknown_actions_are_told_by_name() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    assert_eq!(
        client.ask("hello").await,
        error("hello is not a known action.")
    );
    assert_eq!(
        client.ask("Nothing x=1").await,
        error("Nothing is not a known action.")
    );
    assert_eq!(
        client.ask("<b>\"é").await,
        error("<b>\"é is not a known action.")
    );
}

#[tokio::test]
async fn client_text_is_cut_at_64_characters() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for length in [63, 64, 65, 1000] {
        let name = "é".repeat(length);
        let cut = "é".repeat(length.min(64));
        assert_eq!(
            client.ask(&name).await,
            error(&format!("{cut} is not a known action."))
        );
        let text = format!("{cut} is not a known parameter for this action");
        assert_eq!(client.ask(&format!("nothing {name}=1")).await, error(&text));
        let text = format!("the words after nothing are not valid: {cut} is not key=value");
        assert_eq!(client.ask(&format!("nothing {name}")).await, error(&text));
        let text = format!("the words after nothing are not valid: {cut} is given twice");
        assert_eq!(
            client.ask(&format!("nothing {name}=1 {name}=2")).await,
            error(&text)
        );
        let text = format!("player {cut} is banned");
        assert_eq!(
            client.ask(&format!("refuse who={name}")).await,
            error(&text)
        );
    }
}
