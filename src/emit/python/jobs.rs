//! What both versions of the SDK have in common about jobs: their configurations, their names, their fields.

use rustc_hash::{FxHashMap, FxHashSet};

use super::layout::Expression;
use super::{Datum, Generation, Module, datum, names, suffixes};
use crate::emit::{Refusal, Wanted};
use crate::profile::{Field, SubjectId};
use crate::resolve::NAMED_CREDENTIALS;
use crate::sdk::docker_option_since;
use crate::submission::{Job, JobField, JobSetting};
use crate::yaml::Entry;

/// The fields of a job beside its configuration, with the names of their arguments in either version.
pub(super) const ARGUMENTS: [(JobField, &str, &str); 6] = [
    (JobField::Image, "image", "image"),
    (JobField::Env, "env", "env"),
    (JobField::Secrets, "secrets", "secrets"),
    (JobField::DockerOptions, "docker_options", "docker_options"),
    (JobField::Command, "command", "command"),
    (JobField::Id, "deployment_id", "workload_id"),
];

/// Which configuration each job runs with.
#[derive(Debug, Default)]
pub(super) struct Configurations {
    of: FxHashMap<SubjectId, SubjectId>,
    own: Vec<SubjectId>,
}

impl Configurations {
    /// A job that changes nothing runs with its profile. Those that change the same share what comes of it. The GPU stands
    /// beside it.
    pub(super) fn new(wanted: &Wanted<'_>) -> Self {
        let (subjects, tree) = (wanted.facts.subjects(), wanted.facts.tree());
        let settings = |id: SubjectId| -> Vec<Option<Entry>> {
            let fields = Field::ALL.into_iter().filter(|field| *field != Field::GpuType);
            fields.map(|field| subjects.setting(id, field).map(|setting| setting.entry)).collect()
        };
        let mut configurations = Self::default();
        let mut seen: FxHashMap<Vec<Option<Entry>>, SubjectId> = FxHashMap::default();
        for job in wanted.jobs().iter().filter(|job| job.value(tree, JobField::Deployment).is_none()) {
            let wants = settings(job.subject);
            let profile = job.profile.filter(|profile| settings(*profile) == wants);
            let id = profile.or_else(|| seen.get(&wants).copied()).unwrap_or_else(|| {
                configurations.own.push(job.subject);
                seen.insert(wants, job.subject);
                job.subject
            });
            configurations.of.insert(job.subject, id);
        }
        configurations
    }

    /// The configuration of a job; nothing for one that goes to a deployment.
    pub(super) fn of(&self, job: &Job) -> Option<SubjectId> {
        self.of.get(&job.subject).copied()
    }

    /// Those that are no profile's.
    pub(super) fn own(&self) -> impl Iterator<Item = SubjectId> {
        self.own.iter().copied()
    }
}

impl Module<'_, '_> {
    /// Refuses what jobs say and this version has no argument for: once, where it is written.
    pub(super) fn refuse_jobs(&mut self) {
        let mut told: FxHashSet<Entry> = FxHashSet::default();
        for job in self.wanted.jobs() {
            for field in JobField::ALL.into_iter().filter(|field| field.is_wire()) {
                let Some(set) = job.value(self.wanted.facts.tree(), field) else { continue };
                if told.insert(set.entry) {
                    self.refuse_field(field, set);
                }
            }
            match self.generation {
                Generation::Classes => self.refuse_gpus(job, &mut told),
                Generation::Dictionaries => self.refuse_storage_credentials(job, &mut told),
            }
        }
    }

    fn refuse_field(&mut self, field: JobField, set: JobSetting) {
        let is_said = match field {
            JobField::GpuType => true,
            JobField::Deployment => self.generation == Generation::Dictionaries,
            _ => ARGUMENTS.iter().any(|(argument, ..)| *argument == field),
        };
        let facts = self.wanted.facts;
        let subject = self.wanted.submission_name(set.origin).to_owned();
        let refusal = |field: String, reason: String| Refusal { subject: subject.clone(), field, reason };
        if !is_said {
            let place = match self.generation {
                Generation::Classes => "`Submission`",
                Generation::Dictionaries => "`Client.submit`",
            };
            let reason = format!("has no place in {place} of SDK {}", self.generation.sdk());
            self.refusals.push(refusal(field.name().to_owned(), reason));
        }
        if field == JobField::DockerOptions && self.generation == Generation::Classes {
            let options =
                facts.tree().entries(set.entry.value).iter().map(|entry| facts.tree().key(entry.key));
            let later = options.filter(|option| docker_option_since(option).is_some());
            let refusals = later.map(|option| {
                let field = format!("{}.{option}", field.name());
                refusal(field, format!("has no place in `DockerOptions` of SDK {}", self.generation.sdk()))
            });
            self.refusals.extend(refusals);
        }
    }

