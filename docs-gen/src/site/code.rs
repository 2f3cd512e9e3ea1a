//! Blocks of code: transcripts, lines of JSON, and whatever else.

use super::html::escape;
use super::transcript::{Side, Step, steps};
use super::{diagram, paint};

/// A block of code as the chapters have them.
pub(super) fn block(language: &str, text: &str) -> String {
    let text = text.trim_end_matches('\n');
    let steps = steps(text);
    if !steps.is_empty() {
        let copy: Vec<&str> = sent(&steps).collect();
        let picture = match diagram::clients(&steps).len() > 1 {
            true => diagram::figure(&steps, true),
            false => String::new(),
        };
        return boxed(&transcript(&steps), &copy.join("\n")) + &picture;
    }
    let shown = match language {
        "json" => text.lines().map(|line| received("", line)).collect(),
        _ if text.starts_with("$ ") => terminal(text),
        _ => plain(text),
    };
    boxed(&shown, text)
}

/// Text that is nothing more.
pub(super) fn plain(text: &str) -> String {
    let line = |line: &str| format!("<span class=\"line\">{}</span>", escape(line));
    text.lines().map(line).collect()
}

/// Code with a button that copies.
pub(super) fn boxed(shown: &str, copy: &str) -> String {
    let copy = escape(copy).replace('\n', "&#10;");
    format!(
        "<div class=\"code\"><button class=\"copy\" type=\"button\" data-copy=\"{copy}\">Copy</button><pre tabindex=\"0\"><code>{shown}</code></pre></div>\n"
    )
}

/// What goes to and fro, the two sides told apart.
pub(super) fn transcript(steps: &[Step]) -> String {
    let several = diagram::clients(steps).len() > 1;
    let line = |step: &Step| {
        let who = if several { step.client.as_str() } else { "" };
        match step.side {
            Side::Sent => sent_line(who, &step.text),
            Side::Received => received(who, &step.text),
        }
    };
    steps.iter().map(line).collect()
}

/// The lines that a reader would type.
pub(super) fn sent(steps: &[Step]) -> impl Iterator<Item = &str> {
    let sent = steps.iter().filter(|step| step.side == Side::Sent);
    sent.map(|step| step.text.as_str())
}

fn sent_line(who: &str, text: &str) -> String {
    let shown = match text.starts_with('{') {
        true => paint::json(text),
        false => escape(text),
    };
    format!(
        "<span class=\"line sent\"><span class=\"mark\">{}&gt; </span>{shown}</span>",
        escape(who)
    )
}

fn received(who: &str, text: &str) -> String {
    format!(
        "<span class=\"line got\"><span class=\"mark\">{}&lt; </span>{}</span>",
        escape(who),
        paint::json(text)
    )
}

/// A terminal: its own lines, what is typed, and what comes back.
fn terminal(text: &str) -> String {
    let mut connected = false;
    let mut out = String::new();
    for line in text.lines() {
        out += &match line {
            line if line.starts_with('{') => {
                connected = true;
                received("", line)
            }
            line if connected && !line.starts_with("Connection closed") => sent_line("", line),
            line => format!("<span class=\"line note\">{}</span>", escape(line)),
        };
    }
    out
}
