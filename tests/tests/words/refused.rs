//! Words that are refused, and how an answer repeats them.

use super::*;

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
