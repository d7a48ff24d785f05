//! Names that were probably meant, as many as one document is worth.
//!
//! To compare an unknown name with all known ones takes time, and a broken file may hold any number of unknown names. So
//! a document has a budget. Once it is used up there are no more suggestions, and everything else goes on.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use super::Facts;
use crate::catalog::{ProviderSet, Suggestion};
use crate::profile::{Section, SubjectId};
use crate::suggest::{self, Near, Nearest};

/// What a document may spend, in comparisons of two short names: a tenth of a second.
/// In the tests of how work grows small files reach its end.
const BUDGET: usize = if cfg!(test) { 10_000 } else { 1_000_000 };

/// What a look through one of the catalog's tables costs, measured in the same unit.
const VM_TYPES: usize = 10_000;
const REGIONS: usize = 2_000;
const GPUS: usize = 1_000;
/// To look through a table without comparing spellings.
const TABLE: usize = 500;

/// What is left of the budget, and what it was spent for.
#[derive(Debug)]
pub(super) struct Guesses {
    left: AtomicUsize,
    /// What was guessed of the names of each section.
    sections: [Names; 2],
}

/// Guesses among the names of a section.
#[derive(Debug, Default)]
struct Names {
    /// By an unknown name, the subjects that it may mean.
    known: Mutex<FxHashMap<String, Nearest<SubjectId>>>,
    /// The names that there are, for those that are near to one: made when first asked for.
    near: OnceLock<Near>,
}

impl Default for Guesses {
    fn default() -> Self {
        Self { left: AtomicUsize::new(BUDGET), sections: Default::default() }
    }
}

impl Guesses {
    /// Whether there is something left. What was begun is done to its end.
    fn can_go_on(&self) -> bool {
        self.left.load(Ordering::Relaxed) > 0
    }

    fn section(&self, section: Section) -> &Names {
        let [profiles, submissions] = &self.sections;
        match section {
            Section::Profiles => profiles,
            Section::Submissions => submissions,
        }
    }

    fn spend(&self, cost: usize) {
        let left = self.left.load(Ordering::Relaxed);
        self.left.store(left.saturating_sub(cost), Ordering::Relaxed);
    }

    fn of_catalog(&self, cost: usize, closest: impl FnOnce() -> Vec<Suggestion>) -> Vec<Suggestion> {
        if !self.can_go_on() {
            return Vec::new();
        }
        self.spend(cost);
        closest()
    }
}

impl Facts {
    /// The things of a section that an unknown name may mean; nothing where that is not worth finding out.
    pub fn nearest(&self, section: Section, name: &str) -> Option<Nearest<SubjectId>> {
        let mut known = self.guesses.section(section).known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(nearest) = known.get(name) {
            return Some(*nearest);
        }
        let nearest = self.near(section, name).or_else(|| self.far(section, name))?;
        known.insert(name.to_owned(), nearest);
        Some(nearest)
    }

    /// Those that are one edit away from a name, if there are any. That costs little, so whatever can be fixed is.
    fn near(&self, section: Section, name: &str) -> Option<Nearest<SubjectId>> {
        let family = self.family(section);
        let index = || Near::new(family.iter().map(|one| one.name(self.tree())));
        let places = self.guesses.section(section).near.get_or_init(index).around(name)?;
        let near = places.into_iter().filter_map(|place| family.get(place as usize));
        Some(suggest::nearest(name, near.map(|one| (one.id, one.name(self.tree()))))).filter(Nearest::is_near)
    }

    /// The nearest of all, as long as the budget lasts.
    fn far(&self, section: Section, name: &str) -> Option<Nearest<SubjectId>> {
        if !self.guesses.can_go_on() {
            return None;
        }
        let family = self.family(section).iter();
        let nearest = suggest::nearest(name, family.map(|one| (one.id, one.name(self.tree()))));
        self.guesses.spend(nearest.cost);
        Some(nearest)
    }

    /// As [`Catalog::closest_vm_types`](crate::catalog::Catalog::closest_vm_types).
    pub fn closest_vm_types(&self, preferred: ProviderSet, name: &str) -> Vec<Suggestion> {
        self.guesses.of_catalog(VM_TYPES, || self.catalog().closest_vm_types(preferred, name))
    }

    /// As [`Catalog::closest_regions`](crate::catalog::Catalog::closest_regions).
    pub fn closest_regions(&self, preferred: ProviderSet, name: &str) -> Vec<Suggestion> {
        self.guesses.of_catalog(REGIONS, || self.catalog().closest_regions(preferred, name))
    }

    /// As [`Catalog::closest_storage_regions`](crate::catalog::Catalog::closest_storage_regions).
    pub fn closest_storage_regions(&self, preferred: ProviderSet, name: &str) -> Vec<Suggestion> {
        self.guesses.of_catalog(REGIONS, || self.catalog().closest_storage_regions(preferred, name))
    }

    /// As [`Catalog::closest_gpus`](crate::catalog::Catalog::closest_gpus).
    pub fn closest_gpus(&self, preferred: ProviderSet, name: &str) -> Vec<Suggestion> {
        self.guesses.of_catalog(GPUS, || self.catalog().closest_gpus(preferred, name))
    }

    /// What only a look through the VM types of the providers tells; nothing where that is not worth it.
    pub fn by_vm_types<T>(&self, look: impl FnOnce() -> Option<T>) -> Option<T> {
        if !self.guesses.can_go_on() {
            return None;
        }
        self.guesses.spend(TABLE);
        look()
    }

    /// The one of the saved credentials that an unknown name most likely means.
    pub fn closest_credential(&self, name: &str) -> Option<&str> {
        let known = self.credentials().filter(|_| self.guesses.can_go_on())?;
        let nearest = suggest::nearest(name, known.keys().map(|name| (name.as_str(), name.as_str())));
        self.guesses.spend(nearest.cost);
        nearest.closest()
    }
}
