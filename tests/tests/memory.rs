//! A server's memory under clients that would like to fill it. The server runs in a process of its own, so that nothing
//! else is measured.

use actionline_tests::folder::Folder;
use actionline_tests::process::{OwnProcess, is_own, until_told};
use actionline_tests::{Setup, TestClient};

const MIB: usize = 1024 * 1024;
const SIZE: usize = 48 * MIB;

#[tokio::test]
#[ignore = "the server of the tests below, in a process of its own"]
async fn serve() {
    if !is_own() {
        return;
    }
    let folder = Folder::new();
    folder.write("small", vec![b'x'; 256 * 1024]);
    folder.write("big", vec![b'x'; SIZE]);
    let server = Setup::shipped(&folder).with_lab().start().await;
    println!("listening {}", server.address());
    until_told().await;
}

/// The server, and a client of it.
async fn start() -> (OwnProcess, TestClient, std::net::SocketAddr) {
    let mut process = OwnProcess::start("serve");
    let address = process.says("listening ").await.parse().unwrap();
    let mut client = TestClient::connect_narrow(address).await;
    client.line().await;
    // What a first request and a first file cost (buffers, a thread that reads) is not counted.
    client.send("file fileName=small").await;
    client.bytes(256 * 1024).await;
    (process, client, address)
}

fn bounded(process: &OwnProcess, before: u64, bytes: usize) {
    let grown = process.memory().saturating_sub(before);
    assert!(grown < bytes as u64, "{grown} bytes more than before");
}

#[tokio::test]
async fn a_big_file_to_a_slow_reader_takes_no_memory() {
    let (process, mut client, _) = start().await;
    let before = process.memory();
    client.send("file fileName=big").await;
    for _ in 0..SIZE / MIB {
        client.bytes(MIB).await;
        bounded(&process, before, MIB);
    }
    client.send("quit").await;
    client.line().await;
    process.passed().await;
}

#[tokio::test]
async fn long_lines_take_no_memory() {
    let (process, mut client, _) = start().await;
    let before = process.memory();
    let line = [vec![b'x'; MIB - 1], vec![b'\n']].concat();
    for _ in 0..32 {
        client.send_raw(&line).await;
        assert!(client.line().await.contains("longer than"));
        bounded(&process, before, MIB);
    }
    process.passed().await;
}

#[tokio::test]
async fn requests_behind_a_slow_one_take_no_memory() {
    let (process, mut client, address) = start().await;
    let before = process.memory();
    client.send("gated gate=never").await;
    let mut other = TestClient::connect(address).await;
    other.line().await;
    // The client sends as much as the connection takes, again and again.
    let lines = "nothing\n".repeat(MIB / 8);
    let mut sent = 0;
    for _ in 0..64 {
        sent += client.send_some(&lines).await;
        other.ask("nothing").await;
        bounded(&process, before, MIB);
    }
    assert!(sent > 0);
    client.reset();
    process.passed().await;
}
