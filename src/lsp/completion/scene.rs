//! What a value has to get along with: the other fields of the profile, and of all that would inherit the value.

use rustc_hash::FxHashSet;

use super::is_beginning_of;
use crate::catalog::{Catalog, GpuRequest, Offered, Provider, ProviderSet, ZoneFit};
use crate::facts::piece;
use crate::lsp::cursor::Cursor;
use crate::lsp::view::View;
use crate::profile::{Field, Subject, SubjectId};
use crate::source::Span;
use crate::yaml::NodeId;

/// The fields that say something about a profile's provider.
const EVIDENCE: [Field; 6] = [
    Field::CloudProvider,
    Field::Credentials,
    Field::VmType,
    Field::Region,
    Field::AvailabilityZone,
    Field::GpuType,
];

/// More different surroundings than this are not looked at.
const MOST_SCENES: usize = 64;

/// What one profile says beside the field that is being completed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scene<'v> {
    /// The providers that the other fields leave.
    pub providers: ProviderSet,
    region: Option<&'v str>,
    zone: Option<&'v str>,
    vm_types: Vec<&'v str>,
    gpus: Vec<&'v str>,
    spot: bool,
}

/// All different surroundings of a field.
#[derive(Debug)]
pub struct Scenes<'v> {
    all: Vec<Scene<'v>>,
    /// Whether one that fits is enough: of a submission's jobs, each can have another value.
    any: bool,
    /// What has been typed of the word.
    typed: &'v str,
    catalog: &'v Catalog,
}

impl<'v> Scenes<'v> {
    /// The surroundings of a field of a profile; the word at the cursor is being replaced and does not count.
    pub fn new(view: &View<'v>, profile: Option<&Subject>, field: Field, cursor: &'v Cursor) -> Self {
        let affected = profile.map_or_else(Vec::new, |profile| affected(view, profile, field));
        Self::of(view, affected, field, cursor, false)
    }

    /// The surroundings of a field of a submission's jobs.
    pub fn of_jobs(view: &View<'v>, submission: &str, field: Field, cursor: &'v Cursor) -> Self {
        Self::of(view, jobs(view, submission), field, cursor, true)
    }

    fn of(view: &View<'v>, ids: Vec<SubjectId>, field: Field, cursor: &'v Cursor, any: bool) -> Self {
        let mut seen = FxHashSet::default();
        let mut all = Vec::new();
        for id in ids {
            let scene = scene(view, id, field, cursor.word);
            if all.len() < MOST_SCENES && seen.insert(scene.clone()) {
                all.push(scene);
            }
        }
        Self { all, any, typed: &cursor.typed, catalog: view.facts.catalog() }
    }

    /// Whether a check passes everywhere, or where that is enough, somewhere.
    fn everywhere(&self, passes: impl Fn(&Scene<'v>) -> bool) -> bool {
        if self.any {
            self.all.is_empty() || self.all.iter().any(passes)
        } else {
            self.all.iter().all(passes)
        }
    }

    /// The providers that can be everywhere, or somewhere.
    pub fn providers(&self) -> ProviderSet {
        if self.any && !self.all.is_empty() {
            return self.all.iter().flat_map(|scene| scene.providers.iter()).collect();
        }
        self.all.iter().fold(ProviderSet::COMPUTE, |so_far, scene| {
            let narrowed = so_far.intersection(scene.providers);
            if narrowed.is_empty() { so_far } else { narrowed }
        })
    }

    /// The regions that the surroundings name.
    pub fn regions(&self) -> Vec<&'v str> {
        let mut regions: Vec<&str> = self.all.iter().filter_map(|scene| scene.region).collect();
        regions.sort_unstable();
        regions.dedup();
        regions
    }

    /// Whether a provider can be the one.
    pub fn takes_provider(&self, provider: Provider) -> bool {
        self.everywhere(|scene| {
            scene.providers.contains(provider)
                && scene.gpus.iter().all(|gpu| gpu_fits(self.catalog, provider, gpu, scene.region))
                && (!scene.spot || self.catalog.facts(provider).spot)
        })
    }

    /// Whether a region can be the one.
    pub fn takes_region(&self, provider: Provider, region: &str) -> bool {
        if !is_beginning_of(self.typed, region) {
            return false;
        }
        let catalog = self.catalog;
        self.everywhere(|scene| {
            let zone =
                scene.zone.is_none_or(|zone| catalog.zone_fit(provider, region, zone) == ZoneFit::Fits);
            let offered = |vm_type: &&str| catalog.offered(provider, vm_type, region) != Offered::No;
            scene.providers.contains(provider)
                && zone
                && scene.vm_types.iter().all(offered)
                && scene.gpus.iter().all(|gpu| gpu_fits(catalog, provider, gpu, Some(region)))
        })
    }

    /// Whether a zone can be the one.
    pub fn takes_zone(&self, provider: Provider, region: &str, zone: &str) -> bool {
        if !is_beginning_of(self.typed, zone) {
            return false;
        }
        self.everywhere(|scene| {
            scene.providers.contains(provider)
                && scene.region.is_none_or(|own| own == region)
                && self.catalog.zone_fit(provider, region, zone) == ZoneFit::Fits
        })
    }

    /// Whether a VM type can be one of the pool.
    pub fn takes_vm_type(&self, provider: Provider, vm_type: &str) -> bool {
        if !is_beginning_of(self.typed, vm_type) {
            return false;
        }
        let catalog = self.catalog;
        self.everywhere(|scene| {
            let pool = |other: &&str| catalog.vm_type_providers(other).contains(provider);
            let is_there = |region: &str| catalog.offered(provider, vm_type, region) != Offered::No;
            scene.providers.contains(provider)
                && scene.vm_types.iter().all(pool)
                && !scene.vm_types.iter().any(|other| other.eq_ignore_ascii_case(vm_type))
                && scene.gpus.is_empty()
                && scene.region.is_none_or(is_there)
        })
    }

