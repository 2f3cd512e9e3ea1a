//! The application's own say on who gets in and who may do what.

use super::*;
use actionline_tests::doorman::{Doorman, Rule};
use actionline_tests::folder::Folder;

/// Every kind of thing that is asked for: what the doorman hears, what a client sends, and whom the refusal names.
const KINDS: [[&str; 3]; 4] = [
    ["action nothing", "nothing", "nothing"],
    ["room attic", "roomChange attic", "roomChange"],
    ["say defaultRoom", "say hi", "say"],
    ["file a.txt", "file fileName=a.txt", "the file"],
];

struct Stage {
    server: TestServer,
    doorman: Doorman,
    clock: ManualClock,
    _folder: Folder,
}

async fn stage(doorman: Doorman) -> Stage {
    let folder = Folder::new();
    folder.write("a.txt", "abc");
    let clock = ManualClock::default();
    let server = Setup::shipped(&folder).with_lab().clock(&clock);
    let server = server.limits(|limits| limits.keep_alive = 0);
    let server = server.access(doorman.clone()).start().await;
    Stage {
        server,
        doorman,
        clock,
        _folder: folder,
    }
}

fn refused(name: &str) -> String {
    error(&format!("{name} requires the application's permission"))
}

/// What was asked for comes.
async fn is_ok(client: &mut TestClient, kind: &str) {
    match kind.starts_with("file") {
        true => assert_eq!(client.bytes(3).await, b"abc"),
        false => assert_eq!(client.json().await["status"], "OK", "{kind}"),
    }
}

#[tokio::test]
async fn what_is_allowed_goes_on_and_each_thing_is_asked_once() {
    let stage = stage(Doorman::default()).await;
    let mut client = stage.server.client().await;
    for [kind, line, _] in KINDS {
        client.send(line).await;
        is_ok(&mut client, kind).await;
        client.ask("roomChange defaultRoom").await;
    }
    // Not asked for: what is no more than one's own, and what cannot be anyway.
    for line in [
        "paramsView",
        "roomView",
        "detailsView",
        "nosuch",
        "roomChange",
    ] {
        client.ask(line).await;
    }
    let asked = stage.doorman.asked();
    let home = "room defaultRoom";
    let expected = [
        "connect",
        "action nothing",
        home,
        "room attic",
        home,
        "say defaultRoom",
        home,
        "action file",
        "file a.txt",
        home,
    ];
    assert_eq!(asked, expected);
}

#[tokio::test]
async fn a_no_an_error_and_a_panic_deny() {
    for rule in [Rule::No, Rule::Fail, Rule::Panic] {
        for [kind, line, name] in KINDS {
            let stage = stage(Doorman::default().with(kind, rule)).await;
            let [mut client, mut other] = stage.server.clients().await;
            assert_eq!(client.ask(line).await, refused(name), "{kind} {rule:?}");
            let json = match line.split_once(['=', ' ']) {
                Some((_, value)) if line.starts_with("file") => {
                    json!({ "action": "file", "params": { "fileName": value.trim_start_matches("fileName=") }, "messageId": 1 })
                }
                Some((verb, value)) => {
                    let param = if verb == "say" { "message" } else { "room" };
                    json!({ "action": verb, "params": { param: value }, "messageId": 1 })
                }
                None => json!({ "action": line, "messageId": 1 }),
            };
            let fault = client.ask_json(&json.to_string()).await;
            assert_eq!(fault["code"], "forbidden", "{fault}");
            // Nothing came of it, and the connection stays.
            assert_eq!(client.ask("paramsDelete").await, OK);
            let members = other.ask_json("roomView").await;
            assert_eq!(members["roomStatus"]["membersCount"], 2, "{members}");
        }
    }
}

#[tokio::test]
async fn what_waits_goes_on_when_the_answer_comes() {
    for [kind, line, _] in KINDS {
        let stage = stage(Doorman::default().with(kind, Rule::Wait("door"))).await;
        let mut client = stage.server.client().await;
        client.send(line).await;
        stage.doorman.gates().come("door").await;
        stage.doorman.gates().open("door", 1);
        is_ok(&mut client, kind).await;
    }
}

#[tokio::test]
async fn no_answer_in_time_denies() {
    for [kind, line, name] in KINDS {
        let stage = stage(Doorman::default().with(kind, Rule::Wait("door"))).await;
        let [mut client, mut other] = stage.server.clients().await;
        client.send(line).await;
        stage.doorman.gates().come("door").await;
        let moment = Duration::from_nanos(1);
        stage.clock.advance(Duration::from_secs(2) - moment);
        // Others do not wait.
        assert_eq!(other.ask("paramsDelete").await, OK);
        assert_eq!(stage.doorman.gates().waiting(), 1);
        stage.clock.advance(moment);
        assert_eq!(client.heard().await, refused(name), "{kind}");
        assert_eq!(stage.doorman.gates().waiting(), 0, "it is dropped");
        assert_eq!(client.ask("paramsDelete").await, OK);
    }
}

