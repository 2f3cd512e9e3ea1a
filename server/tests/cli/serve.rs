//! Serving: from the start to the signal that ends it.

use crate::program::{Folder, Serving};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// The first line that a client is sent.
fn first_line(address: &str) -> (String, BufReader<TcpStream>) {
    let stream = TcpStream::connect(address).expect("it listens");
    // Only so that a server that says nothing fails the test instead of holding it up.
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .expect("set");
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).expect("a line");
    (line.trim_end().to_owned(), reader)
}

#[test]
fn the_settings_reach_the_server() {
    let folder = Folder::with("actionline.toml", "welcome = \"from the file\"\n")
        .and("public/hello.txt", "hello");
    let words = [
        "serve",
        "--bind",
        "127.0.0.1:0",
        "--default-room",
        "lobby",
        "--public",
        "public",
    ];
    let serving = Serving::start(folder.command(&words));
    let (welcome, mut reader) = first_line(&serving.address);
    assert_eq!(
        welcome,
        r#"{"welcome":"from the file","room":"lobby","context":"api","messageCount":0}"#
    );
    reader
        .get_mut()
        .write_all(b"file fileName=hello.txt\nquit\n")
        .expect("sent");
    let mut rest = String::new();
    reader.read_line(&mut rest).expect("the file and the reply");
    assert_eq!(
        rest.trim_end(),
        r#"hello{"status":"Bye!","context":"response","messageCount":1}"#
    );
}

#[test]
fn strangers_reach_it_only_if_that_is_allowed() {
    let folder = Folder::new();
    let refused = folder.run(&["--bind", "0.0.0.0:0"]);
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    let last = refused.err.lines().last().unwrap_or_default();
    let told = "actionline: cannot start: refusing to listen on 0.0.0.0:";
    assert!(
        last.starts_with(told) && last.contains("--allow-insecure"),
        "{last}"
    );
    let words = ["--bind", "0.0.0.0:0", "--allow-insecure"];
    let serving = Serving::start(folder.command(&words));
    let port = serving.address.rsplit_once(':').expect("a port").1;
    let (welcome, _) = first_line(&format!("127.0.0.1:{port}"));
    assert!(welcome.contains("welcome"), "{welcome}");
}

#[test]
fn logs_are_json_lines_in_a_pipe_and_text_if_asked() {
    let folder = Folder::new();
    let json = Serving::start(folder.command(&["--bind", "127.0.0.1:0"]));
    for line in json.log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(line["level"], "INFO");
    }
    let text = Serving::start(folder.command(&["--bind", "127.0.0.1:0", "--log-format", "text"]));
    assert!(
        !text.log.contains('{') && !text.log.contains('\u{1b}'),
        "{}",
        text.log
    );
}

#[test]
fn a_mistyped_variable_is_logged() {
    let folder = Folder::new();
    let mut command = folder.command(&["--bind", "127.0.0.1:0"]);
    command.env("ACTIONLINE_WELCOM", "hi");
    let serving = Serving::start(command);
    assert!(
        serving.log.contains("did you mean ACTIONLINE_WELCOME?"),
        "{}",
        serving.log
    );
}

#[test]
fn an_address_in_use_is_one_line_with_advice() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address");
    let ran = Folder::new().run(&["--bind", &address.to_string()]);
    let line = ran.err.lines().next_back().unwrap_or_default();
    assert_eq!(ran.code, Some(2));
    assert!(
        line.starts_with(&format!("actionline: cannot listen on {address}: the address is in use (another server? try --bind 127.0.0.1:")),
        "{line}"
    );
}

