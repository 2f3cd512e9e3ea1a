//! A secret param is taken, and never said again.

use actionline_tests::TestServer;
use serde_json::json;

const SECRET: &str = "hunter2";

#[tokio::test]
async fn no_error_repeats_a_secret() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (line, wanted) in [
        (
            r#"login user=ann password=hunter2"#,
            "password must be at least 8 characters long for this action",
        ),
        (
            "login user=ann password=x hunter2",
            "the words after login are not valid: *** is not key=value",
        ),
        (
            "login user=ann password=correct hunter2=battery",
            "password must be at least 8 characters long for this action",
        ),
        (
            "login user=ann password=correct-horse hunter2=battery",
            "*** is not a known parameter for this action",
        ),
        (
            "login user=ann pasword=correct-horse password=correct-horse",
            "pasword is not a known parameter for this action (did you mean password?)",
        ),
        (
            r#"login user=ann password="hunter2"#,
            "the words after login are not valid: the quotes of *** do not end before a space",
        ),
        (
            r#"{"action":"login","params":{"user":"ann","password":"hunter2"}}"#,
            "password must be at least 8 characters long for this action",
        ),
        (
            r#"{"action":"login","params":{"user":"ann","password":"hunter2hunter2","keys":{"hunter2":1}}}"#,
            "keys.*** is not a known parameter for this action",
        ),
        (
            r#"{"action":"login","params":{"user":"ann","password":["hunter2"],"keys":{"main":"x"}}}"#,
            "password must be a string for this action",
        ),
        (
            r#"{"action":"login","params":{"user":"ann","password":"hunter2hunter2","keys":{"others":["aGVsbG8=","hunter2"]}}}"#,
            "keys.others[1] must be Base64 for this action",
        ),
    ] {
        let reply = client.ask(line).await;
        assert!(!reply.contains(SECRET), "{reply}");
        let reply: serde_json::Value = serde_json::from_str(&reply).unwrap();
        assert_eq!(reply["error"], wanted, "{line}");
    }
}

#[tokio::test]
async fn verbs_mask_a_saved_secret_and_actions_get_it() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.ask("paramAdd user=ann").await;
    client.ask("paramAdd password=hunter2hunter2").await;
    let shown = json!({ "user": "ann", "password": "***" });
    assert_eq!(client.ask_json("paramsView").await["params"], shown);
    assert_eq!(
        client.ask_json("paramView password").await["params"],
        json!({ "password": "***" })
    );
    assert_eq!(
        client.ask_json("paramView user").await["params"],
        json!({ "user": "ann" })
    );
    let details = client.ask_json("detailsView").await;
    assert_eq!(details["details"]["params"], shown);
    assert_eq!(client.ask_json("login").await["status"], "OK");
}
