//! SIGHUP: limits are read anew, and what is wrong changes nothing.
#![cfg(unix)]

use crate::program::{Folder, Serving};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;

/// A client that has heard the welcome.
struct Client(BufReader<TcpStream>);

impl Client {
    fn new(serving: &Serving) -> Self {
        let stream = TcpStream::connect(&serving.address).expect("it listens");
        let mut client = Self(BufReader::new(stream));
        client.line();
        client
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).expect("a line");
        line
    }

    fn ask(&mut self, text: &str) -> String {
        let stream = self.0.get_mut();
        stream
            .write_all(format!("{text}\n").as_bytes())
            .expect("sent");
        self.line()
    }
}

const FILE: &str = "actionline.toml";
const FIRST: &str = "bind = \"127.0.0.1:0\"\n[limits]\nroom-name = 11\nline = 100\n";

#[test]
fn limits_are_read_anew_and_each_change_is_logged() {
    let folder = Folder::with(FILE, FIRST);
    let mut serving = Serving::start(folder.command(&["--limit", "say=3"]));
    let mut client = Client::new(&serving);
    assert!(
        client
            .ask("roomChange twelve-bytes")
            .contains("the limit is 11")
    );
    let second = "bind = \"127.0.0.1:1\"\n[limits]\nroom-name = 12\nsay = 9\nkeep-alive = 7\n";
    let _folder = folder.and(FILE, second);
    serving.signal("HUP");
    serving.until_logged("bind stays as it was: a change of it takes a restart");
    serving.until_logged("limit line is 65536 now; it was 100");
    serving.until_logged("limit room-name is 12 now; it was 11");
    serving.until_logged("limit keep-alive stays as it was");
    serving.until_logged("read the limits anew");
    assert!(client.ask("roomChange twelve-bytes").contains("OK"));
    // The flag goes before the file, as at the start.
    assert!(client.ask("say four").contains("the limit is 3"));
    serving.signal("TERM");
    assert_eq!(serving.end().0, Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_comes_before_it_listens_ends_nothing() {
    let folder = Folder::with(FILE, FIRST);
    // A loopback address that no other process has.
    let [_, a, b, c] = std::process::id().to_be_bytes();
    let metrics = format!("127.{}.{b}.{c}:23571", 64 | a);
    // Its log takes nothing until it is read: its first line, which tells of the metrics, holds up the start.
    let (log, mut full) = UnixStream::pair().expect("a pair");
    full.set_nonblocking(true).expect("set");
    while full.write(b" ").is_ok() {}
    full.set_nonblocking(false).expect("set");
    let mut command = folder.command(&["--metrics", &metrics]);
    command.stderr(OwnedFd::from(full));
    let mut serving = Serving::begin(command, BufReader::new(log));
    while TcpStream::connect(&metrics).is_err() {
        assert!(serving.lives(), "it cannot start");
    }
    for _ in 0..3 {
        serving.signal("HUP");
    }
    serving.listens("listening on ");
    serving.until_logged("read the limits anew");
    serving.signal("TERM");
    assert_eq!(serving.end().0, Some(0));
}

#[test]
fn a_bad_file_changes_nothing_and_its_line_is_told() {
    let folder = Folder::with(FILE, FIRST);
    let mut serving = Serving::start(folder.command(&[]));
    let mut client = Client::new(&serving);
    let bad = FIRST.replace("room-name = 11", "room-name = 12\nturn = \"many\"");
    let folder = folder.and(FILE, bad);
    serving.signal("HUP");
    let line = serving.until_logged("kept the limits as they were");
    let place = "limit turn must be a whole number from 1 to 65536";
    assert!(
        line.contains(place) && line.contains("actionline.toml:4:"),
        "{line}"
    );
    assert!(
        client
            .ask("roomChange twelve-bytes")
            .contains("the limit is 11")
    );
    // What does not parse, likewise; then a good one.
    let folder = folder.and(FILE, "room-name = = 5\n");
    serving.signal("HUP");
    let line = serving.until_logged("kept the limits as they were");
    assert!(line.contains("actionline.toml:1:"), "{line}");
    let _folder = folder.and(FILE, FIRST.replace("room-name = 11", "room-name = 12"));
    serving.signal("HUP");
    serving.until_logged("read the limits anew");
    assert!(client.ask("roomChange twelve-bytes").contains("OK"));
}
