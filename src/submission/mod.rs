//! Submissions: what runs, and the jobs that they come to.
//!
//! `extends` is the SDK's `Submission.replace()`, a job of a fan-out one more `replace()` on top of it. `profile` names
//! the job's configuration, `cloudConfig` is `replace()` on that one. A job is a [`Subject`] like a profile, so that the
//! rules about hardware, places, credentials and storage ask it what they ask a profile.

mod exclude;
mod expand;
mod field;
mod jobs;
mod settings;
mod written;

pub use exclude::Exclusions;
pub use expand::{Axis, MAX_COMBINATIONS, MAX_JOBS, axes, combination, combinations};
pub use field::{JOB_FIELD_COUNT, JobField};

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashSet;

pub use settings::JobSettings;

use self::settings::Slots;
use self::written::Written;
use crate::profile::{Cycle, Names, Section, Subject, SubjectId, Subjects, section};
use crate::source::to_u32;
use crate::yaml::{Data, Entry, NodeId, Tree};

/// The most jobs that all submissions of a file may come to.
pub const MAX_JOBS_IN_FILE: usize = 16_384;

/// A submission, by its place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SubmissionId(u32);

impl SubmissionId {
    /// Its place in the file.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    fn new(index: usize) -> Self {
        Self(to_u32(index))
    }
}

/// A field that is set: where, and by which submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct JobSetting {
    /// The key and value that set it. The value may be `null`: an explicit nothing.
    pub entry: Entry,
    /// The submission whose text sets it.
    pub origin: SubmissionId,
}

/// One job, with all that its submission says.
#[derive(Debug)]
pub struct Job {
    /// Its own `id`, or the name of its submission, with a number where there are several.
    pub name: Arc<str>,
    /// The submission.
    pub submission: SubmissionId,
    /// Its place among the jobs of the submission.
    pub index: usize,
    /// What it sets: the submission's fields, and on top of them those of its place in the fan-out.
    pub settings: JobSettings,
    /// What it is where rules ask for its configuration.
    pub subject: SubjectId,
    /// The profile that it runs with, if there is one of that name.
    pub profile: Option<SubjectId>,
    /// The text that makes it another than its siblings, where there are any.
    pub at: Option<NodeId>,
}

/// A submission with more jobs than are made.
#[derive(Clone, Copy, Debug)]
pub struct Excess {
    /// The submission.
    pub submission: SubmissionId,
    /// How many jobs it would come to; nothing if it is the file that has too many.
    pub count: Option<usize>,
}

/// All submissions of a file, and their jobs.
#[derive(Debug, Default)]
pub struct Submissions {
    all: Vec<Subject>,
    names: Names,
    written: Written,
    resolved: Vec<JobSettings>,
    /// Bases before their heirs.
    order: Vec<SubmissionId>,
    cycles: Vec<Cycle>,
    jobs: Vec<Job>,
    /// Where the jobs of each submission end.
    job_ends: Vec<u32>,
    excesses: Vec<Excess>,
}

impl Submissions {
    /// Reads the submissions of a document, and adds their jobs to its subjects.
    pub(crate) fn new(tree: &Tree, subjects: &mut Subjects) -> Self {
        if Section::Submissions.entry(tree).is_none() {
            return Self::default();
        }
        let (mut all, order, cycles, names) = section(tree, Section::Submissions);
        for member in cycles.iter().flat_map(|cycle| &cycle.members) {
            if let Some(submission) = all.get_mut(member.index()) {
                submission.is_complete = false;
            }
        }
        let written = Written::new(tree, &all);
        let resolved = resolve(&written, &mut all, &order);
        let order = order.into_iter().map(|id| SubmissionId::new(id.index())).collect();
        let mut submissions = Self { all, names, written, resolved, order, cycles, ..Self::default() };
        submissions.make_jobs(tree, subjects);
        submissions
    }

