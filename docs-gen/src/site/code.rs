//! Blocks of code: transcripts, lines of JSON, and whatever else.

use super::html::escape;
use super::transcript::{Side, Step, clients, steps};
use super::{diagram, paint};

/// A block of code as the chapters have them.
pub(super) fn block(language: &str, text: &str) -> String {
    let text = text.trim_end_matches('\n');
    let steps = steps(text);
    if !steps.is_empty() {
        let clients = clients(&steps);
        let copy: Vec<&str> = sent(&steps, &clients[0]).collect();
        let picture = match clients.len() > 1 {
            true => diagram::figure(&steps, &clients),
            false => String::new(),
        };
        return boxed(&transcript(&steps, &clients), &copy.join("\n")) + &picture;
    }
    let shown = match language {
        "json" => text.lines().map(|line| received("", line)).collect(),
        _ if text.starts_with("$ ") => return boxed(&terminal(text), &typed(text)),
        _ => plain(text),
    };
    boxed(&shown, text)
}

/// Text that is nothing more.
pub(super) fn plain(text: &str) -> String {
    let line = |line: &str| format!("<span class=\"line\">{}\n</span>", escape(line));
    text.lines().map(line).collect()
}

/// Code with a button that copies.
pub(super) fn boxed(shown: &str, copy: &str) -> String {
    let copy = escape(copy).replace('\n', "&#10;");
    format!(
        "<div class=\"code\"><button class=\"copy\" type=\"button\" data-copy=\"{copy}\">Copy</button><pre tabindex=\"0\"><code>{shown}</code></pre></div>\n"
    )
}

/// What goes to and fro, the two sides told apart; so are the clients, where there are several.
pub(super) fn transcript(steps: &[Step], clients: &[String]) -> String {
    let width = clients.iter().map(|name| name.chars().count()).max();
    let line = |step: &Step| {
        let who = match clients {
            [] | [_] => String::new(),
            _ => {
                let lane = clients.iter().position(|name| *name == step.client);
                format!(
                    "<span class=\"who who-{}\">{:>width$}</span>",
                    lane.unwrap_or_default() % LANES,
                    escape(&step.client),
                    width = width.unwrap_or_default()
                )
            }
        };
        match step.side {
            Side::Sent => sent_line(&who, &step.text),
            Side::Received => received(&who, &step.text),
        }
    };
    steps.iter().map(line).collect()
}

/// How many colours the style sheet has for clients.
pub(super) const LANES: usize = 4;

/// A word about the lines, between them.
pub(super) fn note(text: &str) -> String {
    format!("<span class=\"line note\">{}\n</span>", escape(text))
}

/// The lines that a client sends.
pub(super) fn sent<'s>(steps: &'s [Step], client: &str) -> impl Iterator<Item = &'s str> {
    let sent = steps
        .iter()
        .filter(move |step| step.side == Side::Sent && step.client == client);
    sent.map(|step| step.text.as_str())
}

/// `who` is HTML already.
fn sent_line(who: &str, text: &str) -> String {
    let shown = match text.starts_with('{') {
        true => paint::json(text),
        false => escape(text),
    };
    format!(
        "<span class=\"line sent\"><span class=\"mark\">{who}&gt; </span><span>{shown}</span>\n</span>"
    )
}

fn received(who: &str, text: &str) -> String {
    format!(
        "<span class=\"line got\"><span class=\"mark\">{who}&lt; </span><span>{}</span>\n</span>",
        paint::json(text)
    )
}

/// A terminal: its own lines, what is typed, and what comes back.
fn terminal(text: &str) -> String {
    let line = |(line, part): (&str, Part)| match part {
        Part::Received => received("", line),
        Part::Typed => sent_line("", line),
        Part::Terminal => note(line),
    };
    parts(text).map(line).collect()
}

/// What is typed into a terminal: the program, and then every line.
fn typed(text: &str) -> String {
    let program = text.lines().filter_map(|line| line.strip_prefix("$ "));
    let lines = parts(text).filter(|(_, part)| *part == Part::Typed);
    let all: Vec<&str> = program.take(1).chain(lines.map(|(line, _)| line)).collect();
    all.join("\n")
}

/// What a line of a terminal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Terminal,
    Typed,
    Received,
}

/// The lines of a terminal. What is typed stands between the first line of the server and the end of the connection.
pub(super) fn parts(text: &str) -> impl Iterator<Item = (&str, Part)> {
    let mut connected = false;
    text.lines().map(move |line| {
        let received = line.starts_with('{');
        connected |= received;
        let part = match connected && !line.starts_with("Connection closed") {
            _ if received => Part::Received,
            true => Part::Typed,
            false => Part::Terminal,
        };
        (line, part)
    })
}
