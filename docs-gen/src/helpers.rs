//! What templates can say beyond printing a word: how a text is made safe where it stands, and an `if` that is strict.

use crate::markdown;
use crate::site::snippet;
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, JsonTruthy, Output, RenderContext,
    RenderErrorReason, Renderable,
};

/// Registers the helpers: `block`, `cell`, `plain`, `literal`, `fence` for Markdown, `script`, `rust`, `shell` for programs,
/// and the strict `if`.
pub(crate) fn register(registry: &mut Handlebars<'_>) {
    registry.register_helper("block", Box::new(Text(markdown::block)));
    registry.register_helper("cell", Box::new(Text(markdown::cell)));
    registry.register_helper("plain", Box::new(Text(markdown::plain)));
    registry.register_helper("literal", Box::new(Text(markdown::code)));
    registry.register_helper("fence", Box::new(Text(|text| markdown::fence("", text))));
    registry.register_helper("script", Box::new(Text(snippet::script)));
    registry.register_helper("rust", Box::new(Text(snippet::rust)));
    registry.register_helper("shell", Box::new(Text(snippet::shell)));
    registry.register_helper("if", Box::new(StrictIf));
}

/// A helper that turns one text of the view into Markdown.
struct Text(fn(&str) -> String);

impl HelperDef for Text {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let text = param(helper)?
            .as_str()
            .ok_or_else(|| wants(helper, "a text"))?;
        out.write(&self.0(text))?;
        Ok(())
    }
}

/// handlebars' own `if` takes a missing word for false, in strict mode too; this one refuses it.
struct StrictIf;

impl HelperDef for StrictIf {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let branch = match param(helper)?.is_truthy(false) {
            true => helper.template(),
            false => helper.inverse(),
        };
        match branch {
            Some(template) => template.render(registry, context, render, out),
            None => Ok(()),
        }
    }
}

/// The helper's one param; an error when the view does not have it.
fn param<'h>(helper: &'h Helper<'_>) -> Result<&'h serde_json::Value, RenderErrorReason> {
    match helper.param(0) {
        Some(param) if !param.is_value_missing() => Ok(param.value()),
        _ => Err(wants(helper, "a word of the view")),
    }
}

fn wants(helper: &Helper<'_>, what: &str) -> RenderErrorReason {
    let given = helper
        .param(0)
        .and_then(|param| param.relative_path().cloned());
    RenderErrorReason::Other(format!("`{}` wants {what}, not {given:?}", helper.name()))
}
