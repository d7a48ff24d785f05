//! What `anycloud-lint catalog` prints: the tables, filtered, for people and as JSON.

mod items;
mod table;

use std::fmt::{self, Write as _};

use miette::Diagnostic;
use serde_json::{Value, json};

use self::items::{Items, Selection};
use super::suggest::closest_word;
use super::{Catalog, GpuRequest, Provider, ProviderSet, Suggestion};

/// What is asked for, with the names as the user gave them.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// Which table.
    pub kind: Kind,
    /// Only this provider; case is ignored.
    pub provider: Option<&'a str>,
    /// Only what is in this region; case is ignored.
    pub region: Option<&'a str>,
    /// Only what has this GPU: `h100`, `h100:8`.
    pub gpu: Option<&'a str>,
    /// Only what has to do with this VM type; case is ignored.
    pub vm_type: Option<&'a str>,
    /// How to print it.
    pub format: Format,
}

/// The tables that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Regions and their zones' letters.
    Regions,
    /// VM types with their size and the number of regions.
    VmTypes,
    /// GPUs with the numbers that exist on one VM.
    Gpus,
    /// Full zone names by region.
    Zones,
}

/// For whom to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Aligned tables of at most 80 columns.
    Human,
    /// One object with stable keys.
    Json,
}

/// A name in a query that the catalog does not have.
#[derive(Clone, Debug, PartialEq, Eq, Diagnostic)]
pub struct QueryError {
    message: String,
    #[help]
    help: Option<String>,
}

impl fmt::Display for QueryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}

impl QueryError {
    /// What to ask for instead.
    pub fn suggestion(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl Catalog {
    /// The answer to `query`, ending in a newline.
    ///
    /// # Errors
    /// Where the query names a provider, region, GPU or VM type that the catalog does not have.
    pub fn report(&self, query: &Query<'_>) -> Result<String, QueryError> {
        let selection = self.select(query)?;
        let sections: Vec<_> = selection
            .providers
            .iter()
            .map(|provider| (provider, self.items(query.kind, provider, &selection)))
            .collect();
        Ok(match query.format {
            Format::Human => self.human(&selection, &sections),
            Format::Json => self.json(query.kind, &sections),
        })
    }

    /// Reads the query's filters.
    fn select<'a>(&'a self, query: &Query<'a>) -> Result<Selection<'a>, QueryError> {
        let mut providers = ProviderSet::COMPUTE;
        if let Some(name) = query.provider {
            providers = ProviderSet::of(provider(name)?);
        }
        let mut selection = Selection { providers, region: None, gpu: None, vm_type: None };

        if let Some(name) = query.gpu {
            let bad = |message: String, help| QueryError { message, help };
            let request = GpuRequest::parse(name)
                .map_err(|_| bad(format!("`{name}` is not a GPU: write NAME or NAME:COUNT"), None))?;
            let gpu = request.gpu().ok_or_else(|| {
                bad(
                    format!("no provider has a GPU `{}`", request.name),
                    did_you_mean(&self.closest_gpus(providers, request.name)),
                )
            })?;
            selection.gpu = Some((gpu, request.count.exact()));
        }
        if let Some(name) = query.vm_type {
            let having = |provider: &Provider| self.canonical_vm_type(*provider, name).is_some();
            selection.providers = narrow("VM type", name, selection.providers, having, || {
                self.closest_vm_types(providers, name)
            })?;
            selection.vm_type = Some(name);
        }
        if let Some(name) = query.region {
            let having = |provider: &Provider| self.canonical_region(*provider, name).is_some();
            selection.providers = narrow("region", name, selection.providers, having, || {
                self.closest_regions(providers, name)
            })?;
            selection.region = Some(name);
        }
        Ok(selection)
    }

    fn human(&self, selection: &Selection<'_>, sections: &[(Provider, Items)]) -> String {
        let mut out = String::new();
        for (provider, items) in sections {
            let notes = match items {
                Items::VmTypes(_) => self.notes_on_attachable(*provider, selection),
                _ => Vec::new(),
            };
            if !items.is_empty() || !notes.is_empty() {
                self.section(&mut out, *provider, items, &notes);
            }
        }
        if out.is_empty() {
            for (provider, items) in sections {
                if let Some(note) = self.note_on_elsewhere(*provider, selection) {
                    self.section(&mut out, *provider, items, &[note]);
                }
            }
        }
        if out.is_empty() {
            out.push_str("Nothing in the catalog matches.\n");
        }
        out
    }

    /// One provider's table, with the date and the notes.
    fn section(&self, out: &mut String, provider: Provider, items: &Items, notes: &[String]) {
        let facts = self.facts(provider);
        let gap = if out.is_empty() { "" } else { "\n" };
        let date = if facts.as_of.is_empty() { String::new() } else { format!(", as of {}", facts.as_of) };
        let doubt = if facts.vm_types_complete { "" } else { ", incomplete" };
        let _ = writeln!(out, "{gap}{provider}{date}{doubt}: {}", items.count());
        out.push_str(&items.table());
        for note in notes {
            out.push_str(&table::paragraph(note));
        }
    }

    fn json(&self, kind: Kind, sections: &[(Provider, Items)]) -> String {
        let sections: Vec<Value> = sections
            .iter()
            .map(|(provider, items)| {
                let facts = self.facts(*provider);
                json!({
                    "provider": provider.name(),
                    "asOf": facts.as_of,
                    "spot": facts.spot,
                    "regionsComplete": facts.regions_complete,
                    "vmTypesComplete": facts.vm_types_complete,
                    "vmRegionsComplete": facts.vm_regions_complete,
                    kind.key(): items,
                })
            })
            .collect();
        let mut out = format!("{:#}", json!({"version": 1, "kind": kind.name(), "providers": sections}));
        out.push('\n');
        out
    }
}

impl Kind {
    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regions => "regions",
            Self::VmTypes => "vm-types",
            Self::Gpus => "gpus",
            Self::Zones => "zones",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::VmTypes => "vmTypes",
            Self::Regions | Self::Gpus | Self::Zones => self.name(),
        }
    }
}

