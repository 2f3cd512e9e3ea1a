//! Every kind of change that two specs can have between them, and what it does to a client that stays as it is.

use crate::catalogue::catalogue;

/// What a change does to a client that was written for the older spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A client that was right can go wrong.
    Breaking,
    /// Clients can do or get something more; what they did before still holds.
    Additive,
    /// Nothing that clients do or get depends on it.
    Harmless,
}

impl Class {
    /// Every class, the worst first.
    pub const ALL: [Class; 3] = [Class::Breaking, Class::Additive, Class::Harmless];

    /// Its name.
    pub const fn word(self) -> &'static str {
        match self {
            Class::Breaking => "breaking",
            Class::Additive => "additive",
            Class::Harmless => "harmless",
        }
    }
}

catalogue! {
    /// What can differ between two specs, as a client sees it. What is said of params holds for the members and items
    /// inside them, and what is said of fields for those of replies and pushes.
    pub enum ChangeKind {
        ActionAdded = "action-added", Class::Additive, "An action is new.";
        ActionRemoved = "action-removed", Class::Breaking, "An action is gone.";
        ActionRenamed = "action-renamed", Class::Breaking, "An action is gone, and a new one looks like it.";
        ConnectionRequired = "connection-required", Class::Breaking, "An action can only be called on a connection now.";
        ConnectionFreed = "connection-freed", Class::Additive, "An action can be called without a connection now.";
        RightsTightened = "rights-tightened", Class::Breaking, "A client needs a right for something that it could do without it.";
        RightsLoosened = "rights-loosened", Class::Additive, "A client needs fewer rights for something.";
        FeatureSet = "feature-set", Class::Breaking, "An action is only there where its crate was built with a cargo feature, or with another one.";
        FeatureLifted = "feature-lifted", Class::Additive, "An action is there whatever its crate was built with.";
        EffectWorsened = "effect-worsened", Class::Breaking, "An action promises less: a client that repeats it may now do harm.";
        EffectImproved = "effect-improved", Class::Additive, "An action promises more: a client may now repeat it.";
        RequiredParamAdded = "required-param-added", Class::Breaking, "A param that has to be sent is new.";
        OptionalParamAdded = "optional-param-added", Class::Additive, "A param that may be sent is new.";
        ParamRemoved = "param-removed", Class::Breaking, "A param is gone; a request in JSON form that still sends it is refused.";
        ParamRequired = "param-required", Class::Breaking, "A param that could be left out has to be sent.";
        ParamOptional = "param-optional", Class::Additive, "A param that had to be sent can be left out.";
        DefaultAdded = "default-added", Class::Breaking, "Leaving an optional param out now means a value.";
        DefaultChanged = "default-changed", Class::Breaking, "Leaving a param out now means another value.";
        DefaultRemoved = "default-removed", Class::Breaking, "Leaving an optional param out no longer means a value.";
        ParamTypeWidened = "param-type-widened", Class::Additive, "The type of a param takes what it took and more.";
        ParamTypeNarrowed = "param-type-narrowed", Class::Breaking, "The type of a param takes only a part of what it took.";
        ParamTypeChanged = "param-type-changed", Class::Breaking, "The type of a param is another one.";
        ParamRuleAdded = "param-rule-added", Class::Breaking, "A param has to keep one rule more.";
        ParamRuleTightened = "param-rule-tightened", Class::Breaking, "A rule of a param refuses more.";
        ParamRuleChanged = "param-rule-changed", Class::Breaking, "A rule of a param, such as its `pattern`, refuses other values.";
        ParamRuleLoosened = "param-rule-loosened", Class::Additive, "A rule of a param refuses less.";
        ParamRuleRemoved = "param-rule-removed", Class::Additive, "A param has to keep one rule less.";
        ParamChoiceAdded = "param-choice-added", Class::Additive, "The `enum` of a param has one value more.";
        ParamChoiceRemoved = "param-choice-removed", Class::Breaking, "The `enum` of a param has one value less.";
        ParamMembersClosed = "param-members-closed", Class::Breaking, "An object that took any members takes only declared ones.";
        ParamMembersOpened = "param-members-opened", Class::Additive, "An object that took only declared members takes any.";
        SecretSet = "secret-set", Class::Harmless, "A param is secret now: `paramsView` and `detailsView` show a mask for it.";
        SecretLifted = "secret-lifted", Class::Breaking, "A param is no longer secret: what clients confide may be logged and shown.";
        ReturnsChanged = "returns-changed", Class::Breaking, "An action answers with a file instead of fields, or with fields instead of a file.";
        FieldAdded = "field-added", Class::Additive, "A field is new; clients ignore what they do not know.";
        FieldRemoved = "field-removed", Class::Breaking, "A field is gone.";
        FieldOptional = "field-optional", Class::Breaking, "A field that was always there can be missing.";
        FieldRequired = "field-required", Class::Additive, "A field that could be missing is always there.";
        FieldTypeWidened = "field-type-widened", Class::Breaking, "A field can be what its type did not admit before.";
        FieldTypeNarrowed = "field-type-narrowed", Class::Harmless, "The type of a field admits only a part of what it admitted.";
        FieldTypeChanged = "field-type-changed", Class::Breaking, "The type of a field is another one.";
        FieldRuleAdded = "field-rule-added", Class::Harmless, "A field keeps one rule more.";
        FieldRuleTightened = "field-rule-tightened", Class::Harmless, "A rule of a field admits less.";
        FieldRuleChanged = "field-rule-changed", Class::Breaking, "A rule of a field, such as its `pattern`, admits other values.";
        FieldRuleLoosened = "field-rule-loosened", Class::Breaking, "A rule of a field admits more.";
        FieldRuleRemoved = "field-rule-removed", Class::Breaking, "A field keeps one rule less.";
        FieldChoiceAdded = "field-choice-added", Class::Breaking, "The `enum` of a field has a value that clients have not met.";
        FieldChoiceRemoved = "field-choice-removed", Class::Harmless, "The `enum` of a field has one value less.";
        FieldMembersOpened = "field-members-opened", Class::Breaking, "An object whose members were declared can have any.";
        FieldMembersClosed = "field-members-closed", Class::Harmless, "An object that could have any members has declared ones.";
        ErrorAdded = "error-added", Class::Additive, "An action can fail in a new way; clients take a code they do not know for a failure like any other.";
        ErrorRemoved = "error-removed", Class::Harmless, "An action no longer fails in one way.";
        ErrorRenamed = "error-renamed", Class::Breaking, "An error code is gone, and a new one has its text or looks like it.";
        ErrorTextChanged = "error-text-changed", Class::Breaking, "The text of an error is another one; in word form it is all that a client gets.";
        PushAdded = "push-added", Class::Additive, "A push is new.";
        PushRemoved = "push-removed", Class::Breaking, "A push is gone: clients may wait for it.";
        PushRenamed = "push-renamed", Class::Harmless, "A push with the same fields has another name, which is not sent.";
        DeprecatedSet = "deprecated-set", Class::Harmless, "An action or a param is deprecated now, and works as before.";
        DeprecatedLifted = "deprecated-lifted", Class::Harmless, "An action or a param is no longer deprecated.";
        TimeoutChanged = "timeout-changed", Class::Harmless, "An action may take more or less time before it is stopped.";
        TitleChanged = "title-changed", Class::Harmless, "`title` is another one; the welcome line shows it to people.";
        VersionChanged = "version-changed", Class::Harmless, "`version` is another one.";
        DescriptionChanged = "description-changed", Class::Harmless, "Something is described otherwise: a `description`, the text of `deprecated`, or `since`.";
        ExamplesChanged = "examples-changed", Class::Harmless, "Something has other examples.";
    }
    /// What it does to a client that was written for the older spec.
    class -> Class
}
