//! The shape of `anycloud-lint.toml`: what is read, what its schema is generated from, and its documentation.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use toml::Spanned;

use crate::catalog::{Additions, Provider};
use crate::rules;

/// Words of a list, each with its place.
type Words = Vec<Spanned<String>>;

/// Settings of anycloud-lint for the files in this folder and below.
///
/// The file nearest to the one that is linted counts: beside it, or in one of the folders above.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "anycloud-lint.toml")]
pub struct ConfigFile {
    /// Which rules run, and how bad what they find is.
    pub lint: Lint,
    /// Which files are linted where a folder is searched.
    pub files: Files,
    /// The names of saved credentials, and the provider of each.
    ///
    /// With this table, a name that is not in it is an error, and the provider of a profile is known by the
    /// name of its credentials. No secrets belong here: only names.
    #[schemars(with = "BTreeMap<String, CredentialProvider>", transform = without_default)]
    pub credentials: Option<BTreeMap<Spanned<String>, Spanned<String>>>,
    /// Newer or private regions and VM types that the built-in catalog does not know, by provider.
    #[schemars(with = "BTreeMap<String, Additions>", extend("propertyNames" = {"enum": catalog_names()}))]
    pub catalog: BTreeMap<Spanned<String>, Additions>,
    /// What the files are for.
    pub target: Target,
}

/// What the files are for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Target {
    /// The version of anycloud-sdk that runs them. A value or a field that it does not know is an error then (AC106).
    #[schemars(with = "String", extend("pattern" = r"^\d+\.\d+\.\d+$", "examples" = ["0.1.60", "0.1.70"]), transform = without_default)]
    pub sdk: Option<Spanned<String>>,
}

/// Which rules run, and how bad what they find is.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lint {
    /// The rules that run, by code, name or the beginning of a code; all of them without this key.
    /// `--select` on the command line replaces it.
    #[schemars(with = "Vec<Selector>", extend("minItems" = 1), transform = without_default)]
    pub select: Option<Spanned<Words>>,
    /// The rules that don't run, whatever `select` says. `--ignore` on the command line adds to it.
    #[schemars(with = "Vec<Selector>")]
    pub ignore: Words,
    /// Severities that differ from the rules' own. A rule's name or code beats the beginning of its code.
    #[schemars(with = "BTreeMap<String, Level>", extend("propertyNames" = selector_schema()))]
    pub severity: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// Which files are linted where a folder is searched.
///
/// The patterns are relative to the folder of this file: `*` stops at `/`, `**` does not. Files named on the
/// command line are linted whatever is here, unless `--force-exclude` is given.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Files {
    /// Files to lint on top of the standard names.
    #[schemars(with = "Vec<String>", extend("examples" = [["deploy/*.yaml"]]))]
    pub include: Words,
    /// Files and folders not to lint.
    #[schemars(with = "Vec<String>", extend("examples" = [["fixtures/**"]]))]
    pub exclude: Words,
}

/// A rule's code or name, or the beginning of a code.
struct Selector;

impl JsonSchema for Selector {
    fn schema_name() -> Cow<'static, str> {
        "Selector".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = selector_schema();
        schema.insert(
            "description".into(),
            "A rule's code or name, or the beginning of a code such as `AC3`.".into(),
        );
        schema
    }
}

fn selector_schema() -> Schema {
    let groups: BTreeSet<&str> =
        rules::all().flat_map(|rule| (2..=4).filter_map(|length| rule.code.get(..length))).collect();
    let names = rules::all().flat_map(|rule| [rule.code, rule.name]);
    json_schema!({"type": "string", "enum": groups.into_iter().chain(names).collect::<Vec<_>>()})
}

/// How bad a finding is.
#[derive(JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(dead_code, reason = "the words of the schema; they are read with their places")]
enum Level {
    Error,
    Warning,
    Note,
}

/// A provider that has saved credentials.
struct CredentialProvider;

impl JsonSchema for CredentialProvider {
    fn schema_name() -> Cow<'static, str> {
        "CredentialProvider".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = credential_providers().map(Provider::name).collect();
        json_schema!({
            "type": "string",
            "enum": names,
            "description": "The provider of a saved credential; `Cloudflare` is for R2 storage.",
        })
    }
}

/// Every provider that can have saved credentials: the user's own machine needs none.
pub fn credential_providers() -> impl Iterator<Item = Provider> + Clone {
    Provider::ALL.into_iter().filter(|provider| *provider != Provider::Local)
}

fn catalog_names() -> Vec<&'static str> {
    Provider::ALL.into_iter().map(Provider::name).collect()
}

/// A key that may be missing has no default of its own.
fn without_default(schema: &mut Schema) {
    schema.remove("default");
}
