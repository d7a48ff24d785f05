//! The jobs, compared field by field.

use rustc_hash::FxHashMap;

use super::mended::Side;
use super::{Comparison, bases};
use crate::profile::{Field, Section, Setting, SubjectId, fields};
use crate::resolve;
use crate::submission::{Job, JobField, JobSetting, JobSettings, SubmissionId};
use crate::yaml::{Entry, NodeId, Tree};

/// Whether the jobs come to the same, but for what is mended.
pub(super) fn keeps(comparison: &mut Comparison<'_>, other_profiles: &[bool]) -> bool {
    let (old, new) = (comparison.old, comparison.new);
    let (olds, news) = (old.facts.submissions(), new.facts.submissions());
    // Where the submissions could not be found, there is nothing to keep.
    if olds.as_slice().is_empty() {
        return true;
    }
    let family = (olds.as_slice(), olds.cycles());
    let Some(others) = bases::others((old, family), (new, (news.as_slice(), news.cycles()))) else {
        return false;
    };
    let mut jobs = Jobs { comparison, other_profiles, same: FxHashMap::default() };
    olds.all().zip(&others).filter(|(_, is_other)| !**is_other).all(|((id, _), _)| jobs.keep(id))
}

struct Jobs<'c, 'a> {
    comparison: &'c mut Comparison<'a>,
    other_profiles: &'c [bool],
    /// Whether two values say the same: many jobs have the same two.
    same: FxHashMap<(JobField, NodeId, NodeId), bool>,
}

/// A side, what is compared there, and what it is without its place in a fan-out.
#[derive(Clone, Copy)]
struct One<'a> {
    side: Side<'a>,
    submission: SubmissionId,
    settings: &'a JobSettings,
}

/// Where a value comes from, the same before and after a change: two of these are two steps of `replace()`.
type Level = (Section, usize, Option<JobField>, bool);

impl<'a> One<'a> {
    fn tree(&self) -> &'a Tree {
        self.side.facts.tree()
    }

    fn setting(&self, field: JobField) -> Option<JobSetting> {
        self.settings.get(field)
    }

    fn value(&self, field: JobField) -> Option<JobSetting> {
        self.setting(field).filter(|set| !self.tree().is_null(set.entry.value))
    }

    fn level(&self, field: JobField, set: JobSetting) -> Level {
        let shared = self.side.facts.submissions().settings(self.submission);
        let is_varied = shared.get(field) != Some(set);
        (Section::Submissions, set.origin.index(), Some(field), is_varied)
    }

    /// Where a value of the configuration comes from.
    fn config_level(&self, field: Field, setting: Setting) -> Option<Level> {
        let subjects = self.side.facts.subjects();
        if subjects.get(setting.origin).section == Section::Profiles {
            return Some((Section::Profiles, setting.origin.index(), None, false));
        }
        let gpu = self.setting(JobField::GpuType).filter(|_| field == Field::GpuType);
        let by = if gpu.is_some() { JobField::GpuType } else { JobField::CloudConfig };
        Some(self.level(by, self.setting(by)?))
    }
}

impl Jobs<'_, '_> {
    fn keep(&mut self, id: SubmissionId) -> bool {
        let (old, new) = (self.comparison.old, self.comparison.new);
        let (olds, news) = (old.facts.submissions(), new.facts.submissions());
        let one = One { side: old, submission: id, settings: olds.settings(id) };
        let other = One { side: new, submission: id, settings: news.settings(id) };
        if !self.keeps_settings(one, other) {
            return false;
        }
        let making = [JobField::FanOut, JobField::Matrix, JobField::Exclude];
        // Under another key nothing made these jobs before.
        if making.into_iter().any(|field| is_renamed(field, one, other)) {
            return true;
        }
        let (olds, news) = (olds.jobs_of(id), news.jobs_of(id));
        let is_template = one.side.facts.submissions().get(id).is_some_and(|old| old.is_template(one.tree()));
        if olds.is_empty() && !is_template && !self.keeps_own_config(one, other) {
            return false;
        }
        if olds.len() != news.len() {
            return making.into_iter().any(|field| is_mended(field, one, other));
        }
        olds.iter().zip(news).all(|(old, new)| self.keeps_job(old, new))
    }

