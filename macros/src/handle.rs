//! The handle beside a function: a constant that `actions!` finds by its name.

use crate::expected::declared;
use crate::names;
use crate::obligation::{connection_check, context_obligation, fits, kind, param_obligation};
use crate::resolve::Role;
use crate::signature::Function;
use actionline_specs::{Action, Spec};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Type};

/// Tells `actions!` that a handler was meant for this action.
pub(crate) fn excuse(action: &str, function: &Function) -> TokenStream {
    if function.is_method {
        return TokenStream::new();
    }
    let name = names::excuse(action, Span::call_site());
    quote! {
        #[doc(hidden)]
        #[allow(non_upper_case_globals, dead_code, unreachable_pub)]
        pub const #name: bool = true;
    }
}

/// Without its feature an action has no handler: one that is there would never be called.
pub(crate) fn feature_check(spec: &Spec, action: &Action, function: &Function) -> TokenStream {
    let Some(feature) = &action.feature else {
        return TokenStream::new();
    };
    let cfgs = cfgs(function);
    let why = format!(
        "{}: `{}` is not there without the cargo feature `{feature}`: put `#[cfg(feature = \"{feature}\")]` before its handler",
        spec.source.locate(action.at),
        action.name
    );
    quote_spanned! {function.ident.span().resolved_at(Span::call_site())=>
        #(#cfgs)*
        // `actions!` has rustc say that Cargo.toml lacks the feature.
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(not(feature = #feature))]
            ::core::compile_error!(#why);
        };
    }
}

/// What the function depends on.
fn cfgs(function: &Function) -> Vec<&Attribute> {
    let attrs = function.attrs.iter();
    attrs.filter(|attr| attr.path().is_ident("cfg")).collect()
}

/// A handle whose handler is never called: a mistake has been reported.
pub(crate) fn stub(action: &str, shown: &str, function: &Function) -> TokenStream {
    let body = quote!(__p::Handler::missing(#action));
    handle(action, shown, function, &TokenStream::new(), &body)
}

/// The constant that `actions!` looks for. The compiler shows its place when there are two.
fn handle(
    action: &str,
    shown: &str,
    function: &Function,
    items: &TokenStream,
    handler: &TokenStream,
) -> TokenStream {
    if function.is_method {
        return TokenStream::new();
    }
    let span = function.ident.span().resolved_at(Span::call_site());
    let name = names::handle(action, span);
    let cfgs = cfgs(function);
    let found = found(&function.name, shown);
    let value = quote!({
        // Short paths: the compiler reads each of them.
        use ::actionline::__private as __p;
        #items
        __p::Registered {
            found: #found,
            handler: #handler,
        }
    });
    let constant =
        quote_spanned!(span=> pub const #name: ::actionline::__private::Registered = #value;);
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(non_upper_case_globals, dead_code, unreachable_pub, deprecated)]
        #constant
    }
}

/// Where a function or a type stands, and the spec it was checked against.
pub(crate) fn found(name: &str, shown: &str) -> TokenStream {
    quote! {
        ::actionline::__private::Found {
            place: ::core::option::Option::Some(::core::concat!(::core::module_path!(), "::", #name)),
            spec: #shown,
        }
    }
}

/// The handle of a function in which the macro found no mistake. The compiler may still find some.
pub(crate) fn whole(
    spec: &Spec,
    action: &Action,
    function: &Function,
    roles: &[Role<'_>],
) -> TokenStream {
    let mut items = TokenStream::new();
    let mut values = Vec::new();
    let mut needs = Vec::new();
    for (number, (role, arg)) in roles.iter().zip(&function.args).enumerate() {
        let ty = inferred(arg.ty.to_token_stream());
        let obligation = format_ident!("__Argument{}", number);
        match role {
            Role::Param {
                index,
                param,
                doubt: None,
            } => {
                let kind = kind(param);
                values.push(quote!(__p::take::<#kind, #ty>(__slots, #index)));
            }
            Role::Param {
                index,
                param,
                doubt: Some(text),
            } => {
                items.extend(param_obligation(&obligation, param, text));
                items.extend(fits(spec, param, &arg.ty, &ty, &obligation));
                values.push(quote!(<#ty as #obligation>::take(__slots, #index)));
            }
            Role::Context { doubt } => {
                items.extend(context_obligation(&obligation, doubt));
                if !action.needs_connection {
                    items.extend(connection_check(spec, action, &arg.ty, &ty, &obligation));
                }
                values.push(quote!(<#ty as #obligation>::make(__cx)));
                needs.push(quote!(<#ty as #obligation>::needs(__states)?;));
            }
        }
    }
    let name = &action.name;
    let ident = &function.ident;
    let output = match &function.output {
        Some(ty) => inferred(ty.to_token_stream()),
        None => quote!(()),
    };
    let output_span = function.output.as_ref().map_or(ident.span(), Type::span);
    let declared = declared(spec, action);
    let check = quote_spanned! {output_span.resolved_at(Span::call_site())=>
        const _: () = {
            <<#output as __p::IntoReply>::Fields as __p::Checks<__Reply>>::OK;
            __p::answers(<#output as __p::IntoReply>::SUCCESS, __DECLARED);
        };
        const _: () = {
            <<#output as __p::IntoReply>::Errors as __p::Checks<__Reply>>::OK;
            __p::refuses(
                <#output as __p::IntoReply>::SUCCESS,
                <#output as __p::IntoReply>::REFUSALS,
                __DECLARED,
            );
        };
    };
    let (call, variant) = match function.is_async {
        false => (call_in_place(ident, &values, &output), quote!(Sync)),
        true => {
            let call = call_as_future(ident, &values, &output);
            (call, quote!(Async))
        }
    };
    items.extend(quote! {
        const __DECLARED: &__p::Declared = &#declared;
        struct __Reply;
        impl __p::Declares for __Reply {
            const DECLARED: &'static __p::Declared = __DECLARED;
        }
        #check
        #[allow(unused_imports)]
        use __p::{AnswerAnything as _, AnswerReply as _};
        #[allow(unused_variables, clippy::unit_arg, clippy::let_unit_value)]
        #call
    });
    let needs = match needs.as_slice() {
        [] => quote!(__p::needs_nothing),
        needs => quote!(|__states| {
            #(#needs)*
            ::core::result::Result::Ok(())
        }),
    };
    let handler = quote! {
        __p::Handler { name: #name, call: __p::Call::#variant(__call), needs: #needs }
    };
    handle(name, &spec.source.name, function, &items, &handler)
}

fn call_in_place(ident: &Ident, values: &[TokenStream], output: &TokenStream) -> TokenStream {
    quote! {
        fn __call<'a>(
            __cx: __p::Cx<'a>,
            __slots: &'a [__p::Slot<'a>],
            __out: &mut ::std::vec::Vec<u8>,
        ) -> __p::Outcome {
            let __reply = #ident(#(#values),*);
            __p::Returned::<#output>(__reply).answer(__DECLARED, __out)
        }
    }
}

/// The future owns the params, so that arguments can borrow from them.
fn call_as_future(ident: &Ident, values: &[TokenStream], output: &TokenStream) -> TokenStream {
    // At the function's name, where the compiler says that its future cannot be sent.
    let future = quote_spanned! {ident.span().resolved_at(Span::call_site())=>
        __p::place(__place, async move {
            let mut __owned = __owned;
            let __outcome = {
                let (__cx, __slots, __out) = __owned.parts();
                let __reply = #ident(#(#values),*).await;
                __p::Returned::<#output>(__reply).answer(__DECLARED, __out)
            };
            __owned.answered(__outcome)
        })
    };
    quote! {
        fn __call(
            __owned: __p::OwnedCx,
            __place: ::core::option::Option<__p::Answering>,
        ) -> __p::Answering {
            #future
        }
    }
}

/// The same type with every lifetime of its own left to the compiler: `&'a str` is `&'_ str`. Those of a `for<'a>` stay.
fn inferred(ty: TokenStream) -> TokenStream {
    let mut bound = vec!["static".to_owned()];
    bound_in(ty.clone(), &mut bound);
    left_out(ty, &bound)
}

/// The lifetimes that any `for<…>` of the type introduces. None of them can be one of the function's too.
fn bound_in(ty: TokenStream, bound: &mut Vec<String>) {
    let (mut after_for, mut quoted) = (false, false);
    for token in ty {
        match token {
            TokenTree::Group(group) => bound_in(group.stream(), bound),
            TokenTree::Ident(name) if quoted && after_for => bound.push(name.to_string()),
            TokenTree::Ident(name) => after_for = name == "for",
            TokenTree::Punct(punct) => {
                quoted = punct.as_char() == '\'';
                after_for &= punct.as_char() != '>';
                continue;
            }
            TokenTree::Literal(_) => {}
        }
        quoted = false;
    }
}

fn left_out(ty: TokenStream, bound: &[String]) -> TokenStream {
    let mut quoted = false;
    ty.into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => {
                let mut inner =
                    proc_macro2::Group::new(group.delimiter(), left_out(group.stream(), bound));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            TokenTree::Ident(name) if quoted && !bound.iter().any(|bound| name == bound) => {
                quoted = false;
                TokenTree::Ident(Ident::new("_", name.span()))
            }
            token => {
                quoted = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
                token
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_types_own_lifetimes_are_left_out() {
        for (ty, expected) in [
            (quote!(&'a str), quote!(&'_ str)),
            (quote!(&'static str), quote!(&'static str)),
            (
                quote!(State<'s, Box<dyn for<'x, 'y> Fn(&'x T<'y>) -> &'z str>>),
                quote!(State<'_, Box<dyn for<'x, 'y> Fn(&'x T<'y>) -> &'_ str>>),
            ),
            (
                quote!((for<'x> fn(&'x u8), &'b u8)),
                quote!((for<'x> fn(&'x u8), &'_ u8)),
            ),
        ] {
            assert_eq!(inferred(ty).to_string(), expected.to_string());
        }
    }
}
