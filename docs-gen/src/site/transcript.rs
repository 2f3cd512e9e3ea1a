//! An exchange as text, read back: `> line` was sent, `< line` came back; with several clients, `ann> line`.

use actionline_specs::transcript::YOU;

/// Who sent a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The client did.
    Sent,
    /// The server did.
    Received,
}

/// One line over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// The client's name; empty when there is only one.
    pub(super) client: String,
    pub(super) side: Side,
    pub(super) text: String,
}

/// The lines of an exchange; none when the text is something else.
pub(super) fn steps(text: &str) -> Vec<Step> {
    let lines = text.lines().filter(|line| !line.is_empty());
    let read: Option<Vec<Step>> = lines.map(step).collect();
    read.unwrap_or_default()
}

/// The clients of an exchange: the reader's own first, others in the order in which they appear.
pub(super) fn clients(steps: &[Step]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for step in steps {
        if !names.contains(&step.client) {
            names.push(step.client.clone());
        }
    }
    // Stable: only one is moved.
    names.sort_by_key(|name| name != YOU);
    names
}

fn step(line: &str) -> Option<Step> {
    let at = line.find(['>', '<'])?;
    let (client, rest) = line.split_at(at);
    let named = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    if !client.chars().all(named) {
        return None;
    }
    let side = match rest.as_bytes()[0] {
        b'>' => Side::Sent,
        _ => Side::Received,
    };
    Some(Step {
        client: client.to_owned(),
        side,
        text: rest[1..].strip_prefix(' ')?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exchange_is_read_back() {
        let read = steps("ann> say a > b\nbob< {\"x\":1}\n\n> quit");
        let parts: Vec<_> = read
            .iter()
            .map(|step| (step.client.as_str(), step.side, step.text.as_str()))
            .collect();
        let wanted = [
            ("ann", Side::Sent, "say a > b"),
            ("bob", Side::Received, "{\"x\":1}"),
            ("", Side::Sent, "quit"),
        ];
        assert_eq!(parts, wanted);
    }

    #[test]
    fn other_text_is_none() {
        for text in [
            "",
            "telnet 127.0.0.1 5000",
            "> a\nplain",
            "<b>",
            "a b> c",
            "{\"a\":\"> \"}",
        ] {
            assert_eq!(steps(text), [], "{text}");
        }
    }
}
