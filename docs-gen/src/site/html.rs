//! Markdown → HTML in which nothing of the Markdown's author runs or loads: raw HTML is shown as text, images become their
//! words, links lead only to the web and to places of this site.

use super::code;
use super::links::Links;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;

/// Whose Markdown it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Author {
    /// A template's, in which `<code>` stands for a code span that Markdown cannot write.
    Template,
    /// A spec's.
    Spec,
}

/// Text as HTML shows it, in an element or in an attribute with quotes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The words that a GitHub anchor keeps of a heading.
pub(super) fn slug(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let kept: String = heading.to_lowercase().chars().filter(kept).collect();
    kept.trim().replace(' ', "-")
}

/// Blocks of Markdown.
pub(super) fn blocks(markdown: &str, author: Author, links: &Links<'_>) -> String {
    let mut writer = Writer::new(author, links);
    for event in parse(markdown) {
        writer.event(event);
    }
    writer.out
}

/// Markdown within a line: the paragraphs' marks are left out.
pub(super) fn inline(markdown: &str, author: Author, links: &Links<'_>) -> String {
    let mut writer = Writer::new(author, links);
    for event in parse(markdown) {
        match event {
            Event::Start(Tag::Paragraph) => {}
            Event::End(TagEnd::Paragraph) => writer.out.push(' '),
            event => writer.event(event),
        }
    }
    writer.out.trim_end().to_owned()
}

/// The words of Markdown, without any mark.
pub(super) fn words(markdown: &str) -> String {
    let mut out = String::new();
    for event in parse(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => out.push(' '),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn parse(markdown: &str) -> Parser<'_> {
    Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
    )
}

struct Writer<'l> {
    out: String,
    author: Author,
    links: &'l Links<'l>,
    /// The text of the block of code or heading that is open.
    held: Option<String>,
    /// The same heading as HTML.
    head: String,
    language: String,
    /// The chapter that is open, for the anchors of its tables' rows.
    chapter: String,
    /// The anchors of headings before their number.
    headings: Vec<String>,
    /// The anchors of rows that are taken.
    ids: BTreeSet<String>,
    /// Whether a table's row has no cell yet.
    first_cell: bool,
    in_head: bool,
    /// Links that are open; false for one that leads nowhere.
    open_links: Vec<bool>,
}

impl<'l> Writer<'l> {
    fn new(author: Author, links: &'l Links<'l>) -> Self {
        Self {
            out: String::new(),
            author,
            links,
            held: None,
            head: String::new(),
            language: String::new(),
            chapter: String::new(),
            headings: Vec::new(),
            ids: BTreeSet::new(),
            first_cell: false,
            in_head: false,
            open_links: Vec::new(),
        }
    }

    fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.held {
                Some(held) => {
                    held.push_str(&text);
                    self.head.push_str(&escape(&text));
                }
                None => self.push(&escape(&text)),
            },
            Event::Code(text) => self.code(&text),
            Event::InlineHtml(tag) if self.is_code_tag(&tag) => self.push(&tag),
            Event::Html(text) | Event::InlineHtml(text) => self.push(&escape(&text)),
            Event::SoftBreak => self.push("\n"),
            Event::HardBreak => self.push("<br>\n"),
            Event::Rule => self.push("<hr>\n"),
            _ => {}
        }
    }

    fn is_code_tag(&self, tag: &CowStr<'_>) -> bool {
        self.author == Author::Template && matches!(&**tag, "<code>" | "</code>")
    }

    fn code(&mut self, text: &str) {
        if let Some(held) = &mut self.held {
            held.push_str(text);
            self.head
                .push_str(&format!("<code>{}</code>", escape(text)));
            return;
        }
        if self.first_cell && self.author == Author::Template && !self.in_head {
            let id = escape(&format!("{}.{}", self.chapter, text.replace(' ', "-")));
            if !self.chapter.is_empty() && self.ids.insert(id.clone()) {
                self.push(&format!("<code id=\"{id}\">{}</code>", escape(text)));
                self.first_cell = false;
                return;
            }
        }
        self.push(&format!("<code>{}</code>", escape(text)));
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.push("<p>"),
            Tag::Heading { .. } => {
                self.held = Some(String::new());
                self.head.clear();
            }
            Tag::CodeBlock(kind) => {
                self.held = Some(String::new());
                self.language = match kind {
                    CodeBlockKind::Fenced(language) => language.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
            }
            Tag::BlockQuote(_) => self.push("<blockquote>\n"),
            Tag::List(None) => self.push("<ul>\n"),
            Tag::List(Some(first)) => self.push(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.push("<li>"),
            Tag::Table(_) => self.push(
                "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n",
            ),
            Tag::TableHead => {
                self.in_head = true;
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.first_cell = true;
                self.push("<tr>");
            }
            Tag::TableCell => self.push(if self.in_head {
                "<th scope=\"col\">"
            } else {
                "<td>"
            }),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let target = self.links.resolve(&dest_url);
                self.open_links.push(target.is_some());
                if let Some(target) = target {
                    self.push(&format!("<a href=\"{}\">", escape(&target)));
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.push("</p>\n"),
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::CodeBlock => {
                let text = self.held.take().unwrap_or_default();
                let block = code::block(&self.language, &text);
                self.push(&block);
            }
            TagEnd::BlockQuote(_) => self.push("</blockquote>\n"),
            TagEnd::List(false) => self.push("</ul>\n"),
            TagEnd::List(true) => self.push("</ol>\n"),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::Table => self.push("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.push("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => {
                self.first_cell = false;
                self.push(if self.in_head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Link | TagEnd::Image if self.open_links.pop() == Some(true) => {
                self.push("</a>");
            }
            _ => {}
        }
    }

    /// A template's headings are places of the site; a spec's are bold lines.
    fn heading(&mut self, level: HeadingLevel) {
        let text = self.held.take().unwrap_or_default();
        let shown = std::mem::take(&mut self.head);
        if self.author == Author::Spec {
            self.push(&format!("<p><strong>{shown}</strong></p>\n"));
            return;
        }
        let mut id = slug(&text);
        // As GitHub numbers headings that have the same words.
        let same = self.headings.iter().filter(|known| **known == id).count();
        self.headings.push(id.clone());
        if same > 0 {
            id.push_str(&format!("-{same}"));
        }
        // The rows of tables are told apart by their chapter, or by what the table is of.
        if level != HeadingLevel::H3 {
            self.chapter.clone_from(&id);
        }
        let id = escape(&id);
        self.push(&format!(
            "<{level} id=\"{id}\">{shown}<a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to {}\">#</a></{level}>\n",
            escape(&text)
        ));
    }
}
