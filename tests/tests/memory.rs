//! A server's memory while a slow client takes a big file. The server runs in a process of its own, so that nothing else
//! is measured.

use actionline_tests::folder::Folder;
use actionline_tests::process::{OwnProcess, is_own, until_told};
use actionline_tests::{Setup, TestClient};

const MIB: usize = 1024 * 1024;
const SIZE: usize = 48 * MIB;

#[tokio::test]
#[ignore = "the server of the test below, in a process of its own"]
async fn serve() {
    if !is_own() {
        return;
    }
    let folder = Folder::new();
    folder.write("small", vec![b'x'; 256 * 1024]);
    folder.write("big", vec![b'x'; SIZE]);
    let server = Setup::shipped(&folder).start().await;
    println!("listening {}", server.address());
    until_told().await;
}

#[tokio::test]
async fn a_big_file_to_a_slow_reader_takes_no_memory() {
    let mut process = OwnProcess::start("serve");
    let address = process.says("listening ").await.parse().unwrap();
    let mut client = TestClient::connect_narrow(address).await;
    client.line().await;
    // What a first file costs (a thread that reads, buffers) is not counted.
    client.send("file fileName=small").await;
    client.bytes(256 * 1024).await;
    let before = process.memory();
    client.send("file fileName=big").await;
    let mut most = 0;
    for _ in 0..SIZE / MIB {
        client.bytes(MIB).await;
        most = most.max(process.memory());
    }
    let grown = most.saturating_sub(before);
    assert!(grown < MIB as u64, "{grown} bytes more than before");
    client.send("quit").await;
    client.line().await;
    process.passed().await;
}
