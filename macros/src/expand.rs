//! What `#[action]` becomes: the function as it was, and a handle beside it.

use crate::attr::Args;
use crate::resolve::{Role, resolve};
use crate::signature::Function;
use crate::spec::{self, Loaded};
use crate::{describe, locate, names, types};
use actionline_specs::{Action, Kind, Param, Spec, snake_case, suggest};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, Type};

/// The whole attribute. Whatever is wrong, the user's function stays, so that one mistake is one error.
pub(crate) fn action(args: TokenStream, item: TokenStream) -> TokenStream {
    let function = match syn::parse2::<Function>(item.clone()) {
        Ok(function) => function,
        Err(error) => return join(error.to_compile_error(), item),
    };
    let mut mistakes = Vec::new();
    let args = syn::parse2::<Args>(args).unwrap_or_else(|error| {
        mistakes.push(error);
        Args::default()
    });
    let wanted = args.spec.as_ref().map(|path| path.value());
    let found = spec::find(
        wanted.as_deref().unwrap_or(locate::DEFAULT),
        function.ident.span(),
    );
    let (doc, handle) = match found {
        Ok((_, loaded)) => with_spec(&loaded, &args, &function, &mut mistakes),
        Err(why) => {
            // Without a spec of its own, `actions!` tells which one it has.
            if let Some(path) = &args.spec {
                mistakes.push(Error::new(path.span(), why));
            }
            mistakes.extend(function.mistakes.iter().cloned());
            (None, stub(&function.name, "", &function))
        }
    };
    let mistakes = mistakes.iter().map(Error::to_compile_error);
    let Function { attrs, rest, .. } = &function;
    let doc = doc.map(|doc| quote!(#[doc = #doc]));
    quote! {
        #(#attrs)* #doc #rest
        #handle
        #(#mistakes)*
    }
}

fn join(a: TokenStream, b: TokenStream) -> TokenStream {
    quote!(#a #b)
}

/// The function's rustdoc and its handle.
fn with_spec(
    loaded: &Loaded,
    args: &Args,
    function: &Function,
    mistakes: &mut Vec<Error>,
) -> (Option<String>, TokenStream) {
    let Ok(spec) = &**loaded else {
        // `actions!` tells what is wrong with it.
        return (None, TokenStream::new());
    };
    let action = match find(spec, args, function) {
        Ok(action) => action,
        Err((error, near)) => {
            mistakes.push(error);
            return (None, near.map(excuse).unwrap_or_default());
        }
    };
    let roles = resolve(spec, action, function, mistakes);
    mistakes.extend(function.mistakes.iter().cloned());
    let handle = match mistakes.is_empty() {
        true => whole(spec, action, function, &roles),
        false => stub(&action.name, &spec.source.name, function),
    };
    (Some(describe::rustdoc(spec, action)), handle)
}

/// The action that a function handles. The error comes with the one that was probably meant.
fn find<'s>(
    spec: &'s Spec,
    args: &Args,
    function: &Function,
) -> Result<&'s Action, (Error, Option<&'s Action>)> {
    let (found, wanted, span) = match &args.name {
        Some(name) => {
            let found = spec
                .actions
                .iter()
                .find(|action| action.name == name.value());
            (found, name.value(), name.span())
        }
        None => {
            let found = spec::by_rust_name(spec, &function.name);
            (found, names::camel(&function.name), function.ident.span())
        }
    };
    found.ok_or_else(|| {
        let names = spec.actions.iter().map(|action| action.name.as_str());
        let near = suggest::nearest(&wanted, names);
        let near = near.and_then(|near| spec.actions.iter().find(|action| action.name == near));
        let more = match near {
            Some(near) => {
                let at = spec.source.locate(near.at);
                match args.name {
                    Some(_) => format!(": did you mean `{}`? ({at})", near.name),
                    None => format!(": did you mean `fn {}`? ({at})", snake_case(&near.name)),
                }
            }
            None => format!(": declare it under `actions` in {}", spec.source.name),
        };
        (
            Error::new(
                span,
                format!("{} has no action `{wanted}`{more}", spec.source.name),
            ),
            near,
        )
    })
}

/// Tells `actions!` that a handler was meant for this action.
fn excuse(action: &Action) -> TokenStream {
    let name = names::excuse(&action.name, Span::call_site());
    quote! {
        #[doc(hidden)]
        #[allow(non_upper_case_globals, dead_code, unreachable_pub)]
        pub const #name: bool = true;
    }
}

/// A handle whose handler is never called: a mistake has been reported.
fn stub(action: &str, shown: &str, function: &Function) -> TokenStream {
    let body = quote!(::actionline::__private::Handler::missing(#action));
    handle(action, shown, function, &TokenStream::new(), &body)
}

fn handle(
    action: &str,
    shown: &str,
    function: &Function,
    items: &TokenStream,
    handler: &TokenStream,
) -> TokenStream {
    let name = names::handle(action, function.ident.span().resolved_at(Span::call_site()));
    let cfgs: Vec<_> = function
        .attrs
        .iter()
        .filter(|attr| attr.path().is_ident("cfg"))
        .collect();
    let place = &function.name;
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, unreachable_pub)]
        pub struct #name;
        #(#cfgs)*
        #[allow(deprecated)]
        const _: () = {
            #items
            impl ::actionline::__private::Action for #name {
                const PLACE: ::core::option::Option<&'static str> =
                    ::core::option::Option::Some(::core::concat!(::core::module_path!(), "::", #place));
                const SPEC: &'static str = #shown;
                const HANDLER: ::actionline::__private::Handler = #handler;
            }
        };
    }
}

/// The handle of a function in which the macro found no mistake. The compiler may still find some.
fn whole(spec: &Spec, action: &Action, function: &Function, roles: &[Role<'_>]) -> TokenStream {
    let p = quote!(::actionline::__private);
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
                values.push(quote!(#p::take::<#kind, #ty>(__slots, #index)));
            }
            Role::Param {
                index,
                param,
                doubt: Some(text),
            } => {
                items.extend(param_obligation(&obligation, param, text));
                if param.kind == Kind::Integer {
                    items.extend(range_check(spec, param, &arg.ty, &ty, &obligation));
                }
                values.push(quote!(<#ty as #obligation>::take(__slots, #index)));
            }
            Role::Context { doubt } => {
                items.extend(context_obligation(&obligation, doubt));
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
        const _: () = ::actionline::__private::agree::<#output>(&__DECLARED);
    };
    let (call, variant) = match function.is_async {
        false => (
            quote! {
                fn __call<'a>(
                    __cx: #p::Cx<'a>,
                    __slots: &'a [#p::Slot<'a>],
                    __out: &mut ::std::vec::Vec<u8>,
                ) -> #p::Outcome {
                    let __reply = #ident(#(#values),*);
                    <#output as #p::IntoReply>::into_reply(__reply, &__DECLARED, __out)
                }
            },
            quote!(Sync),
        ),
        true => (
            quote! {
                fn __call(__owned: #p::OwnedCx) -> #p::Answering {
                    ::std::boxed::Box::pin(async move {
                        let __owned = __owned;
                        let (__cx, __slots) = (__owned.cx(), &__owned.slots[..]);
                        let __reply = #ident(#(#values),*).await;
                        let mut __out = ::std::vec::Vec::new();
                        let __outcome = <#output as #p::IntoReply>::into_reply(__reply, &__DECLARED, &mut __out);
                        (__out, __outcome)
                    })
                }
            },
            quote!(Async),
        ),
    };
    items.extend(quote! {
        static __DECLARED: #p::Declared = #declared;
        #check
        #[allow(unused_variables, clippy::unit_arg, clippy::let_unit_value)]
        #call
        fn __needs(__states: &#p::States) -> ::core::result::Result<(), &'static str> {
            #(#needs)*
            ::core::result::Result::Ok(())
        }
    });
    let handler = quote! {
        #p::Handler { name: #name, call: #p::Call::#variant(__call), needs: __needs }
    };
    handle(name, &spec.source.name, function, &items, &handler)
}

/// The type that names a param's kind.
fn kind(param: &Param) -> TokenStream {
    let kind = match param.kind {
        Kind::Any => quote!(Any),
        Kind::String => quote!(Text),
        Kind::Integer => quote!(Integer),
        Kind::Number => quote!(Number),
        Kind::Boolean => quote!(Boolean),
        Kind::Array => quote!(Array),
        Kind::Object => quote!(Object),
    };
    let kind = quote!(::actionline::__private::kind::#kind);
    match param.always_present() {
        true => kind,
        false => quote!(::actionline::__private::kind::Maybe<#kind>),
    }
}

/// A trait of this argument alone, so that the compiler's error is ours word by word.
fn param_obligation(name: &Ident, param: &Param, text: &str) -> TokenStream {
    let p = quote!(::actionline::__private);
    let kind = kind(param);
    quote! {
        #[diagnostic::on_unimplemented(message = #text, label = "does not fit the param")]
        trait #name<'a>: ::core::marker::Sized {
            const HOLDS: (i128, i128);
            fn take(slots: &'a [#p::Slot<'a>], index: usize) -> Self;
        }
        #[diagnostic::do_not_recommend]
        impl<'a, T: #p::FromParam<'a, #kind>> #name<'a> for T {
            const HOLDS: (i128, i128) = <T as #p::FromParam<'a, #kind>>::HOLDS;
            fn take(slots: &'a [#p::Slot<'a>], index: usize) -> Self {
                #p::take::<#kind, T>(slots, index)
            }
        }
    }
}

