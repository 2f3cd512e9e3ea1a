//! "Did you mean": the nearest of a list of names.

/// The name nearest to `wanted`, if any is near enough to be a slip: a third of its letters, one at least. Case and
/// transposed letters count little.
///
/// ```
/// let names = ["key", "value"];
/// assert_eq!(actionline_specs::suggest::nearest("kye", names), Some("key"));
/// assert_eq!(actionline_specs::suggest::nearest("colour", names), None);
/// ```
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // An endless name is no slip, and comparing it costs its length times ours.
    if wanted.len() > 64 {
        return None;
    }
    let allowed = (wanted.chars().count() / 3).max(1);
    let lower = wanted.to_lowercase();
    names
        .into_iter()
        .map(|name| (strsim::osa_distance(&lower, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
