//! What is asked for, with the names checked.

use super::Args;
use crate::catalog::{Catalog, Gpu, GpuRequest, Provider, ProviderSet, Suggestion};
use crate::cli::Failure;
use crate::suggest;

/// A query's filters, with their names known to exist.
pub(super) struct Selection<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) providers: ProviderSet,
    /// In any case.
    pub(super) region: Option<&'a str>,
    pub(super) gpu: Option<(Gpu, Option<u32>)>,
    /// In any case.
    pub(super) vm_type: Option<&'a str>,
}

impl<'a> Selection<'a> {
    /// Reads the query's filters.
    pub(super) fn read(catalog: &'a Catalog, query: &'a Args) -> Result<Self, Failure> {
        let mut providers = ProviderSet::COMPUTE;
        if let Some(name) = &query.provider {
            providers = ProviderSet::of(provider(name)?);
        }
        let mut selection = Selection { catalog, providers, region: None, gpu: None, vm_type: None };

        if let Some(name) = &query.gpu {
            let bad = |message: String, help| Failure::Usage { message, help };
            let request = GpuRequest::parse(name)
                .map_err(|_| bad(format!("`{name}` is not a GPU: write NAME or NAME:COUNT"), None))?;
            let gpu = request.gpu().ok_or_else(|| {
                bad(
                    format!("no provider has a GPU `{}`", request.name),
                    did_you_mean(&catalog.closest_gpus(providers, request.name)),
                )
            })?;
            selection.gpu = Some((gpu, request.count.exact()));
        }
        if let Some(name) = &query.vm_type {
            let having = |provider: &Provider| catalog.canonical_vm_type(*provider, name).is_some();
            selection.providers = narrow("VM type", name, selection.providers, having, || {
                catalog.closest_vm_types(providers, name)
            })?;
            selection.vm_type = Some(name);
        }
        if let Some(name) = &query.region {
            let having = |provider: &Provider| catalog.canonical_region(*provider, name).is_some();
            selection.providers = narrow("region", name, selection.providers, having, || {
                catalog.closest_regions(providers, name)
            })?;
            selection.region = Some(name);
        }
        Ok(selection)
    }
}

/// The compute provider of that name, case ignored.
fn provider(name: &str) -> Result<Provider, Failure> {
    let mut all = Provider::COMPUTE.into_iter();
    all.find(|known| known.name().eq_ignore_ascii_case(name)).ok_or_else(|| {
        let names = Provider::COMPUTE.map(Provider::name);
        let help = suggest::closest(name, names).map_or_else(
            || format!("the providers are {}", names.join(", ")),
            |close| format!("did you mean `{close}`?"),
        );
        Failure::Usage { message: format!("there is no provider `{name}` with VMs"), help: Some(help) }
    })
}

/// Those of the selected providers that have a thing of that name; an error where none has.
fn narrow(
    what: &str,
    name: &str,
    selected: ProviderSet,
    having: impl Fn(&Provider) -> bool,
    closest: impl FnOnce() -> Vec<Suggestion>,
) -> Result<ProviderSet, Failure> {
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
    Err(Failure::Usage { message, help })
}

fn did_you_mean(suggestions: &[Suggestion]) -> Option<String> {
    let names: Vec<_> = suggestions.iter().map(|suggestion| format!("`{}`", suggestion.name)).collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", names.join(", ")))
}
