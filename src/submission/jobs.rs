//! From submissions to jobs, each with its configuration among the subjects.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::expand::{self, Expansion, Variant};
use super::{Excess, Job, JobField, JobSettings, MAX_JOBS_IN_FILE, SubmissionId, Submissions, is_mapping};
use crate::profile::{Base, Field, Section, Setting, Settings, Subject, SubjectId, Subjects, Title, fields};
use crate::source::to_u32;
use crate::yaml::{Entry, NodeId, Tree};

/// Which subject stands for a piece of text that sets a field: what several jobs share is one cause.
type Origins = FxHashMap<Entry, SubjectId>;

/// What each job of a submission sets on top of it.
type Variants = Rc<[Variant]>;

/// What a job's configuration is made of: a profile, a `cloudConfig` and a `gpuType`.
type Parts = (Option<SubjectId>, [Option<Entry>; 2]);

/// What is known of the jobs made so far.
#[derive(Default)]
struct Known {
    origins: Origins,
    /// By what their configurations are made of, the first that was made of it.
    firsts: FxHashMap<Parts, SubjectId>,
}

impl Submissions {
    pub(super) fn make_jobs(&mut self, tree: &Tree, subjects: &mut Subjects) {
        let expansions = self.expansions(tree);
        let origins = self.shared(tree, subjects, &expansions);
        let known = &mut Known { origins, ..Known::default() };
        let count = expansions.iter().map(|(_, jobs)| jobs.len()).sum();
        self.jobs.reserve_exact(count);
        subjects.reserve(count);
        for (id, jobs) in expansions {
            let Some(submission) = self.all.get(id.index()) else { continue };
            self.job_ends.resize(id.index(), to_u32(self.jobs.len()));
            let count = jobs.len();
            for (index, variant) in jobs.iter().enumerate() {
                let settings = self.settings(id).with(id, &variant.fields);
                let making = Making { tree, submission, settings, variant, index, count };
                self.jobs.push(making.job(id, subjects, known));
            }
        }
        self.job_ends.resize(self.all.len(), to_u32(self.jobs.len()));
    }

    /// What each submission that runs comes to.
    fn expansions(&mut self, tree: &Tree) -> Vec<(SubmissionId, Variants)> {
        let mut expansions = Vec::new();
        let mut known = expand::Expansions::default();
        let mut total = 0;
        for (index, submission) in self.all.iter().enumerate() {
            let id = SubmissionId::new(index);
            if submission.is_template(tree) || !is_mapping(tree, submission.entry) {
                continue;
            }
            match expand::expand(tree, self.settings(id), &mut known) {
                Expansion::Jobs(jobs) => {
                    total += jobs.len();
                    if total > MAX_JOBS_IN_FILE {
                        self.excesses.push(Excess { submission: id, count: None });
                        break;
                    }
                    expansions.push((id, jobs));
                }
                Expansion::Unknown => {}
                Expansion::TooMany(count) => {
                    self.excesses.push(Excess { submission: id, count: Some(count) });
                }
            }
        }
        expansions
    }

    /// Makes a subject of what a submission says of the configuration where several jobs may share it.
    fn shared(
        &self,
        tree: &Tree,
        subjects: &mut Subjects,
        expansions: &[(SubmissionId, Variants)],
    ) -> Origins {
        let mut origins = Origins::default();
        let extended = self.extended();
        let several: rustc_hash::FxHashSet<SubmissionId> =
            expansions.iter().filter(|(_, jobs)| jobs.len() > 1).map(|(id, _)| *id).collect();
        for (id, submission) in self.all() {
            let is_template = submission.is_template(tree);
            if !is_template && !extended.contains(&id) && !several.contains(&id) {
                continue;
            }
            let set = |wanted: JobField| {
                let fields = self.own(id).iter().rev();
                fields.filter(|(field, _)| *field == wanted).map(|(_, entry)| *entry).next()
            };
            let config: Vec<(Field, Entry)> =
                configuration(tree, [JobField::CloudConfig, JobField::GpuType].map(set)).collect();
            if config.is_empty() {
                continue;
            }
            let mut subject = Subject::new(Section::Submissions, submission.entry);
            subject.is_part = true;
            let own: Vec<(Field, Entry)> =
                config.iter().filter(|(_, entry)| !origins.contains_key(entry)).copied().collect();
            let part = subjects.add(subject, own);
            for (_, entry) in config {
                origins.entry(entry).or_insert(part);
            }
        }
        origins
    }
}

