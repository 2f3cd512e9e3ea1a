//! Protocol §8 and the rooms of §5: who hears what, in which order, and who is there.

use actionline::bus::{Reach, Receipt};
use actionline_tests::lab::Tick;
use actionline_tests::process::{OwnProcess, is_own};
use actionline_tests::{ManualClock, Setup, TestClient, TestServer, soon};
use serde_json::{Value, json};
use std::time::Duration;

const OK: &str = r#"{"context":"response","status":"OK"}"#;

#[tokio::test]
async fn two_talk_and_a_third_elsewhere_hears_nothing() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob, mut cyd] = server.clients().await;
    let (ann_id, bob_id) = (ann.id().await, bob.id().await);
    cyd.ask("roomChange elsewhere").await;
    assert_eq!(ann.ask("say hello bob").await, OK);
    let said =
        json!({ "context": "user", "message": "hello bob", "from": ann_id, "room": "defaultRoom" });
    assert_eq!(bob.heard().await, said.to_string());
    assert_eq!(bob.ask("say hello ann").await, OK);
    assert_eq!(ann.json().await["from"], bob_id.as_str());
    // Had anything been said to them, it would have come before these.
    assert_eq!(cyd.ask("nothing").await, OK);
    assert_eq!(ann.ask("nothing").await, OK, "nobody hears themselves");
}

#[tokio::test]
async fn one_hears_what_is_said_where_one_is() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    ann.ask("say 1").await;
    bob.json().await;
    bob.ask("roomChange kitchen").await;
    ann.ask("say 2").await;
    ann.ask("roomChange kitchen").await;
    ann.ask("say 3").await;
    assert_eq!(bob.json().await["message"], "3");
    // Rooms that differ in case are different rooms.
    ann.ask("roomChange Kitchen").await;
    ann.ask("say 4").await;
    assert_eq!(bob.ask("nothing").await, OK);
}

#[tokio::test]
async fn one_senders_messages_come_in_order_without_gap_or_repeat() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob, mut cyd] = server.clients().await;
    let lines = |name: &str| -> String { (0..500).map(|n| format!("say {name}{n}\n")).collect() };
    ann.send_raw(lines("ann")).await;
    bob.send_raw(lines("bob")).await;
    let mut heard: [Vec<Value>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..1000 {
        let line = cyd.json().await;
        let message = line["message"].as_str().unwrap();
        heard[usize::from(message.starts_with("bob"))].push(message.into());
    }
    for (name, heard) in ["ann", "bob"].iter().zip(heard) {
        let expected: Vec<String> = (0..500).map(|n| format!("{name}{n}")).collect();
        assert_eq!(heard, expected);
    }
}

#[tokio::test]
async fn ok_means_queued_for_everyone_in_the_room() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    // Bob has a line before Ann's answer: then he can leave at once and has heard it all the same.
    assert_eq!(ann.ask("say hi").await, OK);
    bob.send("roomChange elsewhere").await;
    assert_eq!(bob.json().await["message"], "hi");
    assert_eq!(bob.json().await["room"], "elsewhere");
}

#[tokio::test]
async fn a_vanished_client_is_gone_from_its_room() {
    let server = TestServer::lab().await;
    let [mut ann, bob, cyd, mut dan] = server.clients().await;
    assert_eq!(ann.members().await, 4);
    bob.reset();
    ann.until_members(3).await;
    drop(cyd);
    ann.until_members(2).await;
    dan.ask("quit").await;
    dan.closed().await;
    assert_eq!(
        ann.members().await,
        1,
        "who quits is gone before the connection is"
    );
    assert_eq!(ann.ask("say anybody?").await, OK);
}

#[tokio::test]
async fn a_client_that_vanishes_within_an_action_is_gone_and_so_is_the_action() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    bob.send("gated gate=a").await;
    server.gates().come("a").await;
    bob.reset();
    ann.until_members(1).await;
    assert_eq!(server.gates().waiting(), 0);
}

