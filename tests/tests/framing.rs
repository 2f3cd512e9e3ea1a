//! Protocol §1: bytes into lines.

use actionline_tests::{Setup, TestServer};

const OK: &str = r#"{"context":"response","status":"OK"}"#;
const TOO_LONG: &str =
    r#"{"context":"response","error":"the line is longer than 65536 bytes and was not run"}"#;
const BYE: &str = r#"{"status":"Bye!","context":"response"}"#;
const LINE: usize = 64 * 1024;
const DISCARD: usize = 1024 * 1024;

/// The param `x`, as the server has kept it.
async fn kept(client: &mut actionline_tests::TestClient) -> String {
    let reply = client.ask_json("paramView x").await;
    reply["params"]["x"].as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn lines_come_whole_with_cr_and_lf() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send_raw("nothing\nquit\n").await;
    let said = String::from_utf8(client.rest().await).unwrap();
    assert_eq!(
        said,
        "{\"context\":\"response\",\"status\":\"OK\",\"messageCount\":1}\r\n\
         {\"status\":\"Bye!\",\"context\":\"response\",\"messageCount\":2}\r\n"
    );
}

#[tokio::test]
async fn one_cr_before_lf_is_dropped_and_a_bare_one_is_data() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for (sent, value) in [
        ("paramAdd x=a\n", "a"),
        ("paramAdd x=b\r\n", "b"),
        ("paramAdd x=c\r\r\n", "c\r"),
        ("paramAdd x=d\re\n", "d\re"),
    ] {
        client.send_raw(sent).await;
        client.heard().await;
        assert_eq!(kept(&mut client).await, value, "{sent:?}");
    }
}

#[tokio::test]
async fn empty_lines_take_no_reply_and_no_number() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send_raw("\n\r\n\n   \n\t \r\nnothing\n").await;
    assert_eq!(client.heard().await, OK);
    assert_eq!(client.next_number(), 2);
}

#[tokio::test]
async fn spaces_before_the_first_word_are_ignored() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    assert_eq!(client.ask("  \t nothing").await, OK);
    assert_eq!(client.ask(r#"  {"action":"nothing"}"#).await, OK);
}

#[tokio::test]
async fn a_character_cut_across_packets_stays_whole() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for byte in "paramAdd x=é€😀\n".bytes() {
        client.send_raw([byte]).await;
        tokio::task::yield_now().await;
    }
    client.heard().await;
    assert_eq!(kept(&mut client).await, "é€😀");
}

#[tokio::test]
async fn many_lines_in_one_packet_are_many_requests() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client
        .send_raw("paramAdd x=1\nparamView x\nparamDelete x\nparamView x\n")
        .await;
    client.heard().await;
    assert_eq!(
        client.heard().await,
        r#"{"context":"response","params":{"x":"1"}}"#
    );
    client.heard().await;
    assert_eq!(
        client.heard().await,
        r#"{"context":"response","params":{}}"#
    );
}

#[tokio::test]
async fn a_line_of_the_limit_runs_and_one_more_byte_is_refused() {
    let server = Setup::lab()
        .limits(|limits| (limits.sticky_total, limits.sticky_value) = (1 << 20, 1 << 20))
        .start()
        .await;
    let mut client = server.client().await;
    let head = "paramAdd x=";
    for (end, extra) in [("\n", 0), ("\r\n", 0), ("\n", 1), ("\r\n", 1)] {
        let value = "v".repeat(LINE - head.len() + extra);
        client.send_raw(format!("{head}{value}{end}")).await;
        let reply = client.heard().await;
        if extra == 0 {
            assert_eq!(reply, r#"{"status":"OK","context":"response"}"#);
            assert_eq!(kept(&mut client).await, value);
        } else {
            assert_eq!(reply, TOO_LONG);
        }
        assert_eq!(client.ask("nothing").await, OK, "it stays connected");
    }
}

#[tokio::test]
async fn the_error_comes_before_the_line_ends_and_the_rest_is_discarded() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send_raw("x".repeat(LINE + 2)).await;
    assert_eq!(client.heard().await, TOO_LONG);
    client.send_raw("nothing ".repeat(1000)).await;
    client.send_raw("\nnothing\n").await;
    assert_eq!(client.heard().await, OK);
}

#[tokio::test]
async fn a_long_json_line_is_refused_with_a_code() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let reply = client.ask(&format!("{{{}", " ".repeat(LINE))).await;
    assert!(
        reply.ends_with(r#"was not run","code":"lineTooLong"}"#),
        "{reply}"
    );
}

#[tokio::test]
async fn a_mebibyte_may_be_discarded_and_not_more() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send_raw("x".repeat(DISCARD)).await;
    client.send_raw("\nnothing\n").await;
    assert_eq!(client.heard().await, TOO_LONG);
    assert_eq!(client.heard().await, OK);

    client.send_raw("nothing\n").await;
    client.send_raw("x".repeat(DISCARD + 1)).await;
    assert_eq!(client.heard().await, OK);
    assert_eq!(client.heard().await, TOO_LONG);
    assert_eq!(
        client.heard().await,
        r#"{"context":"api","status":"goodbye","reason":"line too long"}"#
    );
    client.closed().await;
}

