//! `#[derive(ActionError)]`.

use crate::body::place;
use crate::names::camel;
use crate::refused;
use crate::types::{self, Form};
use actionline_specs::snake_case;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Fields, Ident, LitStr, Type, Variant, parse_quote};

/// What one variant becomes.
enum Case<'a> {
    /// A declared error with its values.
    Code {
        ident: &'a Ident,
        code: String,
        fields: Vec<(&'a Ident, &'a Type)>,
    },
    /// Another error type's own errors.
    Nested { ident: &'a Ident, ty: &'a Type },
}

/// The whole derive.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    match cases(&input) {
        Ok(cases) => implement(&input, &cases),
        Err(error) => refused::error(&input, &error),
    }
}

fn cases(input: &DeriveInput) -> syn::Result<Vec<Case<'_>>> {
    match &input.data {
        Data::Enum(data) => data.variants.iter().map(case).collect(),
        _ => Err(Error::new_spanned(
            &input.ident,
            "an action's errors are an enum with a variant for each",
        )),
    }
}

fn case(variant: &Variant) -> syn::Result<Case<'_>> {
    let ident = &variant.ident;
    let code = code(variant)?;
    match &variant.fields {
        Fields::Unit => Ok(Case::Code {
            ident,
            code,
            fields: Vec::new(),
        }),
        Fields::Named(fields) => {
            let fields = fields.named.iter();
            let fields = fields.filter_map(|field| Some((field.ident.as_ref()?, &field.ty)));
            Ok(Case::Code {
                ident,
                code,
                fields: fields.collect(),
            })
        }
        Fields::Unnamed(fields)
            if fields.unnamed.len() == 1 && !is_value(&fields.unnamed[0].ty) =>
        {
            Ok(Case::Nested {
                ident,
                ty: &fields.unnamed[0].ty,
            })
        }
        fields => Err(Error::new_spanned(
            fields,
            "name the values, as the message in the spec does: `NotFound { file_name: String }`; one alone is another error type, such as `Failure`",
        )),
    }
}

/// The code in `#[error(code = "name")]`, or else that of the variant's name.
fn code(variant: &Variant) -> syn::Result<String> {
    let mut code = camel(&variant.ident.unraw().to_string());
    let own = variant.attrs.iter();
    for attribute in own.filter(|attribute| attribute.path().is_ident("error")) {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("code") {
                return Err(meta.error("write `#[error(code = \"name\")]`"));
            }
            code = meta.value()?.parse::<LitStr>()?.value();
            Ok(())
        })?;
    }
    Ok(code)
}

/// Whether a wrapped type is plainly no error type.
fn is_value(ty: &Type) -> bool {
    !matches!(types::form(ty), Form::Unknown)
}

fn implement(input: &DeriveInput, cases: &[Case<'_>]) -> TokenStream {
    let p = quote!(::actionline::__private);
    let (impls, types, wheres) = input.generics.split_for_impl();
    let name = &input.ident;
    let refusals = cases.iter().map(|case| match case {
        Case::Code { code, fields, .. } => {
            let fields = fields.iter().map(|(ident, _)| placeholder(ident));
            quote!(#p::Refusal::Code { code: #code, fields: &[#(#fields),*] })
        }
        Case::Nested { ty, .. } => {
            quote!(#p::Refusal::Nested(<#ty as #p::ActionError>::REFUSALS))
        }
    });
    let arms = cases.iter().map(arm);
    let froms = cases.iter().filter_map(|case| match case {
        Case::Nested { ident, ty } if unique(ty, cases) => Some(quote! {
            #[automatically_derived]
            impl #impls ::core::convert::From<#ty> for #name #types #wheres {
                fn from(__inner: #ty) -> Self {
                    Self::#ident(__inner)
                }
            }
        }),
        _ => None,
    });
    let checks = checks(input, cases);
    let body = match cases.is_empty() {
        true => quote!(match self {}),
        false => quote!(match self { #(#arms)* }),
    };
    quote! {
        #[automatically_derived]
        impl #impls #p::ActionError for #name #types #wheres {
            type Checked = Self;
            const REFUSALS: &'static [#p::Refusal] = &[#(#refusals),*];
            fn into_fault(self, __declared: &'static #p::Declared) -> #p::Fault {
                #body
            }
        }
        #(#froms)*
        #checks
    }
}

/// The comparison with `errors`, each difference at the variant that has it.
fn checks(input: &DeriveInput, cases: &[Case<'_>]) -> TokenStream {
    let p = quote!(::actionline::__private);
    let name = &input.ident;
    let (_, types, _) = input.generics.split_for_impl();
    let types = types.to_token_stream();
    let mut generics = input.generics.clone();
    generics.params.push(parse_quote!(__D: #p::Declares));
    let (impls, _, wheres) = generics.split_for_impl();
    let checks = cases.iter().map(|case| match case {
        Case::Code {
            ident,
            code,
            fields,
        } => {
            let names = fields.iter().map(|(ident, _)| placeholder(ident));
            quote_spanned! {place(*ident)=>
                ::actionline::__private::declares_error(__D::DECLARED, #code, &[#(#names),*]);
            }
        }
        Case::Nested { ty, .. } => {
            quote_spanned!(place(*ty)=> <<#ty as ::actionline::__private::ActionError>::Checked as ::actionline::__private::Checks<__D>>::OK;)
        }
    });
    quote! {
        #[automatically_derived]
        impl #impls #p::Checks<__D> for #name #types #wheres {
            const OK: () = { #(#checks)* };
        }
    }
}

fn arm(case: &Case<'_>) -> TokenStream {
    let p = quote!(::actionline::__private);
    match case {
        Case::Nested { ident, ty } => quote! {
            Self::#ident(__inner) => <#ty as #p::ActionError>::into_fault(__inner, __declared),
        },
        Case::Code {
            ident,
            code,
            fields,
        } => {
            // Each at its type, where the compiler says that it is no `Display`.
            let locals: Vec<Ident> = fields
                .iter()
                .enumerate()
                .map(|(number, (_, ty))| {
                    let span = ty.span().resolved_at(Span::call_site());
                    Ident::new(&format!("__value{number}"), span)
                })
                .collect();
            let binds = fields
                .iter()
                .zip(&locals)
                .map(|((field, _), local)| quote!(#field: #local));
            let values = fields.iter().zip(&locals).map(|((field, _), local)| {
                let name = placeholder(field);
                let value = quote_spanned!(local.span()=> ::actionline::__private::value(&#local));
                quote!((#name, #value))
            });
            quote! {
                Self::#ident { #(#binds),* } => #p::refuse(__declared, #code, &[#(#values),*]),
            }
        }
    }
}

/// What a field fills in, as [`crate::names::placeholders`] writes it.
fn placeholder(field: &Ident) -> String {
    snake_case(&field.unraw().to_string())
}

/// Whether no other variant wraps the same type, so that `?` knows which to make.
fn unique(ty: &Type, cases: &[Case<'_>]) -> bool {
    let text = ty.to_token_stream().to_string();
    let same = |case: &&Case<'_>| matches!(case, Case::Nested { ty, .. } if ty.to_token_stream().to_string() == text);
    cases.iter().filter(same).count() == 1
}