#[tokio::test]
async fn a_client_that_vanishes_while_its_lines_wait_for_an_action_is_gone() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    bob.send_raw("gated gate=a\nsay never\n").await;
    server.gates().come("a").await;
    bob.send_raw("say never\nsay ne").await;
    bob.reset();
    ann.until_members(1).await;
    assert_eq!(server.gates().waiting(), 0);
}

#[tokio::test]
async fn a_room_is_gone_with_its_last_member() {
    let server = TestServer::lab().await;
    let mut ann = server.client().await;
    for number in 0..50 {
        ann.ask(&format!("roomChange room{number}")).await;
    }
    assert_eq!(server.handle().stats().rooms, 1);
}

#[tokio::test]
async fn a_slow_client_is_closed_and_slows_nobody() {
    let clock = ManualClock::default();
    let server = Setup::lab()
        .clock(&clock)
        .limits(|limits| limits.say = 1 << 16);
    let server = server.start().await;
    let [mut ann, mut bob] = server.clients().await;
    let mut slow = TestClient::connect_narrow(server.address()).await;
    slow.line().await;
    let id = slow.id().await.parse().unwrap();
    let text = "x".repeat(50_000);
    let mut said = 0;
    // The first direct message that is refused tells that the client is being closed.
    while let Receipt::Done(Reach::Everywhere) = server.handle().send(id, &Tick::default()) {
        assert_eq!(ann.ask(&format!("say {said} {text}")).await, OK);
        let heard = bob.json().await;
        assert_eq!(heard["message"], format!("{said} {text}"));
        said += 1;
        assert!(said < 1000, "it is never closed");
    }
    // It still gets what was on its way, in order, and the reason.
    let mut next = 0;
    loop {
        let line = slow.json().await;
        if line["status"] == "goodbye" {
            assert_eq!(line["reason"], "slow consumer");
            break;
        }
        if let Some(message) = line["message"].as_str() {
            assert!(message.starts_with(&format!("{next} ")), "not {next}");
            next += 1;
        }
    }
    slow.closed().await;
    assert!(next < said);
    ann.until_members(2).await;
}

