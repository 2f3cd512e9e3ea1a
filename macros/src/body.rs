//! What the derives of values find in a type: a struct, a wrapper around one value, or an enum of names.

use crate::names::camel;
use crate::types;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Error, Fields, Ident, LitStr, Type, Variant};

/// What a type consists of.
pub(crate) enum Body {
    /// Named fields.
    Struct(Vec<Field>),
    /// One value without a name.
    Wrapper(Box<Type>),
    /// Variants without values, with their texts.
    Choice(Vec<(Ident, String)>),
}

/// One named field.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// Its name on the wire.
    pub(crate) wire: String,
    /// Its type is not compared with the spec.
    pub(crate) untyped: bool,
}

/// What stands in `#[reply(…)]` or `#[param(…)]`.
#[derive(Default)]
struct Words {
    rename: Option<LitStr>,
    untyped: bool,
}

/// Reads a type. `attr` is the derive's attribute; `untyped` says whether a field may be left uncompared.
pub(crate) fn body(input: &DeriveInput, attr: &str, untyped: bool) -> syn::Result<Body> {
    let refuse = |at: &dyn quote::ToTokens| {
        let mut tokens = TokenStream::new();
        at.to_tokens(&mut tokens);
        Err(Error::new_spanned(tokens, FORMS))
    };
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => {
                let named = fields
                    .named
                    .iter()
                    .filter_map(|field| Some((field, field.ident.as_ref()?)));
                let fields = named.map(|(field, ident)| {
                    let words = words(&field.attrs, attr, untyped)?;
                    Ok(Field {
                        ident: ident.clone(),
                        ty: field.ty.clone(),
                        wire: wire(words.rename, ident),
                        untyped: words.untyped,
                    })
                });
                Ok(Body::Struct(fields.collect::<syn::Result<_>>()?))
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                Ok(Body::Wrapper(Box::new(fields.unnamed[0].ty.clone())))
            }
            _ => refuse(&input.ident),
        },
        Data::Enum(data) if data.variants.is_empty() => refuse(&input.ident),
        Data::Enum(data) => {
            let variant = |variant: &Variant| {
                if !variant.fields.is_empty() {
                    return Err(Error::new_spanned(&variant.fields, FORMS));
                }
                let words = words(&variant.attrs, attr, false)?;
                Ok((variant.ident.clone(), wire(words.rename, &variant.ident)))
            };
            Ok(Body::Choice(
                data.variants
                    .iter()
                    .map(variant)
                    .collect::<syn::Result<_>>()?,
            ))
        }
        Data::Union(_) => refuse(&input.ident),
    }
}

const FORMS: &str = "take one of three forms: a struct with named fields (an object), a struct around one value (that value), an enum without values (one of its texts)";

fn wire(rename: Option<LitStr>, ident: &Ident) -> String {
    match rename {
        Some(name) => name.value(),
        None => camel(&ident.unraw().to_string()),
    }
}

fn words(attrs: &[Attribute], attr: &str, may_be_untyped: bool) -> syn::Result<Words> {
    let mut words = Words::default();
    let own = attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident(attr));
    for attribute in own {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                words.rename = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("untyped") && may_be_untyped {
                words.untyped = true;
            } else {
                let more = match may_be_untyped {
                    true => format!(" or `#[{attr}(untyped)]`"),
                    false => String::new(),
                };
                return Err(meta.error(format!("write `#[{attr}(rename = \"name\")]`{more}")));
            }
            Ok(())
        })?;
    }
    Ok(words)
}

/// The table of a struct's fields. `shape` and `optional` say where those of a type are found.
pub(crate) fn members(
    owner: &Ident,
    fields: &[Field],
    value: impl Fn(&Type) -> (TokenStream, TokenStream),
) -> TokenStream {
    let p = quote!(::actionline::__private);
    let owner = owner.unraw().to_string();
    let members = fields.iter().map(|field| {
        let (name, rust) = (&field.wire, field.ident.unraw().to_string());
        let ty = types::shown(&field.ty);
        let (shape, optional) = match field.untyped {
            true => {
                let optional = types::is_option(&field.ty);
                (quote!(#p::Shape::Untyped), quote!(#optional))
            }
            false => value(&field.ty),
        };
        quote! {
            #p::Member { name: #name, owner: #owner, field: #rust, ty: #ty, optional: #optional, shape: #shape }
        }
    });
    quote!(#p::Struct { name: #owner, members: &[#(#members),*] })
}

/// The table of an enum's variants.
pub(crate) fn choice(owner: &Ident, variants: &[(Ident, String)]) -> TokenStream {
    let p = quote!(::actionline::__private);
    let name = owner.unraw().to_string();
    let variants = variants.iter().map(|(ident, text)| {
        let ident = ident.unraw().to_string();
        quote!((#ident, #text))
    });
    quote!(#p::Choice { name: #name, variants: &[#(#variants),*] })
}

/// Where the compiler shows what is wrong with these tokens.
pub(crate) fn place(tokens: &impl syn::spanned::Spanned) -> Span {
    tokens.span().resolved_at(Span::call_site())
}