    /// Whether a GPU can be one of the pool: some provider has it and all the others.
    pub fn takes_gpu(&self, gpu: &str) -> bool {
        if !is_beginning_of(self.typed, gpu) {
            return false;
        }
        self.everywhere(|scene| {
            let fits = |provider, gpu: &str| gpu_fits(self.catalog, provider, gpu, scene.region);
            let pool = |provider: &Provider| scene.gpus.iter().all(|other| fits(*provider, other));
            let having: ProviderSet = scene.providers.iter().filter(pool).collect();
            let having = if having.is_empty() { scene.providers } else { having };
            // One's own machine may have any GPU, which is no reason to expect it.
            let mut having =
                having.iter().filter(|provider| *provider != Provider::Local || having.single().is_some());
            scene.vm_types.is_empty()
                && having.any(|provider| fits(provider, gpu))
                && !scene.gpus.contains(&gpu)
        })
    }

    /// Whether spot capacity can be had.
    pub fn takes_spot(&self) -> bool {
        self.everywhere(|scene| scene.providers.iter().any(|provider| self.catalog.facts(provider).spot))
    }

    /// Whether a field can be set at all: `vmType` and `gpuType` exclude each other.
    pub fn takes_field(&self, field: Field) -> bool {
        match field {
            Field::VmType => self.everywhere(|scene| scene.gpus.is_empty()),
            Field::GpuType => self.everywhere(|scene| scene.vm_types.is_empty()),
            _ => true,
        }
    }
}

/// Whether a provider offers a GPU in that number, and there.
fn gpu_fits(catalog: &Catalog, provider: Provider, text: &str, region: Option<&str>) -> bool {
    let Ok(request) = GpuRequest::parse(text) else { return true };
    let Some(gpu) = request.gpu() else { return true };
    let count = request.count.exact();
    let counted = count.is_none_or(|count| catalog.gpu_counts(provider, gpu).has(count) != Some(false));
    let there =
        region.is_none_or(|region| catalog.gpu_offered_in(provider, gpu, count, region) != Offered::No);
    catalog.gpu_offered(provider, gpu) != Offered::No && counted && there
}

/// The profiles whose field would have the value: the profile, and all that would inherit it from there.
pub fn affected(view: &View<'_>, profile: &Subject, field: Field) -> Vec<SubjectId> {
    let subjects = view.subjects;
    let mut is_affected = vec![false; subjects.all().len()];
    let mut found = Vec::new();
    for id in subjects.bases_first() {
        let sets_itself = subjects.setting(id, field).is_some_and(|setting| setting.origin == id);
        let inherits = || {
            let mut deciding = subjects.bases(id).rev().map(|base| {
                let from_here = is_affected.get(base.index()).copied().unwrap_or_default();
                (from_here, from_here || subjects.setting(base, field).is_some())
            });
            deciding.find(|(_, decides)| *decides).is_some_and(|(from_here, _)| from_here)
        };
        if id == profile.id || (!sets_itself && inherits()) {
            if let Some(slot) = is_affected.get_mut(id.index()) {
                *slot = true;
            }
            found.push(id);
        }
    }
    found
}

/// The jobs of a submission and of those that extend it.
pub fn jobs(view: &View<'_>, submission: &str) -> Vec<SubjectId> {
    let submissions = view.facts.submissions();
    let Some((id, _)) = submissions.named(view.tree, submission) else { return Vec::new() };
    let family = submissions.with_heirs(id);
    let jobs = submissions.jobs().iter().filter(|job| family.contains(&job.submission));
    jobs.map(|job| job.subject).collect()
}

fn scene<'v>(view: &View<'v>, id: SubjectId, field: Field, word: Span) -> Scene<'v> {
    let mut providers = ProviderSet::COMPUTE;
    for evidence in EVIDENCE.into_iter().filter(|evidence| *evidence != field) {
        if let Some(piece) = piece(view.facts, id, evidence) {
            let narrowed = providers.intersection(piece.providers);
            // What is at odds already is no reason to offer nothing.
            providers = if narrowed.is_empty() { providers } else { narrowed };
        }
    }
    let value = |field: Field| view.subjects.value(id, field).map(|setting| setting.entry.value);
    let other = |wanted: Field| value(wanted).filter(|_| wanted != field);
    let text = |wanted: Field| other(wanted).and_then(|node| view.tree.str(node));
    let pool =
        |wanted: Field| value(wanted).map_or_else(Vec::new, |node| pool(view, node, wanted == field, word));
    Scene {
        providers,
        region: text(Field::Region),
        zone: text(Field::AvailabilityZone),
        vm_types: pool(Field::VmType),
        gpus: pool(Field::GpuType),
        spot: other(Field::Spot)
            .is_some_and(|node| view.snapshot.source().slice(view.tree.span(node)) == "true"),
    }
}

/// The entries of a pool; of the one that is being completed, those of the list that stay.
fn pool<'v>(view: &View<'v>, node: NodeId, is_own: bool, word: Span) -> Vec<&'v str> {
    let tree = view.tree;
    let items = tree.items(node);
    if items.is_empty() {
        return if is_own { Vec::new() } else { tree.str(node).into_iter().collect() };
    }
    let here = Span::new(word.start.saturating_sub(1), word.end + 1);
    let is_in_list = tree.span(node).contains(word);
    let stays = |item: &&NodeId| !is_own || (is_in_list && !here.contains(tree.span(**item)));
    items.iter().filter(stays).filter_map(|item| tree.str(*item)).collect()
}
