//! The programs on the pages, run as they are against a real server; only the address is another.

use crate::tools::root;
use actionline_tests::Setup;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::Command;

/// One example of a page: its programs by form, and what is answered to it.
struct Example {
    programs: BTreeMap<String, String>,
    /// Words that a program prints, by the form of the lines that it sends.
    answered: BTreeMap<String, Vec<String>>,
}

/// HTML back into text.
fn text(html: &str) -> String {
    let plain = html
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let plain: String = plain.collect();
    [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#10;", "\n"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(plain, |text, (entity, c)| text.replace(entity, c))
}

/// The examples of every verb and action.
fn examples() -> Vec<Example> {
    let mut found = Vec::new();
    for folder in ["verbs", "actions"] {
        let folder = root().join("docs/site/shipped").join(folder);
        for entry in fs::read_dir(folder).expect("the pages") {
            let page = fs::read_to_string(entry.expect("an entry").path()).expect("a page");
            found.extend(
                page.split("<section class=\"example\"")
                    .skip(1)
                    .map(example),
            );
        }
    }
    found
}

fn example(section: &str) -> Example {
    let mut programs = BTreeMap::new();
    let mut answered = BTreeMap::new();
    for panel in section.split("<div class=\"panel\"").skip(1) {
        let form = panel
            .split("data-form=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let form = form.expect("a form").to_owned();
        if form == "words" || form == "json" {
            answered.insert(form.clone(), answer(panel));
        }
        let copy = panel
            .split("data-copy=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        programs.insert(form, text(copy.expect("what the button copies")));
    }
    Example { programs, answered }
}

impl Example {
    /// What the program of this form prints: people type words, programs send JSON, where there is a choice.
    fn prints(&self, form: &str) -> &[String] {
        let wanted = if form == "nc" { "words" } else { "json" };
        let sent = self.answered.get(wanted);
        sent.or(self.answered.values().next()).expect("an answer")
    }
}

/// The error, or the fields of the answer, or the file's content.
fn answer(panel: &str) -> Vec<String> {
    let Some(line) = panel
        .split("<span class=\"line got\">")
        .last()
        .filter(|_| panel.contains("line got"))
    else {
        let bytes = panel
            .split("<p class=\"bytes\">")
            .nth(1)
            .expect("a line or bytes");
        let shown = bytes
            .split("<span class=\"line\">")
            .nth(1)
            .and_then(|rest| rest.split("</span>").next());
        return vec![text(shown.expect("bytes"))];
    };
    let line = text(line.split("</span></code>").next().unwrap_or(line))
        .replace("[…]", "0")
        .replace("{…}", "0");
    let json: String = line.chars().skip_while(|c| *c != '{').collect();
    let json = json
        .rsplit_once('}')
        .map_or(json.clone(), |(json, _)| format!("{json}}}"));
    let reply: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error} in {json}"));
    match reply.get("error") {
        Some(error) => vec![error.as_str().expect("a text").to_owned()],
        None => reply.keys().cloned().collect(),
    }
}

/// What the whole session of the first page is, by form: what its button copies, and the lines of the server.
fn session() -> BTreeMap<String, (String, Vec<Value>)> {
    let page = fs::read_to_string(root().join("docs/site/shipped/index.html")).expect("a page");
    let section = page.split("id=\"try-it\"").nth(1).expect("the session");
    let section = section.split("</section>").next().expect("its end");
    let attribute = |panel: &str, name: &str| {
        let value = panel.split(&format!("{name}=\"")).nth(1);
        let value = value.and_then(|rest| rest.split('"').next());
        text(value.unwrap_or_else(|| panic!("no {name} in {panel}")))
    };
    let panels = section.split("<div class=\"panel\"").skip(1);
    let panel = |panel: &str| {
        let got = panel.split("<span class=\"line got\">").skip(1);
        let got = got.map(|line| {
            let line = text(line.split("<span class=\"line").next().unwrap_or(line));
            let json = line.split_once('{').expect("a line of JSON").1;
            let json = json.rsplit_once('}').expect("a line of JSON").0;
            serde_json::from_str(&format!("{{{json}}}")).expect("a line of JSON")
        });
        let copied = attribute(panel, "data-copy");
        (attribute(panel, "data-form"), (copied, got.collect()))
    };
    panels.map(panel).collect()
}

/// Each form of the whole session is complete: what its button copies runs as it is, and ends by itself.
#[tokio::test(flavor = "multi_thread")]
async fn the_whole_session_works_in_every_form() {
    let session = session();
    let forms: Vec<&str> = session.keys().map(String::as_str).collect();
    assert_eq!(forms, ["json", "nc", "node", "python", "rust", "words"]);
    let server = Setup::shipped(root().join("public")).start().await;
    for (form, program) in [
        ("words", "telnet 127.0.0.1 5000"),
        ("json", "nc 127.0.0.1 5000"),
    ] {
        let (copied, shown) = &session[form];
        let (first, lines) = copied.split_once('\n').expect("a program and lines");
        assert_eq!(first, program);
        let mut socket = TcpStream::connect(server.address())
            .await
            .expect("a server");
        socket
            .write_all(format!("{lines}\n").as_bytes())
            .await
            .expect("it is sent");
        let mut got = String::new();
        let all = socket.read_to_string(&mut got);
        let all = tokio::time::timeout(Duration::from_secs(60), all).await;
        all.expect("the session ends").expect("it is read");
        let keys = |line: &Value| -> Vec<String> {
            line.as_object()
                .expect("an object")
                .keys()
                .cloned()
                .collect()
        };
        let got: Vec<Value> = got
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        // A sign of life comes when nothing else has for a while.
        let shown = shown.iter().filter(|line| line["status"] != "keep-alive");
        let shown: Vec<Vec<String>> = shown.map(keys).collect();
        assert_eq!(got.iter().map(keys).collect::<Vec<_>>(), shown, "{form}");
    }
    for (form, interpreter) in [
        ("nc", ["sh", "-c"]),
        ("python", ["python3", "-c"]),
        ("node", ["node", "-e"]),
    ] {
        let program = with_address(&session[form].0, server.address());
        let mut command = Command::new(interpreter[0]);
        let printed = run(
            {
                command.arg(interpreter[1]).arg(&program);
                command
            },
            &program,
        )
        .await;
        for word in [
            "key is a required parameter for this action",
            "cacheTestResults",
            "randomNumber",
        ] {
            assert!(
                printed.contains(word),
                "{program}\nprinted\n{printed}\nwithout {word}"
            );
        }
    }
    // The program in Rust differs from the others of its kind only in its lines, which are these.
    let rust = &session["rust"].0;
    let lines = session["words"].0.lines().skip(1);
    let lines = lines.filter(|line| *line != "quit");
    lines.for_each(|line| assert!(rust.contains(&format!("{line:?}")), "no {line} in {rust}"));
}

/// Runs a program, and answers what it prints.
async fn run(mut command: Command, program: &str) -> String {
    let ran = tokio::time::timeout(Duration::from_secs(60), command.kill_on_drop(true).output());
    let ran = ran
        .await
        .unwrap_or_else(|_| panic!("it does not end:\n{program}"));
    let ran = ran.unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{program}\nfailed:\n{told}");
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

fn with_address(program: &str, address: SocketAddr) -> String {
    assert!(program.contains("5000"), "no address in\n{program}");
    program.replace("5000", &address.port().to_string())
}

async fn every(form: &str, interpreter: &[&str]) {
    let server = Setup::shipped(root().join("public")).start().await;
    let mut count = 0;
    for example in examples() {
        let program = with_address(&example.programs[form], server.address());
        let mut command = Command::new(interpreter[0]);
        command.args(&interpreter[1..]).arg(&program);
        let printed = run(command, &program).await;
        for word in example.prints(form) {
            assert!(
                printed.contains(word.as_str()),
                "{program}\nprinted\n{printed}\nwithout {word}"
            );
        }
        count += 1;
    }
    assert!(count > 15, "{count} examples");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_of_shell_works() {
    every("nc", &["sh", "-c"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_program_in_python_works() {
    every("python", &["python3", "-c"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_program_for_node_works() {
    every("node", &["node", "-e"]).await;
}

/// One of each kind is enough: they differ in their lines only, which are literals that a test of the generator holds.
#[tokio::test(flavor = "multi_thread")]
async fn programs_in_rust_work() {
    let server = Setup::shipped(root().join("public")).start().await;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site-rust");
    fs::create_dir_all(&folder).expect("a folder");
    let all = examples();
    let file = |example: &&Example| example.programs["rust"].contains("io::copy");
    let line = |example: &&Example| example.programs["rust"].contains("cacheTest");
    for (name, example) in [
        ("file", all.iter().find(file)),
        ("line", all.iter().find(line)),
    ] {
        let example = example.expect("an example");
        let program = with_address(&example.programs["rust"], server.address());
        let (source, built) = (folder.join(format!("{name}.rs")), folder.join(name));
        fs::write(&source, &program).expect("a source");
        let mut compiler = Command::new("rustc");
        compiler
            .args(["--edition", "2024", "-D", "warnings", "-o"])
            .arg(&built)
            .arg(&source);
        run(compiler, &program).await;
        let printed = run(Command::new(&built), &program).await;
        for word in example.prints("rust") {
            assert!(
                printed.contains(word.as_str()),
                "{program}\nprinted\n{printed}\nwithout {word}"
            );
        }
    }
}
