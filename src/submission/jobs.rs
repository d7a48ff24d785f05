//! From submissions to jobs, each with its configuration among the subjects.

use rustc_hash::FxHashMap;

use super::expand::{self, Expansion, Variant};
use super::{Excess, Job, JobField, JobSettings, MAX_JOBS_IN_FILE, SubmissionId, Submissions, is_mapping};
use crate::profile::{Base, Field, Section, Setting, Settings, Subject, SubjectId, Subjects, fields};
use crate::yaml::{Entry, NodeId, Tree};

/// Which subject stands for a piece of text that sets a field: what several jobs share is one cause.
type Origins = FxHashMap<Entry, SubjectId>;

/// What each job of a submission sets on top of it.
type Variants = Vec<Variant>;

impl Submissions {
    pub(super) fn make_jobs(&mut self, tree: &Tree, subjects: &mut Subjects) {
        let expansions = self.expansions(tree);
        let origins = &mut self.shared(tree, subjects, &expansions);
        let count = expansions.iter().map(|(_, jobs)| jobs.len()).sum();
        self.jobs.reserve_exact(count);
        subjects.reserve(count);
        for (id, jobs) in expansions {
            let Some(submission) = self.all.get(id.index()) else { continue };
            let count = jobs.len();
            for (index, variant) in jobs.iter().enumerate() {
                let mut settings = *self.settings(id);
                expand::set(&mut settings, id, &variant.fields);
                let making = Making { tree, submission, settings, variant, index, count };
                self.jobs.push(making.job(id, subjects, origins));
            }
        }
    }

    /// What each submission that runs comes to.
    fn expansions(&mut self, tree: &Tree) -> Vec<(SubmissionId, Variants)> {
        let mut expansions = Vec::new();
        let mut products = expand::Products::default();
        let mut total = 0;
        for (index, submission) in self.all.iter().enumerate() {
            let id = SubmissionId::new(index);
            if submission.is_template(tree) || !is_mapping(tree, submission.entry) {
                continue;
            }
            match expand::expand(tree, self.settings(id), &mut products) {
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
            let config: Vec<(Field, Entry)> = configuration(tree, self.own(id)).collect();
            if config.is_empty() {
                continue;
            }
            let mut subject = submission.clone();
            subject.bases = Vec::new();
            (subject.is_complete, subject.is_part) = (true, true);
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

/// The fields of a configuration that a submission or a part of a fan-out sets: `cloudConfig` first, then `gpuType`,
/// which beats it.
fn configuration(tree: &Tree, own: &[(JobField, Entry)]) -> impl Iterator<Item = (Field, Entry)> {
    let last =
        |wanted: JobField| own.iter().rev().find(move |(field, _)| *field == wanted).map(|(_, entry)| *entry);
    let inside = last(JobField::CloudConfig).into_iter().flat_map(|config| fields(tree, config.value));
    inside.chain(last(JobField::GpuType).map(|entry| (Field::GpuType, entry)))
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
    fn job(&self, id: SubmissionId, subjects: &mut Subjects, origins: &mut Origins) -> Job {
        let value = |field| {
            let setting = expand::setting(&self.settings, field);
            setting.map(|setting| setting.entry).filter(|entry| !self.tree.is_null(entry.value))
        };
        let text = |field| value(field).and_then(|entry| self.tree.str(entry.value));
        let name = self.name(text(JobField::Id));
        let profile_entry = value(JobField::Profile);
        let profile = text(JobField::Profile).and_then(|name| subjects.named(name)).map(|profile| profile.id);
        let subject_id = subjects.next_id();
        let mut settings: Settings = profile.map_or([None; _], |profile| subjects.settings(profile));
        let mut bases = Vec::new();
        let node = profile_entry.map_or(self.submission.entry.key, |entry| entry.value);
        bases.extend(profile.map(|profile| Base { node, subject: Some(profile) }));
        let own: Vec<(JobField, Entry)> = [JobField::CloudConfig, JobField::GpuType]
            .into_iter()
            .filter_map(|field| Some((field, expand::setting(&self.settings, field)?.entry)))
            .collect();
        for (field, entry) in configuration(self.tree, &own) {
            let origin = *origins.entry(entry).or_insert(subject_id);
            if origin != subject_id && !bases.iter().any(|base| base.subject == Some(origin)) {
                bases.push(Base { node: entry.key, subject: Some(origin) });
            }
            if let Some(slot) = settings.get_mut(field as usize) {
                *slot = Some(Setting { entry, origin });
            }
        }
        let config = value(JobField::CloudConfig);
        let is_known = profile_entry.is_none() == profile.is_none();
        let is_complete = self.submission.is_complete
            && is_known
            && config.is_none_or(|config| is_mapping(self.tree, config))
            && profile.is_none_or(|profile| subjects.get(profile).is_complete);
        let title = match text(JobField::Profile) {
            Some(profile) => format!("{name}: profile {profile}"),
            None => name.to_string(),
        };
        let mut subject = self.submission.clone();
        subject.section = Section::Submissions;
        subject.name = Some(title.into());
        (subject.bases, subject.extends) = (bases, None);
        subject.is_complete = is_complete;
        let at = self.place();
        subject.at = at.or(profile_entry.map(|entry| entry.key));
        let subject = subjects.add_settled(subject, &settings);
        Job { name, submission: id, index: self.index, settings: self.settings, subject, profile, at }
    }

    fn name(&self, id: Option<&str>) -> Box<str> {
        let submission = self.submission.name(self.tree);
        match id {
            Some(id) => id.into(),
            None if self.count == 1 => submission.into(),
            None => format!("{submission}-{}", self.index + 1).into(),
        }
    }

    /// The text that makes this job another than its siblings: the profile's if that is among it.
    fn place(&self) -> Option<NodeId> {
        let fields = &self.variant.fields;
        let profile = fields.iter().find(|(field, _)| *field == JobField::Profile);
        let Some((_, entry)) = profile.or(fields.first()) else { return self.variant.entry };
        // The key of an axis is the same for all; its value is not.
        let axis = expand::setting(&self.settings, JobField::Matrix)
            .is_some_and(|set| !self.tree.is_null(set.entry.value));
        Some(if axis { entry.value } else { entry.key })
    }
}
