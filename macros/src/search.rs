//! How the compiler finds, in the modules that `actions!` lists, what stands for each declared name.

use crate::registry::Input;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

/// One declared name.
pub(crate) struct Sought<'s> {
    pub(crate) name: &'s str,
    /// What it depends on.
    pub(crate) cfg: Option<TokenStream>,
    /// Its `Wanted`.
    pub(crate) wanted: TokenStream,
}

/// Makes a constant's name out of a declared one.
pub(crate) type Naming = fn(&str, Span) -> Ident;

/// All declared names of a kind. For each there is a stand-in, and for each module a block whose glob import shadows the
/// stand-ins with the real constants. With many modules these blocks are most of what `actions!` makes: all else is
/// written once for each name.
pub(crate) struct Search<'s> {
    pub(crate) input: &'s Input,
    pub(crate) all: Vec<Sought<'s>>,
    /// What the constant of a name is called, and its excuse.
    pub(crate) names: (Naming, Naming),
    /// What the lists of them are called.
    pub(crate) lists: (&'static str, &'static str),
    /// The constants' type.
    pub(crate) ty: TokenStream,
    /// A stand-in.
    pub(crate) missing: fn(&str) -> TokenStream,
    /// The variant of `Lists`.
    pub(crate) variant: TokenStream,
}

impl Search<'_> {
    /// The stand-ins, the list of each module, and the check of each name.
    pub(crate) fn tokens(&self) -> TokenStream {
        if self.all.is_empty() {
            return TokenStream::new();
        }
        let (ty, count, variant) = (&self.ty, self.all.len(), &self.variant);
        let (handles, excuses) = self.names_at(Span::call_site());
        let missing = self.all.iter().map(|one| (self.missing)(one.name));
        let modules = &self.input.modules;
        let lists = modules.iter().map(|module| {
            // At the module, where the compiler shows that it has a name twice.
            let (handles, _) = self.names_at(module.span().resolved_at(Span::call_site()));
            quote! {
                &{
                    #[allow(unused_imports)]
                    use #module::*;
                    [#(#handles),*]
                }
            }
        });
        let (found, excused) = self.lists();
        let checks = self.all.iter().enumerate().map(|(number, one)| {
            let Sought { cfg, wanted, .. } = one;
            quote_spanned! {self.input.path.span().resolved_at(Span::call_site())=>
                #cfg
                const _: () = __p::settle(&#wanted, __p::Lists::#variant(#found), &#excused, #number);
            }
        });
        quote! {
            #(
                #[allow(non_upper_case_globals, dead_code)]
                const #handles: #ty = #missing;
                #[allow(non_upper_case_globals, dead_code)]
                const #excuses: bool = false;
            )*
            const #found: &[&[#ty]] = &[#(#lists),*];
            const #excused: [bool; #count] = {
                #(
                    #[allow(unused_imports)]
                    use #modules::*;
                )*
                [#(#excuses),*]
            };
            #(#checks)*
        }
    }

    /// What the list of lists is called, and the one of excuses.
    pub(crate) fn lists(&self) -> (Ident, Ident) {
        let (found, excused) = self.lists;
        (format_ident!("{found}"), format_ident!("{excused}"))
    }

    fn names_at(&self, span: Span) -> (Vec<Ident>, Vec<Ident>) {
        let names = || self.all.iter().map(|one| one.name);
        (
            names().map(|name| (self.names.0)(name, span)).collect(),
            names().map(|name| (self.names.1)(name, span)).collect(),
        )
    }
}