#[tokio::test]
async fn bytes_that_are_not_utf8_are_refused() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let error = "the line is not valid UTF-8 and was not run";
    for bad in [
        b"paramAdd x=\xff\n".as_slice(),
        b"\xc3\x28\n",
        b"say \xed\xa0\x80\n",
        b"say \xe2\x82\n",
    ] {
        client.send_raw(bad).await;
        let expected = format!(r#"{{"context":"response","error":"{error}"}}"#);
        assert_eq!(client.heard().await, expected, "{bad:?}");
    }
    client.send_raw(b"{\"action\":\"\xff\"}\n").await;
    let expected = format!(r#"{{"context":"response","error":"{error}","code":"invalidUtf8"}}"#);
    assert_eq!(client.heard().await, expected);
    assert_eq!(
        client.ask("paramView x").await,
        r#"{"context":"response","params":{}}"#
    );
}

#[tokio::test]
async fn ctrl_d_and_the_interrupt_of_telnet_are_quit() {
    let server = TestServer::lab().await;
    for (sent, why) in [
        (b"\x04".as_slice(), "Ctrl-D without a line end"),
        (b"\x04\n", "Ctrl-D and a line end"),
        (b"\x04nothing\n", "Ctrl-D, whatever follows"),
        (b"\xff\xf4\xff\xfd\x06", "telnet's Ctrl-C"),
        (
            b"half a line\xff\xf4\xff\xfd\x06",
            "telnet's Ctrl-C within a line",
        ),
    ] {
        let mut client = server.client().await;
        client.send_raw(sent).await;
        assert_eq!(client.heard().await, BYE, "{why}");
        client.closed().await;
    }
    let mut client = server.client().await;
    for byte in b"\xff\xf4\xff\xfd\x06" {
        client.send_raw([*byte]).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(client.heard().await, BYE, "cut in pieces");
}

#[tokio::test]
async fn control_characters_are_data_in_values_and_refused_in_names() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send("paramAdd x=a\u{4}\u{1}\u{7f}b").await;
    client.heard().await;
    assert_eq!(kept(&mut client).await, "a\u{4}\u{1}\u{7f}b");
    for (line, what) in [
        ("no\u{1}thing", "the name of a verb or an action"),
        ("\u{7f}", "the name of a verb or an action"),
        ("paramAdd x\u{1}=5", "the key of paramAdd"),
        ("paramView x\u{1}", "the key of paramView"),
        ("paramDelete x\u{85}", "the key of paramDelete"),
        ("roomChange a\u{1b}b", "the room of roomChange"),
    ] {
        let expected = format!(
            r#"{{"context":"response","error":"{what} may not contain control characters"}}"#
        );
        assert_eq!(client.ask(line).await, expected, "{line:?}");
    }
}

#[tokio::test]
async fn owed_replies_are_sent_after_half_close() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send("gated gate=a").await;
    client.send("nothing").await;
    client.half_close().await;
    server.gates().come("a").await;
    server.gates().open("a", 1);
    assert_eq!(client.heard().await, r#"{"context":"response","gate":"a"}"#);
    assert_eq!(client.heard().await, OK);
    client.closed().await;
}

#[tokio::test]
async fn labelled_replies_are_owed_too() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    for gate in ["a", "b"] {
        let params = format!(r#"{{"gate":"{gate}"}}"#);
        client
            .send(&format!(
                r#"{{"action":"gated","params":{params},"messageId":1}}"#
            ))
            .await;
    }
    client.half_close().await;
    for gate in ["b", "a"] {
        server.gates().come(gate).await;
        server.gates().open(gate, 1);
        assert_eq!(client.json().await["gate"], gate);
    }
    client.closed().await;
}

#[tokio::test]
async fn a_line_that_is_refused_waits_its_turn_too() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send("gated gate=a").await;
    client.send_raw("x".repeat(LINE + 1)).await;
    client.send_raw(b"\n\xff\nbogus\n{\nnothing\n").await;
    server.gates().come("a").await;
    assert_eq!(server.gates().waiting(), 1);
    server.gates().open("a", 1);
    assert_eq!(client.heard().await, r#"{"context":"response","gate":"a"}"#);
    assert_eq!(client.heard().await, TOO_LONG);
    assert!(client.heard().await.contains("not valid UTF-8"));
    assert!(client.heard().await.contains("not a known action"));
    assert!(client.heard().await.contains("not valid JSON"));
    assert_eq!(client.heard().await, OK);
}

#[tokio::test]
async fn an_endless_line_ends_the_client_after_what_it_is_owed() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client
        .send(r#"{"action":"gated","params":{"gate":"a"},"messageId":1}"#)
        .await;
    client.send_raw("x".repeat(DISCARD + 1)).await;
    assert_eq!(client.heard().await, TOO_LONG);
    server.gates().open("a", 1);
    assert_eq!(client.json().await["gate"], "a");
    assert_eq!(client.json().await["reason"], "line too long");
    client.closed().await;
}

#[tokio::test]
async fn an_unfinished_last_line_is_not_run() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    client.send_raw("nothing\nnothing").await;
    client.half_close().await;
    assert_eq!(client.heard().await, OK);
    client.closed().await;
}
