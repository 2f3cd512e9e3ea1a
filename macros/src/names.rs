//! Names between the wire (`scoreAdd`) and Rust (`score_add`).

use proc_macro2::{Ident, Span};

/// The Rust name of a wire name: `fileName`, `file-name` and `file_name` are `file_name`, `HTTPGet` is `http_get`.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut chars = name.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(c) = chars.next() {
        if !c.is_alphanumeric() {
            out.push('_');
        } else if c.is_uppercase() {
            let word_ends = before.is_some_and(|b| b.is_lowercase() || b.is_numeric());
            let word_starts = before.is_some_and(char::is_uppercase)
                && chars.peek().is_some_and(|next| next.is_lowercase());
            if word_ends || word_starts {
                out.push('_');
            }
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        before = Some(c);
    }
    out
}

/// The wire name that a Rust name has unless it says otherwise: `file_name` is `fileName`, `NotFound` is `notFound`.
pub(crate) fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in snake(name).split('_').filter(|word| !word.is_empty()) {
        let mut chars = word.chars();
        match chars.next() {
            Some(first) if !out.is_empty() => out.extend(first.to_uppercase()),
            Some(first) => out.push(first),
            None => {}
        }
        out.push_str(chars.as_str());
    }
    out
}

/// The handle beside the handler of an action.
pub(crate) fn handle(action: &str, span: Span) -> Ident {
    Ident::new(&format!("__action_{}", snake(action)), span)
}

/// Marks that a function was meant for this action and that the mistake has been reported.
pub(crate) fn excuse(action: &str, span: Span) -> Ident {
    Ident::new(&format!("__excuse_{}", snake(action)), span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_become_rust_names() {
        for (wire, rust) in [
            ("key", "key"),
            ("fileName", "file_name"),
            ("file-name", "file_name"),
            ("file_name", "file_name"),
            ("HTTPGet", "http_get"),
            ("getURL", "get_url"),
            ("value2", "value2"),
            ("sha256Sum", "sha256_sum"),
            ("type", "type"),
        ] {
            assert_eq!(snake(wire), rust);
        }
    }

    #[test]
    fn rust_names_become_wire_names() {
        for (rust, wire) in [
            ("key", "key"),
            ("file_name", "fileName"),
            ("NotFound", "notFound"),
            ("sha256_sum", "sha256Sum"),
            ("_note", "note"),
            ("a_b_c", "aBC"),
            ("é_à", "éÀ"),
        ] {
            assert_eq!(camel(rust), wire);
        }
    }
}
