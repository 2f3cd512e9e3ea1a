//! Values within values on their way through a handler: enums, wrappers, structs and arrays of them.

use actionline_tests::TestServer;
use serde_json::{Value, json};

const OWNER: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

async fn answers(line: &str) -> Value {
    let server = TestServer::lab().await;
    let mut reply = server.client().await.ask_json(line).await;
    let fields = reply.as_object_mut().expect("an object");
    fields.shift_remove("context");
    fields.shift_remove("messageCount");
    reply
}

#[tokio::test]
async fn a_handler_gets_and_answers_values_within_values() {
    let request = json!({ "action": "board", "params": {
        "level": "veryHigh",
        "owner": OWNER.to_uppercase(),
        "at": "2024-02-29T12:00:00.5+02:00",
        "board": { "rows": [[1, 2.0], [], [9e0]], "title": "a\"b" },
    }});
    let wanted = json!({
        "level": "veryHigh",
        "owner": OWNER,
        "at": "2024-02-29T10:00:00.5Z",
        "board": { "title": "a\"b", "rows": [[1, 2], [], [9]] },
    });
    assert_eq!(answers(&request.to_string()).await, wanted);
}

#[tokio::test]
async fn what_may_be_absent_is_left_out_and_a_default_is_typed() {
    let wanted = json!({ "level": "low", "board": { "title": "x" } });
    assert_eq!(answers(r#"board board={"title":"x"}"#).await, wanted);
}

#[tokio::test]
async fn no_handler_sees_a_value_that_its_types_cannot_hold() {
    for (board, error) in [
        (
            r#"{"title":"x","rows":[[1],[10]]}"#,
            "board.rows[1][0] must be at most 9 for this action",
        ),
        (
            r#"{"title":"x","rows":[["1"]]}"#,
            "board.rows[0][0] must be an integer for this action",
        ),
        (
            r#"{"rows":null,"title":"x"}"#,
            "board.rows must be an array for this action",
        ),
        (
            r#"{"rows":[]}"#,
            "board.title is a required parameter for this action",
        ),
    ] {
        assert_eq!(
            answers(&format!("board board={board}")).await["error"],
            error
        );
    }
    let wrong = answers(r#"board level=high board={"title":"x"}"#).await;
    let error = wrong["error"].as_str().unwrap_or_default();
    assert!(error.starts_with("level must be one of "), "{error}");
}
