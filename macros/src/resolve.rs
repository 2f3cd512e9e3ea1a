//! The function against the spec: which argument takes which param, and all that does not fit.

use crate::describe;
use crate::signature::{Argument, Function};
use crate::types::{self, Form, Plain};
use actionline_specs::{Action, Param, Returns, Spec, snake_case, suggest};
use syn::{Error, Type};

/// What one argument is.
pub(crate) enum Role<'a> {
    /// A param.
    Param {
        /// Its slot.
        index: usize,
        /// What the spec says of it.
        param: &'a Param,
        /// The text if the compiler finds that the type does not fit; none if it is known to fit.
        doubt: Option<String>,
    },
    /// A context argument.
    Context {
        /// The text if the compiler finds that it is none.
        doubt: String,
    },
}

/// Gives each argument its role. Mistakes are added to `mistakes`.
pub(crate) fn resolve<'a>(
    spec: &'a Spec,
    action: &'a Action,
    function: &Function,
    mistakes: &mut Vec<Error>,
) -> Vec<Role<'a>> {
    let resolver = Resolver {
        spec,
        action,
        function,
    };
    let mut blamed = false;
    let mut excused: Vec<&str> = Vec::new();
    let mut roles = Vec::new();
    for arg in &function.args {
        let role = match position(&action.params, &arg.name()) {
            Some(index) => resolver.param(index, arg),
            None => resolver.context(arg).map_err(|(error, near)| {
                blamed |= near.is_none();
                excused.extend(near.map(|param| param.name.as_str()));
                error
            }),
        };
        match role {
            Ok(role) => roles.push(role),
            Err(error) => mistakes.push(error),
        }
    }
    // An argument that could not be read, or matched, may well be the missing one.
    if function.mistakes.is_empty() && !blamed {
        mistakes.extend(resolver.untaken().into_iter().filter_map(|param| {
            let text = describe::not_taken(spec, param);
            (!excused.contains(&param.name.as_str()))
                .then(|| Error::new(function.ident.span(), text))
        }));
    }
    mistakes.extend(resolver.output());
    roles
}

/// The param that an argument of this name takes: its own name, or that after a `_`.
fn position(params: &[Param], name: &str) -> Option<usize> {
    let find = |wanted: &str| {
        params
            .iter()
            .position(|param| snake_case(&param.name) == wanted)
    };
    find(name).or_else(|| find(name.strip_prefix('_')?))
}

/// A type with a name, or an `Option` of one.
fn may_be_context(form: &Form<'_>) -> bool {
    match form {
        Form::Unknown => true,
        Form::Option(inner) => matches!(types::form(inner), Form::Unknown),
        Form::Plain(_) => false,
    }
}

struct Resolver<'a, 'f> {
    spec: &'a Spec,
    action: &'a Action,
    function: &'f Function,
}

impl<'a> Resolver<'a, '_> {
    fn param(&self, index: usize, arg: &Argument) -> Result<Role<'a>, Error> {
        let param = &self.action.params[index];
        let found = types::shown(&arg.ty);
        let misfit = |found: &str| describe::misfit(self.spec, param, found);
        let refuse = |why: String| Err(Error::new_spanned(&arg.ty, why));
        let (inner, is_option) = match types::form(&arg.ty) {
            Form::Option(inner) => (inner, true),
            _ => (&arg.ty, false),
        };
        if types::is_static(inner) {
            return refuse(
                "an argument lives no longer than its request: leave `'static` out".to_owned(),
            );
        }
        let doubt = match types::form(inner) {
            Form::Plain(plain) if !types::holds(plain, param) => return refuse(misfit(&found)),
            Form::Option(_) => return refuse(misfit(&found)),
            Form::Plain(_) => None,
            Form::Unknown => Some(misfit("{Self}")),
        };
        match (param.always_present(), is_option) {
            (true, true) => refuse(describe::wrong_option(
                self.spec,
                param,
                &types::shown(inner),
                &found,
            )),
            (false, false) if doubt.is_none() => {
                let right = describe::wrap(param, &found);
                refuse(describe::wrong_option(self.spec, param, &right, &found))
            }
            _ => Ok(Role::Param {
                index,
                param,
                doubt,
            }),
        }
    }

    /// The error comes with the param that was probably meant.
    fn context(&self, arg: &Argument) -> Result<Role<'a>, (Error, Option<&'a Param>)> {
        let name = arg.name();
        let name = name.trim_start_matches('_');
        let names = self
            .action
            .params
            .iter()
            .map(|param| (snake_case(&param.name), param));
        let names: Vec<(String, &Param)> = names.collect();
        let near = suggest::nearest(name, names.iter().map(|(name, _)| name.as_str()));
        let near = names
            .iter()
            .find(|(name, _)| Some(name.as_str()) == near)
            .map(|(_, param)| *param);
        // A context argument may be called like a param that another argument takes.
        let untaken = self.untaken();
        let meant = near.filter(|near| untaken.iter().any(|param| std::ptr::eq(*param, *near)));
        let text = |near| describe::unknown(self.spec, self.action, name, near);
        match types::form(&arg.ty) {
            form if meant.is_none() && may_be_context(&form) => Ok(Role::Context {
                doubt: format!("{}, and `{{Self}}` is no context argument", text(None)),
            }),
            _ => Err((Error::new(arg.ident.span(), text(near)), meant)),
        }
    }

    /// The action's own params that no argument takes.
    fn untaken(&self) -> Vec<&'a Param> {
        let taken: Vec<usize> = self
            .function
            .args
            .iter()
            .filter_map(|arg| position(&self.action.params, &arg.name()))
            .collect();
        let own = self.action.own_params().iter().enumerate();
        own.filter(|(index, _)| !taken.contains(index))
            .map(|(_, param)| param)
            .collect()
    }

    /// A return type that is no reply whatever the spec says.
    fn output(&self) -> Option<Error> {
        let output = self.function.output.as_ref()?;
        let hopeless = match types::form(output) {
            Form::Plain(Plain::Other) => {
                !matches!(output, Type::Tuple(tuple) if tuple.elems.is_empty())
            }
            Form::Plain(_) | Form::Option(_) => true,
            Form::Unknown => false,
        };
        let name = &self.action.name;
        let advice = match &self.action.returns {
            Returns::File => "a file: return a `FileReply` or a `Result` of one".to_owned(),
            Returns::Fields(fields) if fields.is_empty() => "nothing: return `()`".to_owned(),
            Returns::Fields(fields) => {
                let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                format!(
                    "an object with the fields {}: return a struct that derives `actionline::Reply`",
                    names.join(", ")
                )
            }
        };
        hopeless.then(|| {
            let at = self.spec.source.locate(self.action.at);
            let found = types::shown(output);
            Error::new_spanned(
                output,
                format!("{at}: `{name}` returns {advice}, not `{found}`"),
            )
        })
    }
}
