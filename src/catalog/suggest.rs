//! The closest real names to one that does not exist, and nothing that is not close.

use std::cmp::Reverse;

use super::closeness::{MISTAKE, REARRANGED, UNFINISHED, Wanted};
use super::region_words::{cost_of_words, sorted_words};
use super::tables::GPU_SPELLINGS;
use super::{Catalog, Provider, ProviderSet};

/// No more suggestions than a reader takes in at a glance.
const AT_MOST: usize = 5;

/// A name longer than this is like none that exists, and not worth the work.
const LONGEST: usize = 64;

/// Words that some put before a GPU's name.
const VENDORS: [&str; 4] = ["nvidia", "tesla", "geforce", "amd"];

/// A real name close to the one that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The name as its provider spells it; a GPU's in lower case, as profiles write it.
    pub name: String,
    /// The providers that have it.
    pub providers: ProviderSet,
}

impl Catalog {
    /// The closest regions to a name that no provider has, those of the `preferred` providers first.
    pub fn closest_regions(&self, preferred: ProviderSet, name: &str) -> Vec<Suggestion> {
        if name.len() > LONGEST {
            return Vec::new();
        }
        let wanted = Wanted::new(name, &[]);
        let words = sorted_words(name);
        let mut ranking = Ranking::new(preferred);
        for provider in Provider::COMPUTE {
            for region in self.regions(provider) {
                let costs = [wanted.cost_or_head(region.name()), cost_of_words(&words, region.name())];
                let cost = costs.into_iter().flatten().min();
                ranking.add(provider, region.name(), name, cost);
            }
        }
        ranking.best(|candidate| (candidate.distance, candidate.name.clone()))
    }

    /// The closest VM types to a name that no provider has, those of the `preferred` providers first.
    pub fn closest_vm_types(&self, preferred: ProviderSet, name: &str) -> Vec<Suggestion> {
        if name.len() > LONGEST {
            return Vec::new();
        }
        // Nearly all of Azure's names begin with this word, and it is often left out; or it has the mistake.
        let misspelt = name.starts_with("St") && !name.to_ascii_lowercase().starts_with("standard");
        let wanted = Wanted::new(name, if misspelt { &[] } else { &["standard"] });
        let family = family(name);
        let mut ranking = Ranking::new(preferred);
        let mut buffer = String::new();
        for provider in Provider::COMPUTE {
            for vm_type in self.vm_types(provider) {
                // A mistake in the size is likelier than one in the family: `p5.24xlarge` is nearer to `p5.48xlarge`.
                let cost = wanted.cost(vm_type.name(), &mut buffer);
                let same_family = self::family(vm_type.name()).eq_ignore_ascii_case(family);
                let cost =
                    cost.map(|cost| if same_family || cost < MISTAKE { cost } else { cost + 2 * MISTAKE });
                ranking.add(provider, vm_type.name(), name, cost);
            }
        }
        // Of versions that are equally close, the newest first.
        ranking.best(|candidate| (candidate.distance, Reverse(candidate.name.clone())))
    }

    /// The closest GPU names to one that does not exist, those that the `preferred` providers offer first.
    pub fn closest_gpus(&self, preferred: ProviderSet, name: &str) -> Vec<Suggestion> {
        if name.len() > LONGEST {
            return Vec::new();
        }
        let wanted = Wanted::new(name, &VENDORS);
        let mut ranking = Ranking::new(preferred);
        for &(spelling, gpu) in &GPU_SPELLINGS {
            let cost = wanted.cost_or_head(spelling);
            ranking.add_of(self.gpu_providers(gpu), gpu.name(), name, cost);
        }
        let mut best = ranking.best(|candidate| (candidate.distance, candidate.name.clone()));
        for suggestion in &mut best {
            suggestion.name.make_ascii_lowercase();
        }
        best
    }

    /// The closest places for a bucket to a name that none of `providers` has.
    pub fn closest_storage_regions(&self, providers: ProviderSet, name: &str) -> Vec<Suggestion> {
        if name.len() > LONGEST {
            return Vec::new();
        }
        let wanted = Wanted::new(name, &[]);
        let words = sorted_words(name);
        let mut ranking = Ranking::new(providers);
        let mut buffer = String::new();
        for provider in providers.iter() {
            for region in self.storage_regions(provider) {
                let cost = [wanted.cost(region, &mut buffer), cost_of_words(&words, region)]
                    .into_iter()
                    .flatten()
                    .min();
                ranking.add(provider, region, name, cost);
            }
        }
        ranking.best(|candidate| (candidate.distance, candidate.name.clone()))
    }
}

/// Candidates with what tells which comes first.
struct Ranking {
    preferred: ProviderSet,
    candidates: Vec<Candidate>,
}

struct Candidate {
    name: String,
    providers: ProviderSet,
    cost: usize,
    /// Typing mistakes with case and separators counted, less what the names have in common at the start.
    distance: isize,
}

impl Ranking {
    fn new(preferred: ProviderSet) -> Self {
        Self { preferred, candidates: Vec::new() }
    }

    fn add(&mut self, provider: Provider, name: &str, wanted: &str, cost: Option<usize>) {
        self.add_of(ProviderSet::of(provider), name, wanted, cost);
    }

    fn add_of(&mut self, providers: ProviderSet, name: &str, wanted: &str, cost: Option<usize>) {
        let Some(cost) = cost else { return };
        if let Some(known) = self.candidates.iter_mut().find(|known| known.name == name) {
            known.providers = known.providers.union(providers);
            known.cost = known.cost.min(cost);
            return;
        }
        let prefix = name.bytes().zip(wanted.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
        let distance = strsim::osa_distance(&name.to_ascii_lowercase(), &wanted.to_ascii_lowercase());
        self.candidates.push(Candidate {
            name: name.to_owned(),
            providers,
            cost,
            distance: distance.cast_signed() - prefix.cast_signed(),
        });
    }

    /// The best candidates: the preferred providers' first, then by cost, then by `tie`.
    fn best<K: Ord>(mut self, tie: impl Fn(&Candidate) -> K) -> Vec<Suggestion> {
        let is_preferred =
            |candidate: &Candidate| !candidate.providers.intersection(self.preferred).is_empty();
        let own = self.candidates.iter().filter(|candidate| is_preferred(candidate)).map(|c| c.cost).min();
        let any = self.candidates.iter().map(|candidate| candidate.cost).min();
        // What is much worse than the best is noise; and another provider's name has to be better than one's own.
        let limit = |cost: usize| match cost {
            0 => REARRANGED,
            REARRANGED..=UNFINISHED => UNFINISHED,
            _ => cost + MISTAKE,
        };
        self.candidates.retain(|candidate| {
            if is_preferred(candidate) {
                own.is_some_and(|own| candidate.cost <= limit(own))
            } else {
                own.map_or(any.map(limit), |own| own.checked_sub(1))
                    .is_some_and(|most| candidate.cost <= most)
            }
        });
        self.candidates
            .sort_by_cached_key(|candidate| (!is_preferred(candidate), candidate.cost, tie(candidate)));
        let best = self.candidates.into_iter().take(AT_MOST);
        best.map(|candidate| Suggestion { name: candidate.name, providers: candidate.providers }).collect()
    }
}

/// What comes before the first separator of a VM type's name: `p5`, `n2`, `NC16as`.
fn family(name: &str) -> &str {
    let name = match name.get(..9) {
        Some(start) if start.eq_ignore_ascii_case("standard_") => name.get(9..).unwrap_or_default(),
        _ => name,
    };
    name.split(['.', '-', '_']).next().unwrap_or_default()
}
