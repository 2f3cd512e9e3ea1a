//! How a name of the spec is written in Rust.

/// The snake_case form of a name: `fileName` → `file_name`, `userID` → `user_id`, `HTTPPort` → `http_port`. A name
/// that is snake_case already stays as it is. A spec has no two names in one place that share this form.
///
/// ```
/// assert_eq!(actionline_specs::snake_case("cacheTest"), "cache_test");
/// assert_eq!(actionline_specs::snake_case("http2Port"), "http2_port");
/// ```
pub fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 4);
    for (index, letter) in letters.iter().enumerate() {
        if letter.is_ascii_uppercase() && index > 0 {
            let before = letters[index - 1];
            let next = letters.get(index + 1);
            // A capital begins a word after a small letter or digit, and where a run of capitals ends.
            let begins = before.is_ascii_lowercase()
                || before.is_ascii_digit()
                || (before.is_ascii_uppercase() && next.is_some_and(char::is_ascii_lowercase));
            if begins {
                out.push('_');
            }
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}