    /// The submissions in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = (SubmissionId, &Subject)> {
        self.all.iter().enumerate().map(|(index, submission)| (SubmissionId::new(index), submission))
    }

    /// The submissions as written, in the order of the file.
    pub fn as_slice(&self) -> &[Subject] {
        &self.all
    }

    /// A submission.
    pub fn get(&self, id: SubmissionId) -> Option<&Subject> {
        self.all.get(id.index())
    }

    /// The id of the submission that a base is.
    pub fn id(&self, base: SubjectId) -> Option<SubmissionId> {
        (base.index() < self.all.len()).then_some(SubmissionId::new(base.index()))
    }

    /// The submission with this name.
    pub fn named(&self, tree: &Tree, name: &str) -> Option<(SubmissionId, &Subject)> {
        let found =
            self.names.find(name, |id| self.base(id).map_or("", |submission| submission.name(tree)))?;
        Some((self.id(found)?, self.base(found)?))
    }

    /// The name of a submission.
    pub fn name<'s>(&'s self, tree: &'s Tree, id: SubmissionId) -> &'s str {
        self.get(id).map_or("", |submission| submission.name(tree))
    }

    /// The submissions in an order in which every base comes before its heirs.
    pub fn bases_first(&self) -> &[SubmissionId] {
        &self.order
    }

    /// The submissions that one extends, in their order.
    pub fn bases(&self, id: SubmissionId) -> impl DoubleEndedIterator<Item = SubmissionId> {
        let bases = self.get(id).into_iter().flat_map(|submission| &submission.bases);
        bases.filter_map(|base| Some(SubmissionId::new(base.subject?.index())))
    }

    /// Some submissions and all that they inherit from, bases first.
    pub fn with_bases(&self, wanted: impl IntoIterator<Item = SubmissionId>) -> Vec<SubmissionId> {
        let mut needed: FxHashSet<SubmissionId> = FxHashSet::default();
        let mut open: Vec<SubmissionId> = wanted.into_iter().collect();
        while let Some(id) = open.pop() {
            if needed.insert(id) {
                open.extend(self.bases(id));
            }
        }
        self.order.iter().copied().filter(|id| needed.contains(id)).collect()
    }

    /// A submission and all that inherit from it.
    pub fn with_heirs(&self, id: SubmissionId) -> FxHashSet<SubmissionId> {
        let mut family = FxHashSet::from_iter([id]);
        for heir in &self.order {
            if self.bases(*heir).any(|base| family.contains(&base)) {
                family.insert(*heir);
            }
        }
        family
    }

    /// The submission that a base is.
    pub fn base(&self, base: SubjectId) -> Option<&Subject> {
        self.all.get(base.index())
    }

    /// The fields that a submission sets itself. Of a key that stands there twice the first comes last, and so counts.
    pub fn own(&self, id: SubmissionId) -> &[(JobField, Entry)] {
        self.written.own(id)
    }

    /// Every place that gives a field of a submission a value: in submissions, in entries of `fanOut` and in axes.
    pub fn written(&self, field: JobField) -> &[Entry] {
        self.written.values(field)
    }

    /// Every place that names a value of a field: those that set it, and those in `exclude` that leave it out.
    pub fn mentioned(&self, field: JobField) -> impl Iterator<Item = Entry> {
        self.written.values(field).iter().chain(self.written.excluded(field)).copied()
    }

    /// Everything that a submission sets or inherits, nulls among it.
    pub fn settings(&self, id: SubmissionId) -> &JobSettings {
        static NOTHING: LazyLock<JobSettings> = LazyLock::new(JobSettings::default);
        self.resolved.get(id.index()).unwrap_or_else(|| &NOTHING)
    }

    /// What sets a field of a submission, be it to `null`.
    pub fn setting(&self, id: SubmissionId, field: JobField) -> Option<JobSetting> {
        self.settings(id).get(field)
    }

    /// What gives a field of a submission its value: a setting to anything but `null`.
    pub fn value(&self, tree: &Tree, id: SubmissionId, field: JobField) -> Option<JobSetting> {
        self.setting(id, field).filter(|setting| !tree.is_null(setting.entry.value))
    }

    /// The circles among the submissions.
    pub fn cycles(&self) -> &[Cycle] {
        &self.cycles
    }

    /// The jobs in the order of the file.
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// The jobs of one submission.
    pub fn jobs_of(&self, id: SubmissionId) -> &[Job] {
        let end = |index: usize| self.job_ends.get(index).map_or(0, |end| *end as usize);
        let start = id.index().checked_sub(1).map_or(0, end);
        self.jobs.get(start..end(id.index())).unwrap_or_default()
    }

    /// Whether one of these names is a job's: its own, that of its submission, or that one with its number.
    pub fn is_called(&self, tree: &Tree, job: &Job, names: &[String]) -> bool {
        let submission = self.name(tree, job.submission);
        let numbered = format!("{submission}-{}", job.index + 1);
        names.iter().any(|name| *name == *job.name || name == submission || *name == numbered)
    }

    /// The submissions with too many jobs.
    pub fn excesses(&self) -> &[Excess] {
        &self.excesses
    }

    /// The submissions between one and the one that sets this field for it, nearest first.
    pub fn through(&self, id: SubmissionId, field: JobField) -> Vec<SubmissionId> {
        let mut through = Vec::new();
        let Some(setting) = self.setting(id, field) else { return through };
        let mut current = id;
        while current != setting.origin && through.len() <= self.all.len() {
            let mut bases = self.bases(current).rev();
            let Some(next) = bases.find(|base| self.setting(*base, field).is_some()) else { break };
            if next == setting.origin {
                break;
            }
            through.push(next);
            current = next;
        }
        through
    }

    /// The submissions that others extend.
    fn extended(&self) -> FxHashSet<SubmissionId> {
        self.all().flat_map(|(id, _)| self.bases(id)).collect()
    }
}

impl Job {
    /// What sets a field, be it to `null`.
    pub fn setting(&self, field: JobField) -> Option<JobSetting> {
        self.settings.get(field)
    }

    /// What gives a field its value: a setting to anything but `null`.
    pub fn value(&self, tree: &Tree, field: JobField) -> Option<JobSetting> {
        self.setting(field).filter(|setting| !tree.is_null(setting.entry.value))
    }
}

/// Works out the settings of each submission behind those of its bases.
fn resolve(written: &Written, all: &mut [Subject], order: &[SubjectId]) -> Vec<JobSettings> {
    let mut resolved = vec![JobSettings::default(); all.len()];
    for id in order {
        let Some(submission) = all.get(id.index()) else { continue };
        let mut slots = Slots::default();
        let mut is_complete = submission.is_complete;
        for base in submission.bases.iter().filter_map(|base| base.subject) {
            is_complete &= all.get(base.index()).is_some_and(|base| base.is_complete);
            if let Some(base) = resolved.get(base.index()) {
                slots.inherit(base);
            }
        }
        let own = SubmissionId::new(id.index());
        slots.set(own, written.own(own));
        if let Some(settings) = resolved.get_mut(id.index()) {
            *settings = slots.pack();
        }
        if let Some(submission) = all.get_mut(id.index()) {
            submission.is_complete = is_complete;
        }
    }
    resolved
}

/// Whether a value is a mapping, or nothing.
fn is_mapping(tree: &Tree, entry: Entry) -> bool {
    matches!(tree.data(entry.value), Data::Map(_) | Data::Null)
}
