//! Protocol §6, `file`: what is served, what never is, and that nothing gets between its bytes.

mod streaming;

use actionline::bus::{Reach, Receipt};
use actionline_tests::folder::Folder;
use actionline_tests::lab::Tick;
use actionline_tests::{ManualClock, Setup, TestClient, TestServer};
use serde_json::{Value, json};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::time::Duration;

const OK: &str = r#"{"context":"response","status":"OK"}"#;
const MIB: usize = 1024 * 1024;

async fn serve(folder: &Folder) -> (TestServer, TestClient) {
    let server = Setup::shipped(folder).with_lab().start().await;
    let client = server.client().await;
    (server, client)
}

/// Bytes of which each tells where it stands.
fn pattern(size: usize) -> Vec<u8> {
    (0..size)
        .map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8)
        .collect()
}

fn not_found(name: &str) -> String {
    let error = format!("The file, {name}, is not found.");
    json!({ "context": "response", "error": error }).to_string()
}

fn call(params: Value) -> String {
    json!({ "action": "file", "params": params }).to_string()
}

#[tokio::test]
async fn a_file_comes_raw_and_takes_no_number() {
    let folder = Folder::new();
    folder.write("a.txt", "one\r\ntwo");
    let (_server, mut client) = serve(&folder).await;
    client.send("file fileName=a.txt").await;
    assert_eq!(client.bytes(8).await, b"one\r\ntwo");
    assert_eq!(client.ask("nothing").await, OK);
    client.send("paramAdd fileName=a.txt").await;
    client.send("file").await;
    client.send("quit").await;
    client.heard().await;
    assert_eq!(client.bytes(8).await, b"one\r\ntwo");
    assert_eq!(
        client.heard().await,
        r#"{"status":"Bye!","context":"response"}"#
    );
    client.closed().await;
}

#[tokio::test]
async fn a_file_of_any_bytes_and_any_size_comes_whole() {
    let folder = Folder::new();
    let sizes = [
        0,
        1,
        4095,
        32 * 1024 - 1,
        32 * 1024,
        32 * 1024 + 1,
        64 * 1024,
        MIB + 7,
    ];
    for size in sizes {
        folder.write(&format!("{size}.bin"), pattern(size));
    }
    let (_server, mut client) = serve(&folder).await;
    for size in sizes {
        client.send(&format!("file fileName={size}.bin")).await;
        assert!(client.bytes(size).await == pattern(size), "{size} bytes");
        assert_eq!(client.ask("nothing").await, OK, "after {size} bytes");
    }
}

