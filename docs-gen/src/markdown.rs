//! Markdown from a spec, made harmless: it may format its own words, but not break the page around it.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag};
use std::ops::Range;

/// A description between paragraphs of the page: no raw HTML, no headings of its own, no code fence left open.
pub(crate) fn block(text: &str) -> String {
    let mut text = inert(text.trim());
    // What is left of one heading can be another (`# # x`), or show new HTML.
    loop {
        let flat = inert(&flatten_headings(&text));
        if flat == text {
            break;
        }
        text = flat;
    }
    match open_fence(&text) {
        Some(fence) => format!("{text}\n{fence}"),
        None => text,
    }
}

/// A description in a table cell: one line, no raw HTML, no pipe that would end the cell.
pub(crate) fn cell(text: &str) -> String {
    let line = one_line(text);
    // A leading word makes the text a paragraph, which is how a cell reads it.
    let line = inert(&format!("x {line}"));
    escape_pipes(&line[2..])
}

/// Plain text in a heading, a cell or a sentence: shown as it is, whatever it holds.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if r"\`*_[]<>|~&#".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Inline code, in a cell or in a sentence: shown as it is, whatever it holds.
pub(crate) fn code(text: &str) -> String {
    let simple = !text.is_empty()
        && text == text.trim()
        && !text.contains(['`', '|', '\\'])
        && !text.contains(char::is_control);
    if simple {
        return format!("`{text}`");
    }
    let mut out = String::from("<code>");
    for c in text.chars() {
        match c {
            c if c.is_control() => out.push_str(&format!("&#92;u&#123;{:x}&#125;", c as u32)),
            // Entities are decoded last: no Markdown and no table sees these characters.
            c if c.is_ascii_punctuation() => out.push_str(&format!("&#{};", c as u32)),
            c => out.push(c),
        }
    }
    out + "</code>"
}

/// A fenced block whose fence is longer than any run of backticks inside.
pub(crate) fn fence(language: &str, text: &str) -> String {
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let end = if text.ends_with('\n') || text.is_empty() {
        ""
    } else {
        "\n"
    };
    format!("{fence}{language}\n{text}{end}{fence}")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Puts a backslash before each pipe that has none; in a table that is its escape, in code spans too.
fn escape_pipes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut backslashes = 0;
    for c in text.chars() {
        if c == '|' && backslashes % 2 == 0 {
            out.push('\\');
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        out.push(c);
    }
    out
}

/// Writes `<` as an entity wherever it is not code or a link, until no raw HTML is left. One round can show new HTML:
/// a backtick that stood in an attribute now opens a code span.
fn inert(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let kept = kept_ranges(&text);
        let places: Vec<usize> = text
            .match_indices('<')
            .map(|(at, _)| at)
            .filter(|at| !kept.iter().any(|range| range.contains(at)))
            .collect();
        if places.is_empty() {
            return text;
        }
        for at in places.into_iter().rev() {
            text.replace_range(at..=at, "&lt;");
        }
    }
}

fn parse(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    Parser::new_ext(text, options).into_offset_iter()
}

/// Where a `<` means nothing, or starts a plain link.
fn kept_ranges(text: &str) -> Vec<Range<usize>> {
    parse(text)
        .filter(|(event, _)| {
            matches!(
                event,
                Event::Code(_)
                    | Event::Start(Tag::CodeBlock(_))
                    | Event::Start(Tag::Link {
                        link_type: LinkType::Autolink | LinkType::Email,
                        ..
                    })
            )
        })
        .map(|(_, range)| range)
        .collect()
}

/// Makes a description's headings bold lines: the page's outline and its anchors are the page's own.
fn flatten_headings(text: &str) -> String {
    let headings: Vec<Range<usize>> = parse(text)
        .filter(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. })))
        .map(|(_, range)| range)
        .collect();
    let mut out = text.to_owned();
    for range in headings.into_iter().rev() {
        let heading = text[range.clone()].trim_end();
        let words = if heading.starts_with('#') {
            heading.trim_matches('#').trim()
        } else {
            heading
                .rsplit_once('\n')
                .map_or(heading, |(words, _)| words)
        };
        let end = range.start + heading.len();
        let gap = if text[end..].starts_with("\n\n") {
            ""
        } else {
            "\n"
        };
        let bold = match words {
            "" => String::new(),
            words => format!("**{words}**{gap}"),
        };
        out.replace_range(range.start..end, &bold);
    }
    out.trim_end().to_owned()
}

/// The fence that a last code block still lacks. Whether it does, a heading behind it shows.
fn open_fence(text: &str) -> Option<String> {
    let probe = format!("{text}\n\n# end");
    let is_heading = |(event, _)| matches!(event, Event::Start(Tag::Heading { .. }));
    if parse(&probe).any(is_heading) {
        return None;
    }
    let fenced = |event: &Event<'_>| {
        matches!(
            event,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))
        )
    };
    let (_, range) = parse(&probe).filter(|(event, _)| fenced(event)).last()?;
    let block = probe[range].trim_start();
    let mark = block.chars().next()?;
    Some(block.chars().take_while(|c| *c == mark).collect())
}

#[cfg(test)]
mod tests;