/// The compute provider of that name, case ignored.
fn provider(name: &str) -> Result<Provider, QueryError> {
    let mut all = Provider::COMPUTE.into_iter();
    all.find(|known| known.name().eq_ignore_ascii_case(name)).ok_or_else(|| {
        let names = Provider::COMPUTE.map(Provider::name);
        let help = closest_word(names, name).map_or_else(
            || format!("the providers are {}", names.join(", ")),
            |close| format!("did you mean `{close}`?"),
        );
        QueryError { message: format!("there is no provider `{name}` with VMs"), help: Some(help) }
    })
}

/// Those of the selected providers that have a thing of that name; an error where none has.
fn narrow(
    what: &str,
    name: &str,
    selected: ProviderSet,
    having: impl Fn(&Provider) -> bool,
    closest: impl FnOnce() -> Vec<Suggestion>,
) -> Result<ProviderSet, QueryError> {
    let having: ProviderSet = Provider::COMPUTE.into_iter().filter(having).collect();
    let both = having.intersection(selected);
    if !both.is_empty() {
        return Ok(both);
    }
    let (message, help) = if having.is_empty() {
        (format!("no provider has a {what} `{name}`"), did_you_mean(&closest()))
    } else {
        let names = |set: ProviderSet| set.iter().map(Provider::name).collect::<Vec<_>>().join(", ");
        let help = format!("it is a {what} of {}", names(having));
        (format!("{} has no {what} `{name}`", names(selected)), Some(help))
    };
    Err(QueryError { message, help })
}

fn did_you_mean(suggestions: &[Suggestion]) -> Option<String> {
    let names: Vec<_> = suggestions.iter().map(|suggestion| format!("`{}`", suggestion.name)).collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", names.join(", ")))
}