#[cfg(unix)]
#[test]
fn a_signal_stops_it_gracefully() {
    for signal in ["TERM", "INT"] {
        let serving = Serving::start(Folder::new().command(&["--bind", "127.0.0.1:0"]));
        let (_, mut reader) = first_line(&serving.address);
        serving.signal(signal);
        let mut goodbye = String::new();
        reader.read_line(&mut goodbye).expect("a line");
        assert!(
            goodbye.starts_with(r#"{"context":"api","status":"goodbye","#),
            "{goodbye}"
        );
        let (code, log) = serving.end();
        assert_eq!(code, Some(0), "{log}");
        assert!(log.contains("stopped"), "{log}");
    }
}

#[cfg(unix)]
#[test]
fn it_can_be_stopped_as_soon_as_it_says_that_it_listens() {
    for _ in 0..5 {
        let serving = Serving::start(Folder::new().command(&["--bind", "127.0.0.1:0"]));
        serving.signal("TERM");
        let (code, log) = serving.end();
        assert_eq!(code, Some(0), "{log}");
    }
}

#[cfg(unix)]
#[test]
fn a_second_signal_stops_it_at_once() {
    let folder = Folder::with("public/big", &"x".repeat(32 << 20));
    let limits = ["--limit", "drain=3600", "--limit", "backlog-time=3600"];
    let words = ["--bind", "127.0.0.1:0", "--public", "public"];
    let words = [&words[..], &limits].concat();
    let serving = Serving::start(folder.command(&words));
    let (_, mut reader) = first_line(&serving.address);
    let (_, mut other) = first_line(&serving.address);
    reader
        .get_mut()
        .write_all(b"file fileName=big\n")
        .expect("sent");
    // The file is under way; its client takes no more of it.
    reader.fill_buf().expect("its first bytes");
    serving.signal("TERM");
    let mut goodbye = String::new();
    other.read_line(&mut goodbye).expect("a line");
    serving.signal("TERM");
    let (code, log) = serving.end();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("at once"), "{log}");
}

/// What an address answers over HTTP.
fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    std::io::read_to_string(stream).expect("text")
}

#[test]
fn metrics_have_an_address_of_their_own() {
    let words = ["--bind", "127.0.0.1:0", "--metrics", "127.0.0.1:0"];
    let serving = Serving::start(Folder::new().command(&words));
    let (_, rest) = serving.log.split_once("http://").expect("metrics");
    let address = rest.split('/').next().expect("an address");
    let (_, mut reader) = first_line(&serving.address);
    reader
        .get_mut()
        .write_all(b"randomNumber\nquit\n")
        .expect("sent");
    std::io::copy(&mut reader, &mut std::io::sink()).expect("its end");
    let metrics = get(address, "/metrics");
    let wanted = "actionline_action_requests_total{action=\"randomNumber\",outcome=\"ok\"} 1\n";
    assert!(metrics.contains(wanted), "{metrics}");
    assert!(get(address, "/readyz").starts_with("HTTP/1.1 200"));
}

#[test]
fn metrics_on_an_address_in_use_do_not_start() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let words = ["--bind", "127.0.0.1:0", "--metrics", &address];
    let ran = Folder::new().run(&words);
    let line = ran.err.lines().next_back().unwrap_or_default();
    assert_eq!(ran.code, Some(2));
    let wanted = format!(
        "cannot answer metrics on {address}: the address is in use (another server? choose another --metrics)"
    );
    assert!(line.contains(&wanted), "{line}");
}

#[test]
fn metrics_that_strangers_may_reach_are_warned_of() {
    for (address, warned) in [("0.0.0.0:0", true), ("127.0.0.1:0", false)] {
        let words = ["--bind", "127.0.0.1:0", "--metrics", address];
        let serving = Serving::start(Folder::new().command(&words));
        let told = serving.log.contains("can read the metrics");
        assert_eq!(told, warned, "{}", serving.log);
    }
}

#[test]
fn an_address_in_the_log_is_a_plain_one() {
    let words = ["--bind", "127.0.0.1:0", "--log", "actionline=debug"];
    let mut serving = Serving::start(Folder::new().command(&words));
    let (_, reader) = first_line(&serving.address);
    let own = reader.get_ref().local_addr().expect("an address");
    let line = serving.until_logged("\"connected\"");
    let line: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    assert!(
        line.to_string().contains(&format!("\"peer\":\"{own}\"")),
        "{line}"
    );
}

/// A full disk, say. What would report that writes to the same place.
#[cfg(target_os = "linux")]
#[test]
fn a_log_that_cannot_be_written_ends_nothing() {
    let port = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = port.local_addr().expect("an address").to_string();
    drop(port);
    let full = std::fs::File::options().write(true).open("/dev/full");
    let folder = Folder::new();
    let mut command = folder.command(&["--bind", &address]);
    command.stderr(full.expect("Linux has it"));
    let mut child = command.spawn().expect("the binary runs");
    let signal = |name: &str| {
        let mut kill = std::process::Command::new("kill");
        kill.args([name, &child.id().to_string()]);
        assert!(kill.status().expect("kill runs").success());
    };
    while TcpStream::connect(&address).is_err() {
        std::thread::yield_now();
    }
    signal("-HUP");
    let (welcome, _reader) = first_line(&address);
    assert!(welcome.contains("welcome"), "{welcome}");
    signal("-TERM");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
