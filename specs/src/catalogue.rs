//! Tables of names that people and programs meet: each name stands once, with what it means.

/// Declares an enum whose variants each have a word and a meaning, and perhaps one thing more.
macro_rules! catalogue {
    (
        $(#[$doc:meta])*
        pub enum $name:ident { $($variant:ident = $word:literal: $meaning:literal,)* }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = $meaning] $variant,)*
        }

        impl $name {
            /// All of them, in the order docs list them.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The name that people and programs see.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// What it means, in Markdown.
            pub const fn meaning(self) -> &'static str {
                match self { $($name::$variant => $meaning,)* }
            }

            /// The one with this name.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
    (
        $(#[$doc:meta])*
        pub enum $name:ident {
            $($variant:ident = $word:literal, $extra:expr, $meaning:literal;)*
        }
        $(#[$extra_doc:meta])*
        $method:ident -> $type:ty
    ) => {
        catalogue! {
            $(#[$doc])*
            pub enum $name { $($variant = $word: $meaning,)* }
        }

        impl $name {
            $(#[$extra_doc])*
            pub const fn $method(self) -> $type {
                match self { $($name::$variant => $extra,)* }
            }
        }
    };
}

pub(crate) use catalogue;
