//! What stands in the brackets of `#[action(…)]`.

use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token};

/// `#[action("name", spec = "path")]`, both optional.
#[derive(Default)]
pub(crate) struct Args {
    /// The action's name on the wire.
    pub(crate) name: Option<LitStr>,
    /// The spec file.
    pub(crate) spec: Option<LitStr>,
}

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut args = Args::default();
        while !input.is_empty() {
            if input.peek(LitStr) && args.name.is_none() {
                args.name = Some(input.parse()?);
            } else if input.peek(syn::Ident) && args.spec.is_none() {
                let key: syn::Ident = input.parse()?;
                if key != "spec" {
                    return Err(syn::Error::new(key.span(), USE));
                }
                input.parse::<Token![=]>()?;
                args.spec = Some(input.parse()?);
            } else {
                return Err(input.error(USE));
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(args)
    }
}

const USE: &str =
    "write `#[action]`, `#[action(\"actionName\")]` or `#[action(spec = \"path/to.yaml\")]`";
