use super::*;
use proptest::prelude::*;
use pulldown_cmark::{Event, Tag, TagEnd};

/// The text that a reader sees in each cell of the table's last row.
fn last_row(page: &str) -> Vec<String> {
    let mut row = Vec::new();
    for (event, _) in parse(page) {
        match event {
            Event::Start(Tag::TableRow) => row.clear(),
            Event::Start(Tag::TableCell) => row.push(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(cell) = row.last_mut() {
                    cell.push_str(&text);
                }
            }
            _ => {}
        }
    }
    row
}

fn in_table(cell: &str) -> String {
    format!("| a | b | c |\n|---|---|---|\n| before | {cell} | after |\n")
}

fn has_html(page: &str) -> bool {
    parse(page).any(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)))
}

/// Text that Markdown, tables and HTML care about more than about any other.
fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "|",
        "\\",
        "`",
        "``",
        "```",
        "~~~",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<script>",
        "<div>\n",
        "<",
        ">",
        "\n",
        "\n\n",
        " ",
        "    ",
        "a",
        "b c",
        "# ",
        "## x",
        "===",
        "---",
        "- ",
        "1. ",
        "> ",
        "*",
        "**",
        "_",
        "[a]",
        "(b)",
        "[a]: ",
        "<http://a.b>",
        "&lt;",
        "&",
        "{{x}}",
        "{{{",
        "}}",
        "!",
        "~",
        "'",
        "\"",
        "=",
        "é",
        "$",
    ]);
    prop::collection::vec(pieces, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn a_cell_stays_one_cell_without_html(text in nasty()) {
        let page = in_table(&cell(&text));
        let row = last_row(&page);
        prop_assert_eq!(row.len(), 3, "{}", page);
        prop_assert_eq!(&row[2], "after", "{}", page);
        prop_assert!(!has_html(&page), "{}", page);
    }

    #[test]
    fn plain_text_is_shown_as_it_is(text in nasty()) {
        let page = in_table(&plain(&text));
        let row = last_row(&page);
        prop_assert_eq!(&row[1], &one_line(&text), "{}", page);
        prop_assert_eq!(&row[2], "after", "{}", page);
        prop_assert!(!has_html(&page), "{}", page);
    }

    #[test]
    fn code_is_shown_as_it_is(text in nasty()) {
        let shown: String = text
            .chars()
            .map(|c| if c == '\n' { "\\u{a}".to_owned() } else { c.to_string() })
            .collect();
        let page = in_table(&code(&text));
        prop_assert_eq!(&last_row(&page)[1], &shown, "{}", page);
        prop_assert_eq!(&last_row(&page)[2], "after", "{}", page);
    }

    #[test]
    fn a_fence_holds_any_text(text in nasty()) {
        let page = format!("{}\n\n# end\n", fence("", &text));
        let mut blocks = parse(&page).filter_map(|(event, _)| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        });
        let content: String = blocks.by_ref().collect();
        let line_end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        prop_assert_eq!(content, format!("{text}{line_end}end"));
    }

    #[test]
    fn a_block_ends_where_it_ends(text in nasty()) {
        let page = format!("before\n\n{}\n\n# end\n\n| a |\n|---|\n| b |\n", block(&text));
        let headings: Vec<String> = parse(&page)
            .filter(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. })))
            .map(|(_, range)| page[range].trim().to_owned())
            .collect();
        prop_assert_eq!(headings, ["# end"], "{}", page);
        prop_assert!(!has_html(&page), "{}", page);
        prop_assert!(parse(&page).any(|(event, _)| event == Event::End(TagEnd::Table)));
    }
}

#[test]
fn markdown_still_formats() {
    assert_eq!(cell("`a`, *b*\nand [c](#c)"), "`a`, *b* and [c](#c)");
    assert_eq!(cell("a | b \\| c `d|e`"), "a \\| b \\| c `d\\|e`");
    assert_eq!(
        block("See <https://a.b>, `<b>`."),
        "See <https://a.b>, `<b>`."
    );
    assert_eq!(block("Give <player>."), "Give &lt;player>.");
    assert_eq!(block("# Title\n\ntext"), "**Title**\n\ntext");
    assert_eq!(block("```\nopen"), "```\nopen\n```");
    assert_eq!(code("a=1"), "`a=1`");
    assert_eq!(plain("my_app | 2"), "my\\_app \\| 2");
}
