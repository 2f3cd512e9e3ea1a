//! What may be under way: actions that wait, and files.

use super::*;
use actionline_tests::doorman::{Doorman, Rule};
use actionline_tests::folder::Folder;

#[tokio::test]
pub(super) async fn action_time() {
    // The limit, and what the spec says in its place.
    for (action, seconds) in [("gated", 30), ("gatedBriefly", 5)] {
        let clock = ManualClock::default();
        let server = Setup::lab().clock(&clock).start().await;
        let mut client = server.client().await;
        let line = format!(r#"{{"action":"{action}","params":{{"gate":"a"}},"messageId":1}}"#);
        client.send(&format!("{action} gate=a")).await;
        client.send(&line).await;
        server.gates().come("a").await;
        server.gates().come("a").await;
        clock.advance(Duration::from_secs(seconds) - Duration::from_nanos(1));
        assert_eq!(
            client
                .ask_json(r#"{"action":"nothing","messageId":2}"#)
                .await["messageId"],
            2
        );
        assert_eq!(server.gates().waiting(), 2);
        clock.advance(Duration::from_nanos(1));
        let error = format!("the action took longer than {seconds} seconds and was stopped");
        let refused = json!({ "context": "response", "error": error }).to_string();
        assert_eq!(client.heard().await, refused);
        let labelled = client.json().await;
        assert_eq!(
            (&labelled["code"], &labelled["messageId"]),
            (&json!("timeout"), &json!(1))
        );
        assert_eq!(server.gates().waiting(), 0, "they are dropped");
        assert_eq!(client.ask("nothing").await, OK);
    }
}

#[tokio::test]
pub(super) async fn actions() {
    let most = std::thread::available_parallelism().map_or(1, usize::from);
    let server = Setup::lab()
        .limits(|limits| limits.actions = 1)
        .start()
        .await;
    let mut others = Vec::new();
    for _ in 0..most {
        let mut client = server.client().await;
        client.send("gated gate=a").await;
        server.gates().come("a").await;
        others.push(client);
    }
    let mut client = server.client().await;
    let text = "the server has too much to do and did not run this";
    let refused = json!({ "context": "response", "error": text }).to_string();
    assert_eq!(client.ask("gated gate=a").await, refused);
    let json = client
        .ask_json(r#"{"action":"gated","params":{"gate":"a"}}"#)
        .await;
    assert_eq!(json["code"], "overloaded");
    assert!(
        json["retryAfterMs"]
            .as_u64()
            .is_some_and(|wait| wait >= 1000)
    );
    assert_eq!(client.ask("nothing").await, OK, "what does not wait is run");
    server.gates().open("a", 1 + most);
    for other in &mut others {
        assert_eq!(other.json().await["gate"], "a");
    }
    assert_eq!(client.ask_json("gated gate=a").await["gate"], "a");
}

#[tokio::test]
pub(super) async fn files() {
    let server = TestServer::lab().await;
    let mut client = server.client().await;
    let line = |label: usize| {
        format!(r#"{{"action":"gatedFile","params":{{"gate":"a"}},"messageId":{label}}}"#)
    };
    for label in 1..=2 {
        client.send(&line(label)).await;
        server.gates().come("a").await;
    }
    let refused = client.ask_json(&line(3)).await;
    assert_eq!(refused["error"], "too many files at once (the limit is 2)");
    server.gates().open("a", 1);
    assert_eq!(client.json().await["code"], "gone");
    client.send(&line(4)).await;
    server.gates().come("a").await;
}

#[tokio::test]
pub(super) async fn address_files() {
    let line = |gate| format!(r#"{{"action":"gatedFile","params":{{"gate":"{gate}"}}}}"#);
    let what = "too many files at once for your address (the limit is 3)";
    for exempt in [false, true] {
        let setup = Setup::lab().config(|config| {
            config.limits.address_files = 3;
            if !exempt {
                config.exempt.clear();
            }
        });
        let server = setup.start().await;
        let [mut ann, mut bob, mut cyd, mut dan] = server.clients().await;
        for (client, gate) in [(&mut ann, "a"), (&mut bob, "b"), (&mut cyd, "c")] {
            client.send(&line(gate)).await;
            server.gates().come(gate).await;
        }
        if !exempt {
            assert_eq!(dan.ask_json(&line("d")).await["error"], what);
            server.gates().open("b", 1);
            assert_eq!(bob.json().await["code"], "gone");
        }
        dan.send(&line("d")).await;
        server.gates().come("d").await;
    }
}

#[tokio::test]
pub(super) async fn files_total() {
    let folder = Folder::new();
    folder.write("big", vec![b'x'; 16 << 20]);
    folder.write("small", "small");
    let server = Setup::shipped(&folder).limits(|limits| limits.files_total = 1);
    let server = server.start().await;
    let mut slow = TestClient::connect_narrow(server.address()).await;
    slow.line().await;
    slow.send("file fileName=big").await;
    slow.bytes(1).await;
    let mut other = server.client().await;
    let refused = limit_reached("the server sends too many files at once", "1");
    assert_eq!(other.ask("file fileName=small").await, refused);
    slow.bytes((16 << 20) - 1).await;
    slow.ask("paramsView").await;
    other.send("file fileName=small").await;
    assert_eq!(other.bytes(5).await, b"small");
}

#[tokio::test]
pub(super) async fn json_members() {
    let (_server, mut client) = with(|_| ()).await;
    for count in [255, 256, 257] {
        let members: Vec<String> = (0..count).map(|n| format!("\"k{n}\":{n}")).collect();
        let object = format!("{{{}}}", members.join(","));
        let line = format!(r#"{{"action":"kinds","params":{{"any":[{object}]}}}}"#);
        let reply = client.ask_json(&line).await;
        let text = "any must not hold an object with more than 256 members for this action";
        match count <= 256 {
            true => assert!(reply["error"].is_null(), "{count}: {reply}"),
            false => assert_eq!(reply["error"], text),
        }
    }
}

#[tokio::test]
pub(super) async fn access_time() {
    let refused =
        r#"{"context":"response","error":"nothing requires the application's permission"}"#;
    for (waited, expected) in [(1, OK), (2, refused), (3, refused)] {
        let clock = ManualClock::default();
        let doorman = Doorman::default().with("action nothing", Rule::Wait("door"));
        let server = Setup::lab().clock(&clock).access(doorman.clone());
        let server = server.start().await;
        let mut client = server.client().await;
        client.send("nothing").await;
        doorman.gates().come("door").await;
        clock.advance(Duration::from_secs(waited));
        // Whoever is served after that saw the time that passed.
        server.client().await.ask("roomView").await;
        if waited >= 2 {
            assert_eq!(client.heard().await, expected, "{waited}");
        }
        doorman.gates().open("door", 1);
        if waited < 2 {
            assert_eq!(client.heard().await, expected, "{waited}");
        }
    }
}