/// An integer behind an alias must hold the range, too.
fn range_check(
    spec: &Spec,
    param: &Param,
    written: &Type,
    ty: &TokenStream,
    obligation: &Ident,
) -> TokenStream {
    let (from, to) = types::range(param);
    let text = describe::misfit(spec, param, &types::shown(written));
    quote_spanned! {written.span().resolved_at(Span::call_site())=>
        const _: () = ::core::assert!(
            <#ty as #obligation>::HOLDS.0 <= #from && #to <= <#ty as #obligation>::HOLDS.1,
            #text
        );
    }
}

fn context_obligation(name: &Ident, text: &str) -> TokenStream {
    let p = quote!(::actionline::__private);
    quote! {
        #[diagnostic::on_unimplemented(
            message = #text,
            label = "neither a param nor a context argument",
            note = "context arguments are `&Connection`, `State<'_, T>` and what implements `actionline::FromContext`"
        )]
        trait #name<'a>: ::core::marker::Sized {
            fn make(cx: #p::Cx<'a>) -> Self;
            fn needs(states: &#p::States) -> ::core::result::Result<(), &'static str>;
        }
        #[diagnostic::do_not_recommend]
        impl<'a, T: #p::FromContext<'a>> #name<'a> for T {
            fn make(cx: #p::Cx<'a>) -> Self {
                <T as #p::FromContext<'a>>::from_context(cx)
            }
            fn needs(states: &#p::States) -> ::core::result::Result<(), &'static str> {
                <T as #p::FromContext<'a>>::needs(states)
            }
        }
    }
}

/// The reply as declared.
fn declared(spec: &Spec, action: &Action) -> TokenStream {
    let p = quote!(::actionline::__private);
    let (name, at) = (&action.name, spec.source.locate(action.at));
    let file = matches!(action.returns, actionline_specs::Returns::File);
    let fields = action.returns.fields().iter().map(|field| {
        let (name, at, required) = (&field.name, spec.source.locate(field.at), field.required);
        quote!(#p::DeclaredField { name: #name, at: #at, required: #required })
    });
    let errors = action.errors.iter().map(|error| {
        let (code, at, template) = (&error.code, spec.source.locate(error.at), &error.message);
        quote!(#p::DeclaredError { code: #code, at: #at, template: #template })
    });
    quote! {
        #p::Declared { name: #name, at: #at, file: #file, fields: &[#(#fields),*], errors: &[#(#errors),*] }
    }
}

/// The same type with every lifetime of its own left to the compiler: `&'a str` is `&'_ str`.
fn inferred(ty: TokenStream) -> TokenStream {
    let mut quoted = false;
    ty.into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => {
                let mut inner =
                    proc_macro2::Group::new(group.delimiter(), inferred(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            TokenTree::Ident(name) if quoted && name != "static" => {
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
