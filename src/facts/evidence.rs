//! The evidence for one profile's provider, piece by piece, for findings to name it.

use super::Facts;
use super::inference::{STRONG, certain};
use super::lookup::{Lookup, credentials_provider};
use crate::catalog::{Provider, ProviderSet};
use crate::profile::{Field, Setting, SubjectId};

/// A value that says something about the provider.
#[derive(Clone, Copy, Debug)]
pub struct Evidence {
    /// The field.
    pub field: Field,
    /// What sets it.
    pub setting: Setting,
    /// The providers that it leaves. None for a fallback pool that is at odds with itself.
    pub providers: ProviderSet,
}

/// All evidence for a profile's provider: the strong, what weighs most first, then a GPU.
pub fn evidence(facts: &Facts, id: SubjectId) -> Vec<Evidence> {
    let found = STRONG.into_iter().chain([Field::GpuType]).filter_map(|field| piece(facts, id, field));
    found.filter(|piece| piece.field != Field::GpuType || piece.providers != ProviderSet::COMPUTE).collect()
}

/// What one field of a profile says: of storage credentials, whose storage it is.
pub fn piece(facts: &Facts, id: SubjectId, field: Field) -> Option<Evidence> {
    let setting = certain(facts, id, field)?;
    let providers = match field {
        Field::GpuType => Lookup::new(facts).gpus(setting.entry.value),
        Field::InputStorageCredentials
        | Field::OutputStorageCredentials
        | Field::CheckpointStorageCredentials => {
            ProviderSet::of(credentials_provider(facts, setting.entry.value)?)
        }
        _ => Lookup::new(facts).strong(field, setting.entry.value)?,
    };
    Some(Evidence { field, setting, providers })
}

/// The piece of evidence that decides a check which no candidate passes: the first that leaves only providers which
/// fail. Nothing where every provider fails.
pub fn deciding(facts: &Facts, id: SubjectId, fails: impl Fn(Provider) -> bool) -> Option<Evidence> {
    if Provider::COMPUTE.into_iter().all(&fails) {
        return None;
    }
    let found = evidence(facts, id);
    let decides = |piece: &&Evidence| piece.providers.iter().all(&fails);
    found.iter().find(decides).or(found.first()).copied()
}

/// The pairs of strong evidence that leave no provider together, what weighs most first. A fallback pool that is at
/// odds with itself is a pair of its own.
pub fn conflicts(facts: &Facts, id: SubjectId) -> Vec<(Evidence, Evidence)> {
    let mut found = evidence(facts, id);
    found.retain(|piece| piece.field != Field::GpuType);
    if let Some(pool) = found.iter().find(|piece| piece.providers.is_empty()) {
        return vec![(*pool, *pool)];
    }
    let mut pairs = Vec::new();
    for (index, one) in found.iter().enumerate() {
        for other in found.iter().skip(index + 1) {
            if one.providers.intersection(other.providers).is_empty() {
                pairs.push((*one, *other));
            }
        }
    }
    if pairs.is_empty() {
        // No two contradict each other, but all of them together do.
        pairs.extend(found.first().copied().zip(found.last().copied()));
    }
    pairs
}
