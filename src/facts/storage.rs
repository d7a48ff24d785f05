//! Whose storage a bucket is on.

use super::lookup::credentials_provider;
use super::{Evidence, Facts, certain, evidence, piece};
use crate::catalog::{Provider, ProviderSet};
use crate::profile::{Storage, SubjectId};

/// The providers that a bucket's storage can be of.
#[derive(Clone, Copy, Debug)]
pub struct StorageProviders {
    /// The providers that have buckets: all of them where nothing is known.
    pub candidates: ProviderSet,
    /// Whether anything narrows them down.
    pub is_known: bool,
}

impl StorageProviders {
    /// The providers that have buckets.
    pub fn all() -> ProviderSet {
        [Provider::Aws, Provider::Gcp, Provider::Azure, Provider::Cloudflare].into_iter().collect()
    }

    fn known(candidates: ProviderSet) -> Self {
        // Lambda and the own machine have no buckets: wherever theirs are, nothing here says it.
        let all = Self::all();
        let has_buckets = candidates.intersection(all) == candidates;
        Self { candidates: if has_buckets { candidates } else { all }, is_known: has_buckets }
    }
}

/// Whose storage a profile's bucket is on: that of its own credentials, else the profile's.
pub fn storage_providers(facts: &Facts, id: SubjectId, storage: Storage) -> StorageProviders {
    let unknown = StorageProviders { candidates: StorageProviders::all(), is_known: false };
    if let Some(own) = certain(facts, id, storage.credentials) {
        let provider = credentials_provider(facts, own.entry.value);
        return provider.map_or(unknown, |provider| StorageProviders::known(ProviderSet::of(provider)));
    }
    let inferred = facts.inference().of(id);
    if !facts.subjects().get(id).is_complete || inferred.is_contradictory || !inferred.is_known {
        return unknown;
    }
    StorageProviders::known(inferred.candidates)
}

/// The piece of evidence that decides a check of a bucket, and which every provider that it leaves fails.
pub fn storage_evidence(
    facts: &Facts,
    id: SubjectId,
    storage: Storage,
    fails: impl Fn(Provider) -> bool,
) -> Option<Evidence> {
    if certain(facts, id, storage.credentials).is_some() {
        return piece(facts, id, storage.credentials);
    }
    let found = evidence(facts, id);
    let decides = |piece: &&Evidence| piece.providers.iter().all(&fails);
    found.iter().find(decides).or(found.first()).copied()
}