#[tokio::test]
async fn order_and_labels_stay_while_one_waits() {
    let stage = stage(Doorman::default().with("say defaultRoom", Rule::Wait("door"))).await;
    let [mut client, mut hearer] = stage.server.clients().await;
    // Without labels the next ones wait.
    client.send_raw("say 1\nnothing\nnosuch\n").await;
    stage.doorman.gates().come("door").await;
    // With one it does not, nor does it hold up the others.
    let say = r#"{"action":"say","params":{"message":"2"},"messageId":2}"#;
    stage.doorman.gates().open("door", 1);
    assert_eq!(client.heard().await, OK);
    assert_eq!(client.heard().await, OK);
    assert!(client.heard().await.contains("nosuch"));
    client.send(say).await;
    stage.doorman.gates().come("door").await;
    assert_eq!(client.ask("nothing").await, OK);
    client.send("quit").await;
    stage.doorman.gates().open("door", 1);
    let labelled = client.json().await;
    assert_eq!(
        (&labelled["messageId"], &labelled["status"]),
        (&json!(2), &json!("OK"))
    );
    assert_eq!(client.json().await["status"], "Bye!");
    for said in ["1", "2"] {
        assert_eq!(hearer.json().await["message"], said);
    }
}

#[tokio::test]
async fn a_yes_is_for_what_was_asked_alone() {
    let doorman = Doorman::default()
        .with("say defaultRoom", Rule::Wait("door"))
        .with("say attic", Rule::No);
    let stage = stage(doorman).await;
    let [mut client, mut hearer] = stage.server.clients().await;
    hearer.ask("roomChange attic").await;
    let say = r#"{"action":"say","params":{"message":"hi"},"messageId":1}"#;
    client.send(say).await;
    stage.doorman.gates().come("door").await;
    let moved = client.ask_json("roomChange attic").await;
    assert_eq!(moved["room"], "attic");
    stage.doorman.gates().open("door", 1);
    let fault = client.json().await;
    assert_eq!(
        (&fault["messageId"], &fault["code"]),
        (&json!(1), &json!("forbidden"))
    );
    assert_eq!(hearer.ask("nothing").await, OK, "nothing was said");
}

#[tokio::test]
async fn a_client_that_does_not_get_in_sees_a_goodbye_alone() {
    for rule in [Rule::No, Rule::Fail, Rule::Panic, Rule::Grant("nosuch")] {
        let stage = stage(Doorman::default().with("connect", rule)).await;
        let mut client = TestClient::connect(stage.server.address()).await;
        assert_eq!(
            client.line().await,
            r#"{"context":"api","status":"goodbye","reason":"not allowed","messageCount":0}"#,
            "{rule:?}"
        );
        client.closed().await;
        let stats = stage.server.handle().stats();
        assert_eq!(
            (stats.accepted, stats.refused, stats.connections),
            (0, 1, 0)
        );
    }
}

#[tokio::test]
async fn a_client_waits_for_the_word_that_lets_it_in_but_not_for_ever() {
    let stage = stage(Doorman::default().with("connect", Rule::Wait("door"))).await;
    let mut first = TestClient::connect(stage.server.address()).await;
    stage.doorman.gates().come("door").await;
    let mut second = TestClient::connect(stage.server.address()).await;
    stage.doorman.gates().come("door").await;
    stage.doorman.gates().open("door", 1);
    assert!(first.json().await["welcome"].is_string());
    assert_eq!(first.ask("nothing").await, OK);
    stage.clock.advance(Duration::from_secs(2));
    assert_eq!(second.json().await["reason"], "not allowed");
    second.closed().await;
    assert_eq!(first.ask("nothing").await, OK);
}

#[tokio::test]
async fn a_server_that_stops_does_not_wait_for_the_door() {
    let stage = stage(Doorman::default().with("connect", Rule::Wait("door"))).await;
    let mut client = TestClient::connect(stage.server.address()).await;
    stage.doorman.gates().come("door").await;
    stage.server.stop().await;
    assert_eq!(client.json().await["reason"], "server is shutting down");
    client.closed().await;
}

#[tokio::test]
async fn rights_that_are_given_at_the_door_count_from_the_start() {
    let doorman = Doorman::default().with("connect", Rule::Grant("login"));
    let server = club().access(doorman).start().await;
    let mut client = server.client().await;
    assert_eq!(client.ask_json("play card=5").await["card"], 5);
    let room = client.ask_json("roomView").await;
    assert_eq!(room["roomStatus"]["membersCount"], 1);
    assert_eq!(
        client.ask("reset").await,
        error("reset requires login and head")
    );
}

#[tokio::test]
async fn a_server_with_a_hook_may_listen_where_strangers_reach_it() {
    let setup = Setup::lab().access(Doorman::default());
    setup.start_on("0.0.0.0:0").await;
}
