//! `examples`: what is sent, and what comes back.

use super::{Fields, Problems, others, reply, verdict};
use crate::grammar::{EXAMPLE, MAP, REPLIES};
use crate::node::{Data, Entry, Node};
use crate::{Action, Example, ExampleReply, Mistake, Returns, request, suggest, transcript, wire};

pub(super) fn examples(
    entry: &Entry,
    action: &Action,
    sound: bool,
    problems: &mut Problems<'_>,
) -> Vec<Example> {
    let items = problems.items(entry).iter();
    items
        .filter_map(|item| example(item, action, sound, problems))
        .collect()
}

fn example(
    node: &Node,
    action: &Action,
    sound: bool,
    problems: &mut Problems<'_>,
) -> Option<Example> {
    let told = problems.list.len();
    if !matches!(node.data, Data::Map(_)) {
        let found = node.data.phrase();
        let message = format!("an example is {MAP}, not {found}");
        problems.report(Mistake::WrongType.at(node.at, message));
        return None;
    }
    let fields = problems.fields((node.at, "examples"), node, &EXAMPLE);
    let send = fields.get("send").and_then(|entry| {
        let text = line(&entry.key, &entry.value, problems)?;
        sends(action, &text, &entry.value, problems);
        Some(text)
    });
    let before = before(&fields, problems);
    let title = problems.optional_text(&fields, "title");
    let reply = answer(&fields, action, problems);
    let example = Example {
        at: node.at,
        title,
        before,
        send: send?,
        reply: reply?,
        hears: others::hears(&fields, problems),
        others: others::others(&fields, problems),
    };
    if sound && problems.list.len() == told {
        let example = transcript::with_samples(&example);
        verdict::verdict(&example, &fields, action, problems);
    }
    Some(example)
}

/// The lines sent first.
pub(super) fn before(fields: &Fields<'_>, problems: &mut Problems<'_>) -> Vec<String> {
    let Some(entry) = fields.get("before") else {
        return Vec::new();
    };
    let items = problems.items(entry).iter().enumerate();
    items
        .filter_map(|(index, item)| line(&format!("before[{index}]"), item, problems))
        .collect()
}

/// One line to send.
fn line(name: &str, node: &Node, problems: &mut Problems<'_>) -> Option<String> {
    let text = problems.filled(name, node)?;
    if text.contains(['\n', '\r']) {
        let message = format!("`{name}` must be one line");
        problems.report(Mistake::BadExample.at(node.at, message));
        return None;
    }
    Some(text)
}

/// An example belongs to the action it calls.
fn sends(action: &Action, line: &str, node: &Node, problems: &mut Problems<'_>) {
    let found = match request::parse(line) {
        Ok(Some(request)) => request.name().to_owned(),
        Ok(None) => String::new(),
        Err(refused) => {
            let message = format!("`send` is no request: {}", refused.fault.message);
            let problem = Mistake::BadExample.at(node.at, message);
            let help = format!("{{\"action\":\"{}\",\"params\":{{…}}}}", action.name);
            problems.report(problem.help(format!("write the words, or `{help}`")));
            return;
        }
    };
    if found != action.name && !action.aliases.contains(&found) {
        let message = format!("the example of `{}` sends `{found}`", action.name);
        let help = match suggest::nearest(&found, [action.name.as_str()]) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`send` is the line that the example is about; others go into `before`".into(),
        };
        problems.report(Mistake::BadExample.at(node.at, message).help(help));
    }
}

fn answer(
    fields: &Fields<'_>,
    action: &Action,
    problems: &mut Problems<'_>,
) -> Option<ExampleReply> {
    let entries = fields.entries.iter();
    let mut given = entries.filter(|entry| REPLIES.contains(&entry.key.as_str()));
    let Some(entry) = given.next() else {
        let problem = Mistake::BadExample.at(fields.at, "the example does not say what comes back");
        problems.report(problem.help("add `reply`, `error` or `bytes`"));
        return None;
    };
    if let Some(second) = given.next() {
        let message = format!(
            "an example has `{}` or `{}`, not both",
            entry.key, second.key
        );
        let problem = Mistake::BadExample.at(second.at, message);
        problems.report(problem.note(entry.at, format!("`{}` is here", entry.key)));
        return None;
    }
    let file = matches!(action.returns, Returns::File);
    let wrong = match entry.key.as_str() {
        "reply" if file => "an action that returns a file has no `reply`",
        "bytes" if !file => "only an action that returns a file answers with `bytes`",
        _ => return content(entry, &action.returns, problems),
    };
    problems.report(Mistake::WrongReply.at(entry.at, wrong));
    None
}

fn content(entry: &Entry, returns: &Returns, problems: &mut Problems<'_>) -> Option<ExampleReply> {
    let node = &entry.value;
    Some(match entry.key.as_str() {
        "error" => ExampleReply::Error(problems.filled("error", node)?),
        "bytes" => ExampleReply::Bytes(problems.text("bytes", node)?.to_owned()),
        _ => {
            let fields = returns.fields();
            if !fields.is_empty() {
                return reply::fields(entry, fields, problems).map(ExampleReply::Fields);
            }
            let reply = reply::map(entry, problems)?;
            if reply.len() != 1 || reply.get("status") != Some(&wire::OK.into()) {
                let message = "an action without `returns` replies `status: OK` and nothing else";
                problems.report(
                    Mistake::WrongReply
                        .at(entry.at, message)
                        .help("declare what it returns"),
                );
            }
            ExampleReply::Fields(reply)
        }
    })
}
