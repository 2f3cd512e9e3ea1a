//! The guide's chapters: the same Markdown as in the one-page docs, as HTML.

use super::html::{self, Author, slug};
use super::links::Links;
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use serde::Serialize;

/// One heading of the guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Chapter {
    pub(super) anchor: String,
    pub(super) title: String,
    /// It is part of the chapter before it.
    pub(super) inner: bool,
}

/// The headings of Markdown.
pub(super) fn headings(markdown: &str) -> Vec<Chapter> {
    let mut found: Vec<Chapter> = Vec::new();
    let mut open = None;
    for event in html::parse(markdown) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => open = Some((level, String::new())),
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, title)) = &mut open {
                    title.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                // What is deeper is a thing of its own, such as a direct message.
                if let Some((level, title)) = open.take()
                    && level <= HeadingLevel::H3
                {
                    found.push(Chapter {
                        anchor: slug(&title),
                        title,
                        inner: level > HeadingLevel::H2,
                    });
                }
            }
            _ => {}
        }
    }
    found
}

/// The chapters as one stretch of HTML.
pub(super) fn text(markdown: &str, links: &Links<'_>) -> String {
    html::blocks(markdown, Author::Template, links)
}
