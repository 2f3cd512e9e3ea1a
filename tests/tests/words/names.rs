//! Names that stand for nothing.

use super::*;

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
