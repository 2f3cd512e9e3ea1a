//! An example in every form that a reader can choose.

use super::code::{self, boxed, sent, transcript};
use super::diagram;
use super::html::escape;
use super::snippet::{KINDS, Task};
use super::transcript::{Side, Step, steps};
use crate::view::example::{ExampleView, Exchange};
use crate::{Page, RenderError, Templates};
use serde::Serialize;

/// One form of an example, as HTML.
#[derive(Debug, Serialize)]
pub(super) struct FormView {
    /// What the reader's choice is kept under.
    word: &'static str,
    label: &'static str,
    shown: String,
}

/// An example in all its forms, with its diagram.
#[derive(Debug, Serialize)]
pub(super) struct ExampleForms {
    id: String,
    title: String,
    verified: bool,
    forms: Vec<FormView>,
    diagram: String,
}

/// The forms of an example.
pub(super) fn of_example(
    id: String,
    example: &ExampleView,
    page: &Page,
    templates: &Templates,
) -> Result<ExampleForms, RenderError> {
    let mut forms = Vec::new();
    let typed = [
        ("words", "Words", &example.words),
        ("json", "JSON", &example.json),
    ];
    for (word, label, exchange) in typed {
        if let Some(exchange) = exchange {
            forms.push(FormView {
                word,
                label,
                shown: shown(exchange),
            });
        }
    }
    let (words, json) = (example.words.as_ref(), example.json.as_ref());
    for kind in KINDS {
        // People type words, programs send JSON.
        let exchange = if kind.word == "nc" {
            words.or(json)
        } else {
            json.or(words)
        };
        let Some(exchange) = exchange else { continue };
        let steps = all_steps(exchange);
        let task = Task {
            host: &page.host,
            port: &page.port,
            lines: sent(&steps).collect(),
            file: exchange.bytes.is_some(),
        };
        let text = kind.text(&task, templates)?;
        forms.push(FormView {
            word: kind.word,
            label: kind.label,
            shown: boxed(&kind.shown(&text), &text),
        });
    }
    let steps = words.or(json).map(all_steps).unwrap_or_default();
    let several = diagram::clients(&steps).len() > 1;
    Ok(ExampleForms {
        id,
        title: example.title.clone(),
        verified: example.verified,
        forms,
        // A request and its answer need no picture.
        diagram: match steps.len() > 2 {
            true => diagram::figure(&steps, several),
            false => String::new(),
        },
    })
}

/// The forms of the whole session, `words` being the terminal's.
pub(super) fn of_session(
    page: &Page,
    words: &str,
    templates: &Templates,
) -> Result<Vec<FormView>, RenderError> {
    let typed = page
        .session
        .lines()
        .skip_while(|line| !line.starts_with('{'));
    let mut lines: Vec<&str> = typed
        .filter(|line| !line.starts_with('{') && !line.starts_with("Connection"))
        .collect();
    let mut forms = vec![FormView {
        word: "words",
        label: "Words",
        shown: words.to_owned(),
    }];
    for kind in KINDS {
        if kind.word == "nc" {
            // Its line ends with one.
            lines.retain(|line| *line != "quit");
        }
        let task = Task {
            host: &page.host,
            port: &page.port,
            lines: lines.clone(),
            file: false,
        };
        let text = kind.text(&task, templates)?;
        forms.push(FormView {
            word: kind.word,
            label: kind.label,
            shown: boxed(&kind.shown(&text), &text),
        });
    }
    Ok(forms)
}

/// What was sent before, whose answers are not known, and the exchange itself.
fn all_steps(exchange: &Exchange) -> Vec<Step> {
    let before = exchange.before.iter().map(|text| Step {
        client: String::new(),
        side: Side::Sent,
        text: text.clone(),
    });
    before.chain(steps(&exchange.text)).collect()
}

fn shown(exchange: &Exchange) -> String {
    let steps = all_steps(exchange);
    let (before, own) = steps.split_at(exchange.before.len());
    let mut lines = transcript(before);
    if !before.is_empty() {
        lines += "<span class=\"line note\">… answered, and then:</span>";
    }
    lines += &transcript(own);
    let copy: Vec<&str> = sent(&steps).collect();
    let block = boxed(&lines, &copy.join("\n"));
    match &exchange.bytes {
        None => block,
        Some(bytes) => format!(
            "{block}<p class=\"bytes\">The answer is these {}, as they are:</p>{}",
            escape(&bytes.size),
            boxed(&code::plain(&bytes.text), &bytes.text)
        ),
    }
}
