//! Which provider is a profile's.
//!
//! Most profiles do not say. [`Inference`] narrows it down for all of them at once, for the rules to ask at no
//! cost; where a rule has something to report, [`evidence`](super::evidence) says which value gave it away.

use super::Facts;
use super::lookup::Lookup;
use crate::catalog::ProviderSet;
use crate::profile::{Field, Setting, Subject, SubjectId};

/// The fields that are strong evidence for a provider, what weighs most first.
pub(super) const STRONG: [Field; 5] =
    [Field::CloudProvider, Field::Credentials, Field::VmType, Field::Region, Field::AvailabilityZone];

/// What is known of the providers of all profiles of a file.
#[derive(Debug)]
pub struct Inference {
    profiles: Vec<Inferred>,
}

/// What is known of one profile's provider.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each with a name")]
pub struct Inferred {
    /// The providers that it can be. All that compute where nothing is known, or where what it says is at odds.
    pub candidates: ProviderSet,
    /// Whether anything narrows the candidates down.
    pub is_known: bool,
    /// Whether strong evidence contradicts itself.
    pub is_contradictory: bool,
    /// Whether the profile itself sets a VM type that no provider has.
    pub has_unknown_vm_type: bool,
    /// Whether the profile itself sets a region that no provider has.
    pub has_unknown_region: bool,
    /// Whether the profile itself sets a GPU that does not exist.
    pub has_unknown_gpu: bool,
    /// The fields that are surely set, one bit each.
    set: u32,
}

impl Inferred {
    const NOTHING: Self = Self {
        candidates: ProviderSet::COMPUTE,
        is_known: false,
        is_contradictory: false,
        has_unknown_vm_type: false,
        has_unknown_region: false,
        has_unknown_gpu: false,
        set: 0,
    };

    /// The same for a subject that inherits all of it, and so sets nothing wrong itself.
    const fn inherited(&self) -> Self {
        Self { has_unknown_vm_type: false, has_unknown_region: false, has_unknown_gpu: false, ..*self }
    }

    /// Whether a field is surely set, be it to `null`.
    pub const fn sets(&self, field: Field) -> bool {
        self.set & (1 << field as u32) != 0
    }
}

impl Inference {
    /// Looks at all profiles of a document.
    pub fn new(facts: &Facts) -> Self {
        let mut lookup = Lookup::new(facts);
        let subjects = facts.subjects();
        let mut profiles: Vec<Inferred> = Vec::with_capacity(subjects.all().len());
        for profile in subjects.all() {
            // Of both all is certain, or it may be more of one than of the other.
            let like = profile.like.filter(|like| profile.is_complete && subjects.get(*like).is_complete);
            let known = like.and_then(|like| profiles.get(like.index())).map(Inferred::inherited);
            profiles.push(known.unwrap_or_else(|| infer(facts, &mut lookup, profile)));
        }
        Self { profiles }
    }

    /// What is known of a profile's provider.
    pub fn of(&self, profile: SubjectId) -> &Inferred {
        self.profiles.get(profile.index()).unwrap_or(&Inferred::NOTHING)
    }
}

/// What surely sets a field of a profile to anything but `null`. What a missing base would set, or clear, is not
/// known, so only its own fields are certain then.
pub fn certain(facts: &Facts, id: SubjectId, field: Field) -> Option<Setting> {
    let profile = facts.subjects().get(id);
    facts.subjects().value(id, field).filter(|setting| profile.is_complete || setting.origin == id)
}

fn infer<'t>(facts: &'t Facts, lookup: &mut Lookup<'t>, profile: &Subject) -> Inferred {
    let mut inferred = Inferred::NOTHING;
    let settings = facts.subjects().settings(profile.id);
    for (bit, setting) in settings.iter().enumerate() {
        if setting.is_some_and(|setting| profile.is_complete || setting.origin == profile.id) {
            inferred.set |= 1 << bit;
        }
    }
    let value = |field: Field| {
        let setting = settings.get(field as usize).copied().flatten();
        setting.filter(|_| inferred.sets(field))
    };
    let mut strong = ProviderSet::COMPUTE;
    for field in STRONG {
        let Some(setting) = value(field) else { continue };
        let known = lookup.strong(field, setting.entry.value);
        strong = strong.intersection(known.unwrap_or(ProviderSet::COMPUTE));
    }
    let gpus = value(Field::GpuType).map_or(ProviderSet::COMPUTE, |gpu| lookup.gpus(gpu.entry.value));
    let own = |field: Field| {
        value(field).filter(|setting| setting.origin == profile.id).map(|setting| setting.entry.value)
    };
    let unknown_vm_type = own(Field::VmType).is_some_and(|value| lookup.has_unknown_vm_type(value));
    let unknown_region = own(Field::Region).is_some_and(|value| lookup.is_unknown_region(value));
    let unknown_gpu = own(Field::GpuType).is_some_and(|value| lookup.has_unknown_gpu(value));
    inferred.has_unknown_vm_type = unknown_vm_type;
    inferred.has_unknown_region = unknown_region;
    inferred.has_unknown_gpu = unknown_gpu;
    if strong.is_empty() {
        inferred.is_contradictory = true;
        return inferred;
    }
    let narrowed = strong.intersection(gpus);
    inferred.candidates = if narrowed.is_empty() { strong } else { narrowed };
    inferred.is_known = strong != ProviderSet::COMPUTE || inferred.candidates.single().is_some();
    inferred
}