#[tokio::test]
async fn a_framed_file_says_what_follows() {
    let folder = Folder::new();
    folder.write("sub/page.html", "<p>é</p>");
    folder.write("empty", "");
    let modified = std::fs::File::options()
        .append(true)
        .open(folder.path("empty"))
        .unwrap();
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_millis(1_346_909_099_674);
    modified.set_modified(time).unwrap();
    let (_server, mut client) = serve(&folder).await;
    for line in [
        "file fileName=sub/page.html framed=true".to_owned(),
        call(json!({ "fileName": "sub/page.html", "framed": true })),
    ] {
        let head = client.ask_json(&line).await;
        let wanted = json!({
            "context": "response",
            "file": { "name": "page.html", "size": 9, "type": "text/html", "modified": "<rfc3339>" },
            "messageCount": "<int>",
        });
        actionline_specs::matches(&wanted, &head).unwrap();
        assert_eq!(client.bytes(9).await, "<p>é</p>".as_bytes());
    }
    assert_eq!(
        client
            .ask(r#"{"action":"file","params":{"fileName":"empty","framed":true},"messageId":"f"}"#)
            .await,
        r#"{"context":"response","messageId":"f","file":{"name":"empty","size":0,"type":"application/octet-stream","modified":"2012-09-06T05:24:59.674Z"}}"#
    );
    assert_eq!(client.ask("nothing").await, OK);
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let outside = Folder::new();
    outside.write("secret", "secret");
    outside.write("public/in.txt", "in");
    let folder = outside.path("public");
    symlink("../secret", folder.join("out")).unwrap();
    symlink(outside.path("secret"), folder.join("absolute")).unwrap();
    symlink("..", folder.join("up")).unwrap();
    symlink("/dev/zero", folder.join("zero")).unwrap();
    symlink("loop", folder.join("loop")).unwrap();
    let server = Setup::shipped(&folder).start().await;
    let mut client = server.client().await;
    let absolute = outside.path("secret").display().to_string();
    let inside = folder.join("in.txt").display().to_string();
    for name in [
        "../secret",
        "./../secret",
        "x/../../secret",
        "../public/in.txt",
        "..",
        ".",
        "/",
        "//",
        "/etc/passwd",
        &absolute,
        &inside,
        "%2e%2e/secret",
        "..%2fsecret",
        "%2e%2e%2fsecret",
        "in%2etxt",
        "..\\secret",
        "out",
        "absolute",
        "up/secret",
        "zero",
        "loop",
        "nope.html",
        "in.txt/x",
        "in.txt/..",
        "~/.profile",
    ] {
        assert_eq!(
            client.ask(&format!("file fileName={name}")).await,
            not_found(name)
        );
    }
    for name in [
        "in.txt\0",
        "\0",
        "../secret\0.txt",
        "in.txt\n",
        "．．/secret",
    ] {
        let reply = client.ask_json(&call(json!({ "fileName": name }))).await;
        assert_eq!(reply["code"], "notFound", "{name:?}");
        assert_eq!(reply["error"], format!("The file, {name}, is not found."));
    }
    client.send("file fileName=in.txt").await;
    assert_eq!(client.bytes(2).await, b"in");
}

#[tokio::test]
async fn only_regular_files_are_served() {
    let folder = Folder::new();
    folder.write("sub/in.txt", "in");
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path("fifo"))
        .status();
    assert!(made.unwrap().success());
    symlink("fifo", folder.path("to-fifo")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path("socket")).unwrap();
    symlink("sub/in.txt", folder.path("within")).unwrap();
    symlink("sub", folder.path("folder")).unwrap();
    let (_server, mut client) = serve(&folder).await;
    for name in ["sub", "sub/", "folder", "fifo", "to-fifo", "socket"] {
        assert_eq!(
            client.ask(&format!("file fileName={name}")).await,
            not_found(name)
        );
    }
    for name in ["sub/in.txt", "./sub/in.txt", "within", "folder/in.txt"] {
        client.send(&format!("file fileName={name}")).await;
        assert_eq!(client.bytes(2).await, b"in", "{name}");
    }
}

#[tokio::test]
async fn names_are_taken_as_they_are() {
    let folder = Folder::new();
    for name in ["a b.txt", "100%.txt", "%41", "é.txt", "-x", "..."] {
        folder.write(name, name);
    }
    let (_server, mut client) = serve(&folder).await;
    for name in ["a b.txt", "100%.txt", "%41", "é.txt", "-x", "..."] {
        client.send(&format!("file fileName=\"{name}\"")).await;
        assert_eq!(client.bytes(name.len()).await, name.as_bytes());
    }
    assert_eq!(client.ask("nothing").await, OK);
}

#[tokio::test]
async fn a_bad_name_is_told_like_any_param() {
    let folder = Folder::new();
    let (_server, mut client) = serve(&folder).await;
    for (line, error) in [
        (
            "file".to_owned(),
            "fileName is a required parameter for this action",
        ),
        (
            "file fileName=".to_owned(),
            "fileName is a required parameter for this action",
        ),
        (
            format!("file fileName={}", "x".repeat(4097)),
            "fileName must be at most 4096 characters long for this action",
        ),
        (
            "file fileName=a framed=yes".to_owned(),
            "framed must be true or false for this action",
        ),
    ] {
        let expected = json!({ "context": "response", "error": error });
        assert_eq!(client.ask(&line).await, expected.to_string());
    }
    for length in [63, 64, 65, 4096] {
        let name = "x".repeat(length);
        let reply = client.ask(&format!("file fileName={name}")).await;
        assert_eq!(reply, not_found(&name[..length.min(64)]));
    }
    let reply = client
        .ask(r#"{"action":"file","params":{"fileName":"a"},"messageId":9}"#)
        .await;
    assert_eq!(
        reply,
        r#"{"context":"response","messageId":9,"error":"The file, a, is not found.","code":"notFound"}"#
    );
}

#[tokio::test]
async fn without_a_folder_no_file_is_found() {
    let server = Setup::of(&actionline_tests::shipped::SHIPPED)
        .state(actionline::Cache::default())
        .state(actionline::Files::none());
    let server = server.start().await;
    let mut client = server.client().await;
    assert_eq!(
        client.ask("file fileName=hello.txt").await,
        not_found("hello.txt")
    );
}
