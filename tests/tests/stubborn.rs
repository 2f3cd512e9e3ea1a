//! Clients that do not go when it is time to.

use actionline_tests::folder::Folder;
use actionline_tests::{ManualClock, Setup, TestClient, TestServer, soon};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// Lets seconds pass until the witness is the only one left.
async fn until_alone(clock: &ManualClock, witness: &mut TestClient) {
    let alone = async {
        while witness.ask_json("roomView").await["roomStatus"]["membersCount"] != 1 {
            clock.advance(SECOND);
        }
    };
    soon("the end of the other client", alone).await;
}

/// A server with a file that no connection can hold at once, and a witness.
async fn with_file(clock: &ManualClock) -> (Folder, TestServer, TestClient) {
    let folder = Folder::new();
    folder.write("big", vec![b'x'; 32 << 20]);
    let setup = Setup::shipped(&folder).with_lab().clock(clock);
    // A stop alone would end them all in the end.
    let setup = setup.limits(|limits| (limits.keep_alive, limits.drain) = (0, 3600));
    let server = setup.start().await;
    let witness = server.client().await;
    (folder, server, witness)
}

#[tokio::test]
async fn a_closed_client_that_does_not_take_its_file_is_cut_in_time() {
    let clock = ManualClock::default();
    let (_folder, server, mut witness) = with_file(&clock).await;
    let mut client = TestClient::connect_narrow(server.address()).await;
    client.line().await;
    client.send_raw("hangUp\nfile fileName=big\n").await;
    assert!(client.json().await["status"] == "OK");
    client.bytes(1000).await;
    until_alone(&clock, &mut witness).await;
}

#[tokio::test]
async fn a_closed_client_that_does_not_take_its_replies_is_cut_in_time() {
    let clock = ManualClock::default();
    let (_folder, server, mut witness) = with_file(&clock).await;
    let mut client = TestClient::connect_narrow(server.address()).await;
    client.line().await;
    client
        .send_raw("big size=4194304\nbig size=4194304\ngated gate=a\nhangUp\n")
        .await;
    server.gates().open("a", 1);
    client.bytes(1000).await;
    until_alone(&clock, &mut witness).await;
}

#[tokio::test]
async fn a_stopping_server_does_not_wait_for_a_client_that_takes_nothing() {
    let clock = ManualClock::default();
    let (_folder, mut server, mut witness) = with_file(&clock).await;
    let mut client = TestClient::connect_narrow(server.address()).await;
    client.line().await;
    client.send("file fileName=big").await;
    client.bytes(1000).await;
    server.begin_stop();
    assert_eq!(witness.json().await["status"], "goodbye");
    witness.closed().await;
    let rest = async {
        while server.handle().stats().connections > 0 {
            clock.advance(SECOND);
            tokio::task::yield_now().await;
        }
    };
    soon("the end of the client", rest).await;
}

#[tokio::test]
async fn a_client_that_goes_on_sending_after_the_end_is_cut_in_time() {
    let clock = ManualClock::default();
    let server = Setup::lab().clock(&clock).start().await;
    let mut client = server.client().await;
    client.send("quit").await;
    client.line().await;
    let flood = tokio::spawn(async move {
        let rubbish = vec![b'x'; 64 * 1024];
        while client.try_send_raw(&rubbish).await.is_ok() {
            tokio::task::yield_now().await;
        }
    });
    let cut = async {
        while !flood.is_finished() {
            clock.advance(SECOND);
            tokio::task::yield_now().await;
        }
    };
    soon("the end of the flood", cut).await;
}

#[tokio::test]
async fn a_client_that_has_left_is_moved_nowhere() {
    let server = TestServer::lab().await;
    let mut witness = server.client().await;
    let mut client = server.client().await;
    client.ask("moveLater gate=a room=attic").await;
    server.gates().come("a").await;
    assert!(client.ask("quit").await.contains("Bye!"));
    client.closed().await;
    server.gates().open("a", 1);
    server.gates().come("moved").await;
    witness.ask("roomChange attic").await;
    let room = witness.ask_json("roomView").await["roomStatus"].clone();
    assert_eq!(room["membersCount"], 1);
    assert_eq!(server.handle().stats().rooms, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopping_server_leaves_an_action_that_blocks_its_thread() {
    let server = Setup::lab().limits(|limits| limits.drain = 0);
    let server = server.start().await;
    let gates = server.gates().clone();
    let mut client = server.client().await;
    client.send("blocked").await;
    gates.come("blocked").await;
    server.stop().await;
    gates.unblock();
}
