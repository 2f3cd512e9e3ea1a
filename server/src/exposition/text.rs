//! The format: families of numbers, each with its help and type, and labels escaped.

use std::fmt::Write;

/// What is written so far.
#[derive(Debug, Default)]
pub(super) struct Text(String);

/// A family that is being written: its numbers follow.
#[derive(Debug)]
pub(super) struct Family<'t> {
    text: &'t mut String,
    name: &'static str,
}

type Labels<'a> = [(&'a str, &'a str)];

impl Text {
    pub(super) fn gauge(&mut self, name: &'static str, help: &str) -> Family<'_> {
        self.family(name, "gauge", help)
    }

    pub(super) fn counter(&mut self, name: &'static str, help: &str) -> Family<'_> {
        self.family(name, "counter", help)
    }

    pub(super) fn histogram(&mut self, name: &'static str, help: &str) -> Family<'_> {
        self.family(name, "histogram", help)
    }

    fn family(&mut self, name: &'static str, kind: &str, help: &str) -> Family<'_> {
        let text = &mut self.0;
        line(
            text,
            format_args!("# HELP {name} {help}\n# TYPE {name} {kind}"),
        );
        Family { text, name }
    }

    pub(super) fn end(self) -> String {
        self.0
    }
}

impl Family<'_> {
    /// Adds a number.
    pub(super) fn of(self, labels: &Labels<'_>, value: u64) -> Self {
        let (name, labels) = (self.name, braces(labels, None));
        line(self.text, format_args!("{name}{labels} {value}"));
        self
    }

    /// Adds a histogram: counts by bucket, whose upper ends are microseconds, the last without one; the sum is
    /// nanoseconds.
    pub(super) fn histogram(
        self,
        labels: &Labels<'_>,
        bounds: &[u64],
        counts: &[u64],
        sum: u64,
    ) -> Self {
        let name = self.name;
        let ends = bounds
            .iter()
            .map(|micros| (*micros as f64 / 1e6).to_string());
        let ends = ends.chain(["+Inf".to_owned()]);
        let mut total = 0;
        for (end, count) in ends.zip(counts) {
            total += count;
            let labels = braces(labels, Some(&end));
            line(self.text, format_args!("{name}_bucket{labels} {total}"));
        }
        let (labels, sum) = (braces(labels, None), sum as f64 / 1e9);
        line(self.text, format_args!("{name}_sum{labels} {sum}"));
        line(self.text, format_args!("{name}_count{labels} {total}"));
        self
    }
}

/// `{a="b",le="1"}`; nothing for none.
fn braces(labels: &Labels<'_>, le: Option<&str>) -> String {
    let all = labels.iter().copied().chain(le.map(|le| ("le", le)));
    let all: Vec<String> = all
        .map(|(name, value)| {
            let value = value.replace('\\', "\\\\").replace('"', "\\\"");
            format!("{name}=\"{}\"", value.replace('\n', "\\n"))
        })
        .collect();
    match all.is_empty() {
        true => String::new(),
        false => format!("{{{}}}", all.join(",")),
    }
}

fn line(text: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to memory does not fail.
    let _ = writeln!(text, "{words}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_escaped_and_buckets_add_up() {
        let mut text = Text::default();
        text.gauge("g", "A thing.").of(&[], 7);
        let labels = [("api", "a \"b\\\"\nc"), ("v", "1")];
        text.histogram("h", "Times.").histogram(
            &labels[1..],
            &[50, 1_000_000],
            &[2, 0, 1],
            1_500_000_000,
        );
        text.gauge("i", "Info.").of(&labels, 1);
        let expected = r#"# HELP g A thing.
# TYPE g gauge
g 7
# HELP h Times.
# TYPE h histogram
h_bucket{v="1",le="0.00005"} 2
h_bucket{v="1",le="1"} 2
h_bucket{v="1",le="+Inf"} 3
h_sum{v="1"} 1.5
h_count{v="1"} 3
# HELP i Info.
# TYPE i gauge
i{api="a \"b\\\"\nc",v="1"} 1
"#;
        assert_eq!(text.end(), expected);
    }
}