#[tokio::test]
async fn a_slow_client_that_never_reads_again_is_cut_in_time() {
    let clock = ManualClock::default();
    let server = Setup::lab().clock(&clock).start().await;
    let mut ann = server.client().await;
    let mut slow = TestClient::connect_narrow(server.address()).await;
    slow.line().await;
    let id = slow.id().await.parse().unwrap();
    let message = Tick::padded(50_000);
    while let Receipt::Done(Reach::Everywhere) = server.handle().send(id, &message) {
        ann.ask("nothing").await;
    }
    assert_eq!(
        ann.members().await,
        2,
        "it has time to read what was on its way"
    );
    soon("the cut", async {
        while ann.members().await != 1 {
            clock.advance(Duration::from_secs(1));
        }
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_a_client_comes_before_its_end() {
    for half_closed in [true, false] {
        let mut server = Setup::lab()
            .limits(|limits| limits.backlog = 1 << 30)
            .start()
            .await;
        let mut slow = TestClient::connect_narrow(server.address()).await;
        slow.line().await;
        let mut ann = server.client().await;
        let from = ann.id().await.parse().unwrap();
        let text = "x".repeat(100_000);
        for number in 0..80 {
            let message = format!("{number} {text}");
            server.handle().say("defaultRoom", from, &message).await;
        }
        if half_closed {
            slow.half_close().await;
        } else {
            server.begin_stop();
        }
        for number in 0..80 {
            let line = slow.json().await;
            let message = line["message"].as_str().expect("a message");
            assert!(message.starts_with(&format!("{number} ")), "not {number}");
        }
        if !half_closed {
            assert_eq!(slow.json().await["status"], "goodbye");
        }
        slow.closed().await;
    }
}

#[tokio::test]
async fn comings_and_goings_are_announced_where_that_is_wanted() {
    let server = Setup::lab()
        .config(|config| config.announce = true)
        .start()
        .await;
    let mut ann = server.client().await;
    let mut bob = server.client().await;
    let entered = ann.json().await;
    let id = bob.id().await;
    assert_eq!(entered["message"], "I have entered the room");
    assert_eq!(entered["from"], id.as_str());
    bob.ask("roomChange kitchen").await;
    let left = ann.json().await;
    assert_eq!(
        (&left["message"], &left["room"]),
        (&json!("I have left the room"), &json!("defaultRoom"))
    );
    ann.ask("roomChange kitchen").await;
    assert_eq!(bob.json().await["message"], "I have entered the room");
    // To where one is already is neither coming nor going.
    ann.ask("roomChange kitchen").await;
    ann.reset();
    assert_eq!(bob.json().await["message"], "I have left the room");
    assert_eq!(bob.ask("nothing").await, OK);
}

#[tokio::test]
async fn comings_and_goings_are_not_announced_unless_that_is_wanted() {
    let server = TestServer::lab().await;
    let [mut ann, mut bob] = server.clients().await;
    bob.ask("roomChange kitchen").await;
    bob.ask("quit").await;
    assert_eq!(ann.ask("nothing").await, OK);
}

#[tokio::test]
async fn a_thousand_members_are_listed_and_all_are_counted() {
    if !is_own() {
        // So many sockets are more than a process may always have open.
        let process = OwnProcess::start("a_thousand_members_are_listed_and_all_are_counted");
        return process.passed().await;
    }
    let server = TestServer::lab().await;
    let mut clients = Vec::new();
    for _ in 0..999 {
        clients.push(server.client().await);
    }
    for count in [999, 1000, 1001] {
        if count > 999 {
            clients.push(server.client().await);
        }
        let status = clients[0].ask_json("roomView").await["roomStatus"].clone();
        assert_eq!(status["membersCount"], count);
        let mut listed: Vec<&str> = status["members"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        assert_eq!(listed.len(), count.min(1000));
        listed.sort_unstable();
        listed.dedup();
        assert_eq!(listed.len(), count.min(1000), "each once");
    }
    clients[0].ask("say hi").await;
    for client in &mut clients[1..] {
        assert_eq!(client.json().await["message"], "hi");
    }
}

/// Everything above on several threads at once: talkers, listeners, and some who come and go.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn order_holds_while_threads_compete() {
    const TALKERS: usize = 6;
    const MESSAGES: usize = 200;
    let server = TestServer::lab().await;
    let mut tasks = tokio::task::JoinSet::new();
    let mut restless = server.clients::<4>().await;
    for client in &mut restless {
        client.ask("roomChange a").await;
    }
    let mut talkers = Vec::new();
    for number in 0..TALKERS {
        talkers.push((number, server.client().await));
    }
    for mut listener in server.clients::<4>().await {
        tasks.spawn(async move {
            let mut next = [0; TALKERS];
            while next != [MESSAGES; TALKERS] {
                let line = listener.json().await;
                let message = line["message"].as_str().expect("a message");
                let (talker, number) = message.split_once(' ').expect("two numbers");
                let next = &mut next[talker.parse::<usize>().expect("a talker")];
                assert_eq!(number, next.to_string(), "of talker {talker}");
                *next += 1;
            }
        });
    }
    for mut restless in restless {
        tasks.spawn(async move {
            for room in ["b", "a"].iter().cycle().take(300) {
                // What the other restless ones do is not heard, for none of them talks.
                assert!(
                    restless
                        .ask(&format!("roomChange {room}"))
                        .await
                        .contains("OK")
                );
            }
        });
    }
    for (number, mut talker) in talkers {
        tasks.spawn(async move {
            let mut answered = 0;
            let says = (0..MESSAGES).map(|message| format!("say {number} {message}\n"));
            talker.send_raw(says.collect::<String>()).await;
            while answered < MESSAGES {
                answered += usize::from(talker.json().await["context"] == "response");
            }
        });
    }
    soon("everybody", async {
        while let Some(task) = tasks.join_next().await {
            task.expect("no panic");
        }
    })
    .await;
    let stats = server.handle().stats();
    assert_eq!(stats.said, (TALKERS * MESSAGES) as u64);
    soon("everybody to leave", async {
        let mut client = server.client().await;
        client.ask("roomChange last").await;
        while server.handle().stats().connections != 1 {
            client.ask("nothing").await;
        }
    })
    .await;
    assert!(server.handle().stats().rooms <= 1);
}
