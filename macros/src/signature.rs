//! The function under `#[action]`, as far as the macro looks at it. Its body stays unread.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, Error, FnArg, GenericParam, Pat, ReturnType, Safety, Type, Visibility};

/// A function as written.
pub(crate) struct Function {
    /// Its attributes.
    pub(crate) attrs: Vec<Attribute>,
    /// Everything after the attributes, untouched.
    pub(crate) rest: TokenStream,
    /// Its name, without `r#`.
    pub(crate) name: String,
    /// Its name as written.
    pub(crate) ident: Ident,
    /// `async fn`.
    pub(crate) is_async: bool,
    /// It has a `self`, so that nothing can stand beside it.
    pub(crate) is_method: bool,
    /// Its arguments.
    pub(crate) args: Vec<Argument>,
    /// What it returns; none: `()`.
    pub(crate) output: Option<Type>,
    /// What no handler may be.
    pub(crate) mistakes: Vec<Error>,
}

/// One argument.
pub(crate) struct Argument {
    /// Its name as written.
    pub(crate) ident: Ident,
    /// Its type.
    pub(crate) ty: Type,
}

impl Argument {
    /// Its name, without `r#`.
    pub(crate) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let body = input.fork();
        let rest: TokenStream = body.parse()?;
        let _: Visibility = input.parse()?;
        let sig: syn::Signature = input.parse().map_err(|error| {
            Error::new(
                error.span(),
                format!("#[action] goes on a function: {error}"),
            )
        })?;
        // The body is for the compiler; it has the tokens.
        let _: TokenStream = input.parse()?;

        let mut function = Function {
            attrs,
            rest,
            name: sig.ident.unraw().to_string(),
            ident: sig.ident.clone(),
            is_async: sig.asyncness.is_some(),
            is_method: sig.receiver().is_some(),
            args: Vec::new(),
            output: None,
            mistakes: Vec::new(),
        };
        function.read(&sig);
        Ok(function)
    }
}

impl Function {
    fn read(&mut self, sig: &syn::Signature) {
        if let Safety::Unsafe(token) = &sig.safety {
            self.refuse(token, "a handler is a safe function: remove `unsafe`");
        }
        if let Some(variadic) = &sig.variadic {
            self.refuse(variadic, "a handler has no variadic arguments");
        }
        for param in &sig.generics.params {
            if !matches!(param, GenericParam::Lifetime(_)) {
                self.refuse(
                    param,
                    "a handler has no type or const parameters: the server must know which function to call",
                );
            }
        }
        for input in &sig.inputs {
            self.read_input(input);
        }
        if let ReturnType::Type(_, ty) = &sig.output {
            if matches!(**ty, Type::ImplTrait(_)) {
                self.refuse(
                    ty,
                    "name the type that the handler returns: it is checked against the spec",
                );
            }
            self.output = Some((**ty).clone());
        }
    }

    fn read_input(&mut self, input: &FnArg) {
        let typed = match input {
            FnArg::Receiver(receiver) => {
                return self.refuse(
                    receiver,
                    "a handler is a free function, without `self`: take what it needs as `State<'_, T>`",
                );
            }
            FnArg::Typed(typed) => typed,
        };
        if matches!(*typed.ty, Type::ImplTrait(_)) {
            return self.refuse(
                &typed.ty,
                "name the argument's type: it is checked against the spec",
            );
        }
        match &*typed.pat {
            Pat::Ident(name) if name.subpat.is_none() => self.args.push(Argument {
                ident: name.ident.clone(),
                ty: (*typed.ty).clone(),
            }),
            Pat::Wild(_) => self.refuse(
                &typed.pat,
                "an argument needs its param's name: `_note` takes `note` and leaves it unused",
            ),
            pattern => self.refuse(
                pattern,
                "an argument is a plain name, the name of its param: take it apart in the body",
            ),
        }
    }

    fn refuse(&mut self, at: &(impl Spanned + quote::ToTokens), why: &str) {
        self.mistakes.push(Error::new_spanned(at, why));
    }
}
