//! Words about the catalog that several rules share.

use rustc_hash::FxHashMap;

use super::Context;
use crate::catalog::{Catalog, Facts, ProviderSet, Suggestion};
use crate::facts::Evidence;
use crate::finding::Severity;
use crate::profile::{Field, SubjectId};

/// The helps for unknown names so far: a name that occurs often is compared with all others once.
pub type Helps<'t> = FxHashMap<(&'t str, ProviderSet), String>;

/// No list in a message is longer.
const AT_MOST: usize = 5;

/// Words in a row: `a, b or c`.
pub fn list(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., end] => format!("{} {last} {end}", before.join(", ")),
    }
}

/// The first few names, in backquotes, and how many more there are: `` `a`, `b` or `c` ``, `` `a`, `b` and 3 more ``.
pub fn names<'n>(names: impl IntoIterator<Item = &'n str>, last: &str) -> String {
    let mut all = names.into_iter();
    let mut shown: Vec<String> = all.by_ref().take(AT_MOST).map(|name| format!("`{name}`")).collect();
    match all.count() {
        0 => list(&shown, last),
        more => {
            shown.push(format!("{more} more"));
            list(&shown, "and")
        }
    }
}

/// Providers in a row.
pub fn providers(set: ProviderSet, last: &str) -> String {
    list(&set.iter().map(|provider| provider.name().to_owned()).collect::<Vec<_>>(), last)
}

/// How old the tables are that a claim rests on, as the end of a message: ` (AWS as of 2026-11)`.
pub fn as_of(catalog: &Catalog, set: ProviderSet) -> String {
    let dated = set.iter().map(|provider| (provider, catalog.facts(provider).as_of));
    let dated = dated.filter(|(_, as_of)| !as_of.is_empty());
    let dated: Vec<String> = dated.map(|(provider, as_of)| format!("{provider} as of {as_of}")).collect();
    if dated.is_empty() { String::new() } else { format!(" ({})", dated.join(", ")) }
}

/// How to add what the tables do not have yet, as the end of a help.
pub fn newer(what: &str, set: ProviderSet) -> Option<String> {
    let sections: Vec<String> = set
        .iter()
        .filter(|provider| !Catalog::builtin().facts(*provider).as_of.is_empty())
        .map(|provider| format!("`[catalog.{provider}]`"))
        .collect();
    let section = match sections.as_slice() {
        [] => return None,
        [.., _] if set == ProviderSet::COMPUTE => "its provider's section, such as `[catalog.AWS]`,".into(),
        sections => list(sections, "or"),
    };
    Some(format!("if it is newer than that, add {what} under {section} in anycloud-lint.toml"))
}

/// The parts of a help that are there, in a row. Behind a question a new sentence begins.
pub fn help(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let mut all = String::new();
    for part in parts.into_iter().flatten() {
        let mut rest = part.as_str();
        if all.ends_with('?') {
            all.push(' ');
            let mut letters = part.chars();
            all.extend(letters.next().map(|first| first.to_ascii_uppercase()));
            rest = letters.as_str();
        } else if !all.is_empty() {
            all.push_str("; ");
        }
        all.push_str(rest);
    }
    all
}

/// Asks for the closest names; those of a provider that it can't be say whose they are.
pub fn did_you_mean(suggestions: &[Suggestion], candidates: ProviderSet) -> Option<String> {
    let name = |suggestion: &Suggestion| {
        let Suggestion { name, providers } = suggestion;
        if providers.is_empty() || !providers.intersection(candidates).is_empty() {
            return format!("`{name}`");
        }
        format!("`{name}` ({})", self::providers(*providers, "and"))
    };
    let names: Vec<String> = suggestions.iter().take(AT_MOST).map(name).collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", list(&names, "or")))
}

/// How bad it is that the tables lack something: an error where they are complete.
pub fn severity(catalog: &Catalog, set: ProviderSet, is_complete: impl Fn(&Facts) -> bool) -> Severity {
    let complete = set.iter().all(|provider| is_complete(catalog.facts(provider)));
    if complete { Severity::Error } else { Severity::Warning }
}

/// What a piece of evidence says about the provider, and where it comes from if it is inherited.
pub fn says(context: &Context<'_>, id: SubjectId, evidence: &Evidence) -> String {
    let Evidence { field, setting, providers } = evidence;
    let value = setting.entry.value;
    let whose = self::providers(*providers, "and");
    let quoted = context.quote(None, value).or("this");
    let says = match field {
        Field::Region => format!("{quoted} is a region of {whose}"),
        Field::AvailabilityZone => format!("{quoted} is a zone of {whose}"),
        Field::VmType if !context.tree.items(value).is_empty() => format!("these VM types are of {whose}"),
        Field::VmType => format!("{quoted} is a VM type of {whose}"),
        Field::GpuType => format!("only {whose} can have this"),
        Field::CloudProvider => format!("`cloudProvider` says {whose}"),
        _ => format!("`{}` are for {whose}", field.name()),
    };
    if setting.origin == id {
        return says;
    }
    format!("{says}; {}", context.origin(id, *field, *setting))
}
