//! What a function is for: the one list by which time is shared out.

/// What a server does with its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Lock,
    Wait,
    Memory,
    Wake,
    System,
    Split,
    Request,
    Bind,
    Handler,
    Reply,
    Session,
    Runtime,
    Other,
}

impl Kind {
    pub(super) const ALL: [Self; 13] = [
        Self::System,
        Self::Split,
        Self::Request,
        Self::Bind,
        Self::Handler,
        Self::Reply,
        Self::Session,
        Self::Runtime,
        Self::Lock,
        Self::Wait,
        Self::Memory,
        Self::Wake,
        Self::Other,
    ];

    /// In words, and the colour of its frames, which can be read on and against light and dark.
    pub(super) fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::System => ("system calls", "#8fb4d9"),
            Self::Split => ("splitting lines", "#7fc8a9"),
            Self::Request => ("reading and looking up requests", "#a5cf7a"),
            Self::Bind => ("binding and saved params", "#d5cf6b"),
            Self::Handler => ("the handler, and its value as JSON", "#efb366"),
            Self::Reply => ("writing replies", "#e99a7c"),
            Self::Session => ("the session's turn", "#c9a6dd"),
            Self::Runtime => ("the runtime", "#b9bdc7"),
            Self::Lock => ("taking the connection's own locks", "#e0a3b4"),
            Self::Wait => ("waiting for locks", "#e5534b"),
            Self::Memory => ("allocating", "#e5534b"),
            Self::Wake => ("waking tasks", "#e5534b"),
            Self::Other => ("other", "#d0d0d0"),
        }
    }
}

/// Parts of names, and what a function with one is for. The first that fits counts.
const NAMES: [(&str, Kind); 37] = [
    ("lock_contended", Kind::Wait),
    ("mutex::futex::", Kind::Lock),
    ("futex", Kind::Wait),
    ("__rust_alloc", Kind::Memory),
    ("__rdl_", Kind::Memory),
    ("malloc", Kind::Memory),
    ("cfree", Kind::Memory),
    ("realloc", Kind::Memory),
    ("calloc", Kind::Memory),
    ("RawVec", Kind::Memory),
    ("waker::wake", Kind::Wake),
    ("wake_by_", Kind::Wake),
    ("schedule_task", Kind::Wake),
    ("actions::random_number", Kind::Handler),
    ("__action_", Kind::Handler),
    ("zmij", Kind::Handler),
    ("ryu", Kind::Handler),
    ("fastrand", Kind::Handler),
    ("action::object", Kind::Reply),
    ("action::reply", Kind::Reply),
    ("protocol::reply", Kind::Reply),
    ("protocol::output", Kind::Reply),
    ("protocol::line", Kind::Split),
    ("memchr", Kind::Split),
    ("from_utf8", Kind::Split),
    ("actionline::sticky", Kind::Bind),
    ("with_sticky", Kind::Bind),
    ("actionline::dispatch", Kind::Bind),
    ("actionline_specs::bind", Kind::Bind),
    ("actionline_specs::request", Kind::Request),
    ("actionline::table", Kind::Request),
    ("actionline::session", Kind::Session),
    ("actionline::transport", Kind::Session),
    ("actionline::", Kind::Session),
    ("mio::", Kind::Runtime),
    ("tokio::", Kind::Runtime),
    ("std::sys", Kind::Runtime),
];

/// What the time of a stack, its outermost function first, was spent for.
pub(super) fn of(stack: &[Frame]) -> Kind {
    if stack.iter().any(|frame| frame.kernel) {
        let waits = |frame: &Frame| frame.kernel && frame.name.contains("futex");
        return match stack.iter().any(waits) {
            true => Kind::Wait,
            false => Kind::System,
        };
    }
    stack
        .iter()
        .rev()
        .find_map(Frame::kind)
        .unwrap_or(Kind::Other)
}

/// A function on a stack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Frame {
    pub(super) name: String,
    pub(super) kernel: bool,
}

impl Frame {
    /// What it is for by its name.
    fn kind(&self) -> Option<Kind> {
        let found = NAMES.iter().find(|(part, _)| self.name.contains(part));
        found.map(|(_, kind)| *kind)
    }

    /// Whether it only stands between others: what Rust's own library does to call a function.
    pub(super) fn is_between(&self) -> bool {
        let library = ["core::", "std::", "alloc::", "tokio::runtime::context"];
        library.iter().any(|start| self.name.starts_with(start))
            && !matches!(self.kind(), Some(Kind::Lock | Kind::Wait | Kind::Memory))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_function_with_a_meaning_counts_and_the_kernel_before_it() {
        let frame = |name: &str| Frame {
            name: name.trim_start_matches('!').to_owned(),
            kernel: name.starts_with('!'),
        };
        for (stack, wanted) in [
            (
                &[
                    "tokio::run",
                    "actionline::protocol::line::split",
                    "core::ptr::read",
                ][..],
                Kind::Split,
            ),
            (
                &[
                    "actionline::connection::kept",
                    "std::sys::sync::mutex::futex::lock",
                ],
                Kind::Lock,
            ),
            (
                &["std::sys::sync::mutex::futex::lock", "!futex_wait"],
                Kind::Wait,
            ),
            (&["actionline::session::run", "malloc"], Kind::Memory),
            (
                &["actionline::session::run", "send", "!tcp_sendmsg"],
                Kind::System,
            ),
            (&["main"], Kind::Other),
        ] {
            let stack: Vec<Frame> = stack.iter().map(|name| frame(name)).collect();
            assert_eq!(of(&stack), wanted, "{stack:?}");
        }
    }
}
