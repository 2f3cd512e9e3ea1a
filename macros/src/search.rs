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
/// stand-ins with the real constants.
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
    /// The way from a constant to its `Found`.
    pub(crate) found: TokenStream,
}

impl Search<'_> {
    /// The stand-ins, the lists for each module, and the check of each name.
    pub(crate) fn tokens(&self) -> TokenStream {
        if self.all.is_empty() {
            return TokenStream::new();
        }
        let (ty, count) = (&self.ty, self.all.len());
        let (handles, excuses) = self.names_at(Span::call_site());
        let missing = self.all.iter().map(|one| (self.missing)(one.name));
        let searches = self.input.modules.iter().enumerate();
        let searches = searches.map(|(number, module)| {
            let (found, excused) = self.lists(number);
            // At the module, where the compiler shows that it has a name twice.
            let (handles, excuses) = self.names_at(module.span().resolved_at(Span::call_site()));
            quote! {
                const #found: [#ty; #count] = {
                    #[allow(unused_imports)]
                    use #module::*;
                    [#(#handles),*]
                };
                const #excused: [bool; #count] = {
                    #[allow(unused_imports)]
                    use #module::*;
                    [#(#excuses),*]
                };
            }
        });
        let checks = self.all.iter().enumerate().map(|(number, one)| {
            let Sought { cfg, wanted, .. } = one;
            let (found, to_found) = (self.found(number), &self.found);
            let excused = (0..self.input.modules.len()).map(|module| self.lists(module).1);
            quote_spanned! {self.input.path.span().resolved_at(Span::call_site())=>
                #cfg
                const _: () = ::actionline::__private::settle(
                    &#wanted,
                    &[#(#found #to_found),*],
                    &[#(#excused[#number]),*],
                );
            }
        });
        quote! {
            #(
                #[allow(non_upper_case_globals, dead_code)]
                const #handles: #ty = #missing;
                #[allow(non_upper_case_globals, dead_code)]
                const #excuses: bool = false;
            )*
            #(#searches)*
            #(#checks)*
        }
    }

    /// What each module has for one name.
    pub(crate) fn found(&self, number: usize) -> Vec<TokenStream> {
        let modules = 0..self.input.modules.len();
        modules
            .map(|module| {
                let list = self.lists(module).0;
                quote!(#list[#number])
            })
            .collect()
    }

    fn lists(&self, module: usize) -> (Ident, Ident) {
        let (found, excused) = self.lists;
        (
            format_ident!("{found}_{module}"),
            format_ident!("{excused}_{module}"),
        )
    }

    fn names_at(&self, span: Span) -> (Vec<Ident>, Vec<Ident>) {
        let names = || self.all.iter().map(|one| one.name);
        (
            names().map(|name| (self.names.0)(name, span)).collect(),
            names().map(|name| (self.names.1)(name, span)).collect(),
        )
    }
}
