//! SDK 0.1.60: `base = CloudConfig(…)`, `west = base.replace(region="westus2")`.

use rustc_hash::FxHashMap;

use super::layout::{self, Expression};
use super::names::snake_case;
use super::{Datum, Field, Module, SubjectId};
use crate::catalog::Provider;
use crate::schema::model::DiskTier;
use crate::sdk::{credential_key_since, is_storage_credentials};

impl Module<'_, '_> {
    /// A profile as a configuration: the first base, and `replace()` with what the others and the profile say.
    pub(super) fn config(&mut self, id: SubjectId, own: &FxHashMap<Field, Datum>) -> Vec<String> {
        let first = self.bases(id).first().copied();
        let mut arguments = Vec::new();
        for field in Field::ALL.into_iter().filter(|field| *field != Field::GpuType) {
            let value = match own.get(&field) {
                Some(value) => Some(self.argument(id, field, value)),
                None => first.and_then(|first| self.inherited(id, field, first)),
            };
            arguments.extend(value.map(|value| (format!("{}=", snake_case(field.name())), value)));
        }
        let value = match first {
            None => {
                self.imports.insert("CloudConfig");
                Expression::call("CloudConfig", arguments)
            }
            Some(base) if arguments.is_empty() => Expression::atom(self.variable(base)),
            Some(base) => Expression::call(&format!("{}.replace", self.variable(base)), arguments),
        };
        vec![layout::assignment(&self.variable(id), &value)]
    }

    /// `None` for what the profile clears, `other.region` for what a later base brings; nothing where the first
    /// one says it.
    fn inherited(&self, id: SubjectId, field: Field, first: SubjectId) -> Option<Expression> {
        if self.is_own(id, self.wanted.facts.subjects().setting(id, field)?) {
            return Some(Expression::atom("None"));
        }
        let base = self.base_with(id, field).filter(|base| *base != first)?;
        Some(Expression::atom(format!("{}.{}", self.variable(base), snake_case(field.name()))))
    }

    fn argument(&mut self, id: SubjectId, field: Field, value: &Datum) -> Expression {
        match (field, value) {
            (Field::CloudProvider, Datum::Text(provider)) => {
                self.imports.insert("CloudType");
                Expression::atom(format!("CloudType.{provider}"))
            }
            (Field::DiskTier, Datum::Text(tier)) => {
                self.imports.insert("DiskTier");
                let mut letters = tier.chars();
                let first = letters.next().map(|letter| letter.to_ascii_uppercase());
                Expression::atom(format!("DiskTier.{}{}", first.unwrap_or_default(), letters.as_str()))
            }
            (_, Datum::Map(entries)) => self.credential(id, field, entries),
            _ => self.value(&self.stem(id), &[field.name()], value),
        }
    }

    /// `AWSCredentials(access_key_id=…, secret_access_key=os.environ[…])`
    fn credential(&mut self, id: SubjectId, field: Field, entries: &[(String, Datum)]) -> Expression {
        let Some(class) = class(entries) else { return Expression::atom("None") };
        self.imports.insert(class);
        let mut arguments = Vec::new();
        for (key, value) in entries.iter().filter(|(key, _)| key != "cloudProvider") {
            let value = self.value(&self.stem(id), &[field.name(), key], value);
            arguments.push((format!("{}=", snake_case(key)), value));
        }
        Expression::call(class, arguments)
    }
}

/// The class of a credential object.
fn class(entries: &[(String, Datum)]) -> Option<&'static str> {
    let (_, provider) = entries.iter().find(|(key, _)| key == "cloudProvider")?;
    Some(match provider.text()? {
        "AWS" => "AWSCredentials",
        "GCP" => "GCPCredentials",
        "Azure" => "AzureCredentials",
        "Lambda" => "LambdaCredentials",
        _ => return None,
    })
}

/// What this version of the SDK can't say: the field, the way to it, and why.
pub(super) fn refusals(fields: &[(String, Datum)]) -> Vec<(Field, String, &'static str)> {
    let mut found = Vec::new();
    for (name, value) in fields {
        let Some(field) = Field::from_name(name) else { continue };
        let mut refuse = |path: String, reason| found.push((field, path, reason));
        match (field, value) {
            // What the configuration lets pass is no name of the SDK's: it would be read as code.
            (Field::CloudProvider, Datum::Text(text)) if Provider::from_name(text).is_none() => {
                refuse(name.clone(), "is no provider's name");
            }
            (Field::DiskTier, Datum::Text(text)) if !DiskTier::NAMES.contains(&text.as_str()) => {
                refuse(name.clone(), "is no disk tier");
            }
            (Field::VmType, Datum::List(_)) => refuse(name.clone(), "takes one VM type, not a list,"),
            (Field::GpuType, Datum::List(_)) => refuse(name.clone(), "takes one GPU, not a list,"),
            (_, Datum::Map(entries)) => {
                if class(entries).is_none() {
                    refuse(name.clone(), "has no class for credentials of Cloudflare");
                }
                let later = |key: &&String| credential_key_since(key).is_some();
                for key in entries.iter().map(|(key, _)| key).filter(later) {
                    refuse(format!("{name}.{key}"), "has no place in the credential's class");
                }
            }
            _ if is_storage_credentials(field) => {
                refuse(name.clone(), "takes a credential object, not a name,");
            }
            _ => {}
        }
    }
    found
}