/// The fields that a `cloudConfig` and a `gpuType` set: the latter comes last, and so beats the other.
fn configuration(tree: &Tree, [config, gpu]: [Option<Entry>; 2]) -> impl Iterator<Item = (Field, Entry)> {
    let inside = config.into_iter().flat_map(|config| fields(tree, config.value));
    inside.chain(gpu.map(|entry| (Field::GpuType, entry)))
}

/// A job in the making.
struct Making<'m> {
    tree: &'m Tree,
    submission: &'m Subject,
    settings: JobSettings,
    /// What its place in the fan-out sets.
    variant: &'m Variant,
    index: usize,
    /// How many jobs the submission has.
    count: usize,
}

impl Making<'_> {
    fn job(self, id: SubmissionId, subjects: &mut Subjects, known: &mut Known) -> Job {
        let value = |field| {
            let setting = self.settings.get(field);
            setting.map(|setting| setting.entry).filter(|entry| !self.tree.is_null(entry.value))
        };
        let text = |field| value(field).and_then(|entry| self.tree.str(entry.value));
        let name = self.name(text(JobField::Id));
        let profile_entry = value(JobField::Profile);
        let profile = text(JobField::Profile).and_then(|name| subjects.named(name)).map(|profile| profile.id);
        let is_known = profile_entry.is_none() == profile.is_none();
        let config = value(JobField::CloudConfig);

        let mut subject = Subject::new(Section::Submissions, self.submission.entry);
        let node = profile_entry.map_or(self.submission.entry.key, |entry| entry.value);
        subject.bases.extend(profile.map(|profile| Base { node, subject: Some(profile) }));
        subject.is_complete = self.submission.is_complete
            && is_known
            && config.is_none_or(|config| is_mapping(self.tree, config))
            && profile.is_none_or(|profile| subjects.get(profile).is_complete);
        subject.title = Some(Title::new(Arc::clone(&name), profile_entry.map(|entry| entry.value)));
        let at = self.place();
        subject.at = at.or(profile_entry.map(|entry| entry.key));
        let own = [JobField::CloudConfig, JobField::GpuType]
            .map(|field| self.settings.get(field).map(|setting| setting.entry));
        let subject = self.configured(subject, (profile, own), subjects, known);
        Job { name, submission: id, index: self.index, settings: self.settings, subject, profile, at }
    }

    /// Adds the subject of a job, with what its configuration comes to. Jobs of which it is made of the same share it.
    fn configured(
        &self,
        mut subject: Subject,
        parts: Parts,
        subjects: &mut Subjects,
        known: &mut Known,
    ) -> SubjectId {
        let (profile, own) = parts;
        if let (Some(profile), [None, None]) = parts {
            return subjects.add_like(subject, profile);
        }
        let first = known.firsts.get(&parts).copied();
        let mut settings: Settings = [None; _];
        if let Some(profile) = profile.filter(|_| first.is_none()) {
            settings = subjects.settings(profile);
        }
        let id = subjects.next_id();
        for (field, entry) in configuration(self.tree, own) {
            let origin = *known.origins.entry(entry).or_insert(id);
            if origin != id && !subject.bases.iter().any(|base| base.subject == Some(origin)) {
                subject.bases.push(Base { node: entry.key, subject: Some(origin) });
            }
            if let Some(slot) = settings.get_mut(field as usize) {
                *slot = Some(Setting { entry, origin });
            }
        }
        if let Some(first) = first {
            return subjects.add_like(subject, first);
        }
        known.firsts.insert(parts, id);
        subjects.add_settled(subject, &settings)
    }

    fn name(&self, id: Option<&str>) -> Arc<str> {
        let submission = self.submission.name(self.tree);
        match id {
            Some(id) => id.into(),
            None if self.count == 1 => submission.into(),
            None => [submission, "-", &(self.index + 1).to_string()].concat().into(),
        }
    }

    /// The text that makes this job another than its siblings: the profile's if that is among it.
    fn place(&self) -> Option<NodeId> {
        let fields = &self.variant.fields;
        let profile = fields.iter().find(|(field, _)| *field == JobField::Profile);
        let Some((_, entry)) = profile.or(fields.first()) else { return self.variant.entry };
        // The key of an axis is the same for all; its value is not.
        let axis = self.settings.get(JobField::Matrix).is_some_and(|set| !self.tree.is_null(set.entry.value));
        Some(if axis { entry.value } else { entry.key })
    }
}