    fn keeps_job(&mut self, old: &Job, new: &Job) -> bool {
        let one = One { side: self.comparison.old, submission: old.submission, settings: &old.settings };
        let other = One { side: self.comparison.new, submission: new.submission, settings: &new.settings };
        if !self.keeps_settings(one, other) {
            return false;
        }
        let is_other = |profile: Option<SubjectId>| {
            profile.is_some_and(|profile| self.other_profiles.get(profile.index()) == Some(&true))
        };
        // Of another profile, all that it says is another.
        if is_other(old.profile) || is_other(new.profile) || is_mended(JobField::Profile, one, other) {
            return self.keeps_own_config(one, other);
        }
        is_renamed(JobField::CloudConfig, one, other)
            || Field::ALL.into_iter().all(|field| self.keeps_field(field, (one, old), (other, new)))
    }

    /// The fields of a job beside its configuration.
    fn keeps_settings(&mut self, one: One<'_>, other: One<'_>) -> bool {
        JobField::ALL.into_iter().all(|field| match field {
            // The GPU is compared with the rest of the configuration.
            JobField::CloudConfig | JobField::GpuType => true,
            _ if field.makes_jobs() => true,
            _ => self.is_same(field, one, other) || is_mended(field, one, other),
        })
    }

    fn is_same(&mut self, field: JobField, one: One<'_>, other: One<'_>) -> bool {
        let (Some(old), Some(new)) = (one.value(field), other.value(field)) else {
            return one.value(field).is_none() && other.value(field).is_none();
        };
        let (old, new) = (old.entry.value, new.entry.value);
        let catalog = self.comparison.catalog;
        *self.same.entry((field, old, new)).or_insert_with(|| {
            resolve::whole_job_value(one.tree(), catalog, field, old)
                == resolve::whole_job_value(other.tree(), catalog, field, new)
        })
    }

    /// What is said of the configuration beside the profile.
    fn keeps_own_config(&mut self, one: One<'_>, other: One<'_>) -> bool {
        let config = |one: One<'_>| {
            let config = one.value(JobField::CloudConfig);
            let mut set = [None; crate::profile::FIELD_COUNT];
            for (field, entry) in config.into_iter().flat_map(|config| fields(one.tree(), config.entry.value))
            {
                if let Some(slot) = set.get_mut(field as usize) {
                    *slot = Some(entry);
                }
            }
            set
        };
        if is_renamed(JobField::CloudConfig, one, other) {
            return true;
        }
        if !self.is_same(JobField::GpuType, one, other) && !is_mended(JobField::GpuType, one, other) {
            return false;
        }
        let (olds, news) = (config(one), config(other));
        Field::ALL.into_iter().zip(olds.into_iter().zip(news)).all(|(field, (old, new))| {
            let value =
                |one: One<'_>, entry: Option<Entry>| entry.filter(|entry| !one.tree().is_null(entry.value));
            let is_mended =
                |one: One<'_>, entry: Option<Entry>| entry.is_some_and(|entry| one.side.is_mended(entry));
            self.comparison.is_same(field, value(one, old), value(other, new))
                || is_mended(one, old)
                || is_mended(other, new)
        })
    }

    fn keeps_field(&mut self, field: Field, old: (One<'_>, &Job), new: (One<'_>, &Job)) -> bool {
        let ((one, old), (other, new)) = (old, new);
        let (olds, news) = (one.side.facts.subjects(), other.side.facts.subjects());
        let value = |setting: Option<Setting>| setting.map(|setting| setting.entry);
        if self.comparison.is_same(
            field,
            value(olds.value(old.subject, field)),
            value(news.value(new.subject, field)),
        ) {
            return true;
        }
        let (old, new) = (olds.setting(old.subject, field), news.setting(new.subject, field));
        if old.is_some_and(|old| one.side.is_mended(old.entry)) {
            return true;
        }
        let level = |one: One<'_>, setting: Option<Setting>| one.config_level(field, setting?);
        level(one, old) != level(other, new) && new.is_some_and(|new| other.side.is_mended(new.entry))
    }
}

/// Whether a field is mended: where it was set, or where it is set now and was not.
fn is_mended(field: JobField, one: One<'_>, other: One<'_>) -> bool {
    is_touched(field, one, other, |one, set| one.side.is_mended(set.entry))
}

/// The same of its key alone.
fn is_renamed(field: JobField, one: One<'_>, other: One<'_>) -> bool {
    is_touched(field, one, other, |one, set| one.side.touches(set.entry.key))
}

fn is_touched(
    field: JobField,
    one: One<'_>,
    other: One<'_>,
    touches: impl Fn(One<'_>, JobSetting) -> bool,
) -> bool {
    let (old, new) = (one.setting(field), other.setting(field));
    if old.is_some_and(|old| touches(one, old)) {
        return true;
    }
    let level = |one: One<'_>, set: Option<JobSetting>| set.map(|set| one.level(field, set));
    level(one, old) != level(other, new) && new.is_some_and(|new| touches(other, new))
}
