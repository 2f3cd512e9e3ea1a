//! What several clients in rooms see: the verb's own example of it.

use super::cast::Cast;
use super::example::ExampleView;
use actionline_specs::transcript::Book;

/// The first example of `say` that others are in, typed as words; nothing when there is none.
pub(super) fn talk(book: &Book<'_>) -> Option<Cast> {
    let examples = book.verb("say")?.examples.iter();
    let mut shown = examples.map(|example| ExampleView::new(book, example));
    shown.find_map(|it| {
        Some(Cast::new(
            it.words.as_ref().filter(|_| !it.others.is_empty())?,
            &it.others,
        ))
    })
}