    /// The call takes the name of one credential; those of storage have a place in the API's body only.
    fn refuse_storage_credentials(&mut self, job: &Job, told: &mut FxHashSet<Entry>) {
        let Some(id) = self.configurations.of(job) else { return };
        for (field, _) in NAMED_CREDENTIALS.into_iter().filter(|(field, _)| *field != Field::Credentials) {
            let Some(setting) = self.subjects().value(id, field) else { continue };
            if self.is_beside(id, field) && told.insert(setting.entry) {
                self.refusals.push(Refusal {
                    subject: self.wanted.name(setting.origin).to_owned(),
                    field: field.name().to_owned(),
                    reason: format!(
                        "by name has no place in `Client.submit` of SDK {}",
                        self.generation.sdk()
                    ),
                });
            }
        }
    }

    fn refuse_gpus(&mut self, job: &Job, told: &mut FxHashSet<Entry>) {
        let subjects = self.subjects();
        let Some(setting) = subjects.value(job.subject, Field::GpuType) else { return };
        let fields = datum::fields(self.wanted, job.subject);
        let is_gpu =
            |(name, gpu): &(String, Datum)| name == Field::GpuType.name() && matches!(gpu, Datum::List(_));
        let is_list = fields.iter().any(is_gpu);
        let is_profiles = self.wanted.profiles().contains(&setting.origin);
        if is_list && !is_profiles && told.insert(setting.entry) {
            self.refusals.push(Refusal {
                subject: self.wanted.name(setting.origin).to_owned(),
                field: Field::GpuType.name().to_owned(),
                reason: format!("takes one GPU, not a list, in SDK {}", self.generation.sdk()),
            });
        }
    }

    /// Names the variables of jobs. In 0.1.70 only a configuration of its own needs any.
    pub(super) fn name_jobs(&mut self) {
        let suffixes: Vec<String> =
            suffixes().map(|(_, suffix)| suffix).chain(std::iter::once("config".to_owned())).collect();
        for job in self.wanted.jobs() {
            let is_own = self.configurations.of(job) == Some(job.subject);
            if !is_own && self.generation == Generation::Dictionaries {
                continue;
            }
            let stem = self.names.variable(self.wanted.names.shown(&job.name), &suffixes);
            self.variables.insert(job.subject, names::beside(&stem, "config"));
            self.stems.insert(job.subject, stem);
        }
    }

    /// What an entry of a submission sets a field to; nothing where that is `null`.
    pub(super) fn job_value(&mut self, field: JobField, set: JobSetting) -> Option<Expression> {
        if let Some(value) = self.values.get(&set.entry) {
            return Some(value.clone());
        }
        let datum = datum::job_field(self.wanted, set.entry)?;
        let owner = names::word(self.wanted.submission_name(set.origin));
        let value = self.value(&owner, &[field.name()], &datum);
        self.values.insert(set.entry, value.clone());
        Some(value)
    }

    /// The variable of the name of the credential that a job runs with.
    pub(super) fn job_credential(&self, job: &Job) -> Option<Expression> {
        let id = self.configurations.of(job)?;
        self.beside.get(&(id, Field::Credentials)).map(Expression::atom)
    }

    /// The GPU of a job: its profile's variable, or what it says itself.
    pub(super) fn gpu(&mut self, job: &Job) -> Option<Expression> {
        self.configurations.of(job)?;
        let gpu = |id| self.subjects().value(id, Field::GpuType);
        let setting = gpu(job.subject)?;
        if let Some(profile) = job.profile.filter(|profile| gpu(*profile) == Some(setting)) {
            return self.beside.get(&(profile, Field::GpuType)).map(Expression::atom);
        }
        let fields = datum::fields(self.wanted, job.subject);
        let (name, gpu) = fields.iter().find(|(name, _)| name == Field::GpuType.name())?;
        Some(self.value(&names::word(self.wanted.names.shown(&job.name)), &[name], gpu))
    }

    /// The wanted jobs by submission, each made to an expression.
    pub(super) fn by_submission(&mut self, say: impl Fn(&mut Self, &Job) -> Expression) -> Expression {
        let mut lists: Vec<(String, Expression)> = Vec::new();
        for jobs in self.wanted.jobs().chunk_by(|one, other| one.submission == other.submission) {
            let Some(first) = jobs.first() else { continue };
            let name = super::layout::quote(self.wanted.submission_name(first.submission));
            let jobs: Vec<Expression> = jobs.iter().map(|job| say(self, job)).collect();
            lists.push((format!("{name}: "), Expression::list(jobs)));
        }
        Expression::dict(lists)
    }
}
