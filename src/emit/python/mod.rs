//! Profiles and jobs as a Python module that computes the same values with the SDK.
//!
//! Up to 0.1.60 a profile is a `CloudConfig`, a job a `Submission`, and inheritance is their `replace()`. Since 0.1.63
//! there are neither: a profile is a dictionary, a job a call of `Client.submit`. What the configuration does not take
//! stands beside it, in variables of its own: the GPU, and in 0.1.70 the names of saved credentials.

mod call;
mod config;
mod dictionary;
mod jobs;
mod layout;
mod names;
mod submission;

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use self::layout::Expression;
use self::names::Names;
use super::datum::{self, Datum};
use super::{Refusal, Wanted};
use crate::profile::{Field, Section, Setting, SubjectId, Subjects};
use crate::resolve::NAMED_CREDENTIALS;
use crate::sdk::Sdk;
use crate::submission::SubmissionId;
use crate::yaml::Entry;

/// The generation of the SDK to write for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Generation {
    /// Up to 0.1.62: `CloudConfig(…)` and its `replace()`. Written for 0.1.60.
    Classes,
    /// Since 0.1.63: dictionaries. Written for 0.1.70.
    #[default]
    Dictionaries,
}

impl Generation {
    /// The version that is written for.
    pub const fn sdk(self) -> Sdk {
        match self {
            Self::Classes => Sdk::V0_1_60,
            Self::Dictionaries => Sdk::V0_1_70,
        }
    }
}

/// The wanted profiles and jobs, and all that they extend, as the text of a Python module.
///
/// # Errors
/// What that version of the SDK can't say, in all of them.
pub fn module(wanted: &Wanted<'_>, generation: Generation) -> Result<String, Vec<Refusal>> {
    let mut module = Module::new(wanted, generation);
    if !module.refusals.is_empty() {
        return Err(module.refusals);
    }
    for id in module.order.clone() {
        module.configuration(id);
    }
    module.table_of_profiles();
    match generation {
        Generation::Classes => module.submissions(),
        Generation::Dictionaries => module.calls(),
    }
    Ok(module.head() + &module.blocks.join("\n\n") + "\n")
}

/// A module in the making.
struct Module<'w, 'p> {
    wanted: &'w Wanted<'p>,
    generation: Generation,
    /// The configurations to write: profiles, bases first, then those that jobs have for themselves.
    order: Vec<SubjectId>,
    /// Which configuration each job runs with: a profile's, or its own.
    configurations: jobs::Configurations,
    /// Profiles that this version can't say, though it can say some of their heirs.
    unsayable: FxHashSet<SubjectId>,
    names: Names,
    variables: FxHashMap<SubjectId, String>,
    /// The names of jobs that have variables.
    stems: FxHashMap<SubjectId, String>,
    /// The variables of submissions.
    bases: FxHashMap<SubmissionId, String>,
    /// What submissions set, once for all jobs that inherit it.
    values: FxHashMap<Entry, Expression>,
    /// The variables that stand beside a configuration.
    beside: FxHashMap<(SubjectId, Field), String>,
    /// What is read from the environment.
    environment: Names,
    environment_order: Vec<String>,
    /// What is imported from `anycloud.types`.
    imports: BTreeSet<&'static str>,
    /// The statements that make each profile and job.
    blocks: Vec<String>,
    refusals: Vec<Refusal>,
}

impl<'w, 'p> Module<'w, 'p> {
    fn new(wanted: &'w Wanted<'p>, generation: Generation) -> Self {
        let mut module = Self {
            wanted,
            generation,
            order: with_bases(wanted),
            configurations: jobs::Configurations::new(wanted),
            unsayable: FxHashSet::default(),
            names: Names::default(),
            variables: FxHashMap::default(),
            stems: FxHashMap::default(),
            bases: FxHashMap::default(),
            values: FxHashMap::default(),
            beside: FxHashMap::default(),
            environment: Names::default(),
            environment_order: Vec::new(),
            imports: BTreeSet::new(),
            blocks: Vec::new(),
            refusals: Vec::new(),
        };
        module.order.extend(module.configurations.own());
        if generation == Generation::Classes {
            module.leave_out_what_can_not_be_said();
        }
        module.refuse_jobs();
        module.name_profiles();
        module.name_jobs();
        module
    }

    fn subjects(&self) -> &'w Subjects {
        self.wanted.facts.subjects()
    }

    /// A base that can't be said is no matter: its heirs are written out in full. What is wanted itself is refused.
    fn leave_out_what_can_not_be_said(&mut self) {
        let subjects = self.subjects();
        let named: FxHashSet<SubjectId> = self.wanted.profiles().iter().copied().collect();
        let mut wanted = named.clone();
        wanted.extend(self.wanted.jobs().iter().filter_map(|job| self.configurations.of(job)));
        let mut told = FxHashSet::default();
        for id in std::mem::take(&mut self.order) {
            let mut found = config::refusals(&datum::fields(self.wanted, id));
            // The GPU stands beside a configuration: whoever runs with it may take another.
            let is_said = found.iter().all(|(field, ..)| *field == Field::GpuType);
            found.retain(|(field, ..)| *field != Field::GpuType || named.contains(&id));
            if is_said {
                self.order.push(id);
            } else {
                self.unsayable.insert(id);
            }
            for (field, path, reason) in found.into_iter().filter(|_| wanted.contains(&id)) {
                let origin = subjects.setting(id, field).map_or(id, |setting| setting.origin);
                if told.insert((origin, path.clone())) {
                    let subject = self.wanted.name(origin).to_owned();
                    let reason = format!("{reason} in SDK {}", self.generation.sdk());
                    self.refusals.push(Refusal { subject, field: path, reason });
                }
            }
        }
    }

    /// What a configuration is written on top of: none where one of its bases is not written. That of a job has its
    /// profile.
    fn bases(&self, id: SubjectId) -> Vec<SubjectId> {
        let subjects = self.subjects();
        let is_profile = |id: &SubjectId| subjects.get(*id).section == Section::Profiles;
        let bases: Vec<SubjectId> = subjects.bases(id).filter(is_profile).collect();
        if bases.iter().any(|base| self.unsayable.contains(base)) { Vec::new() } else { bases }
    }

    /// Profiles get their names first, those that run before the templates: nothing else takes them.
    fn name_profiles(&mut self) {
        let subjects = self.subjects();
        let is_profile = |id: &SubjectId| subjects.get(*id).section == Section::Profiles;
        let mut ids: Vec<SubjectId> = self.order.iter().copied().filter(is_profile).collect();
        let suffixes: Vec<String> = suffixes().map(|(_, suffix)| suffix).collect();
        ids.sort_by_key(|id| (subjects.is_template(*id), *id));
        for id in ids {
            let variable = self.names.variable(self.wanted.name(id), &suffixes);
            self.variables.insert(id, variable);
        }
    }

    fn variable(&self, id: SubjectId) -> String {
        self.variables.get(&id).cloned().unwrap_or_default()
    }

    /// What the variables around a configuration begin with.
    fn stem(&self, id: SubjectId) -> String {
        self.stems.get(&id).cloned().unwrap_or_else(|| self.variable(id))
    }

    fn configuration(&mut self, id: SubjectId) {
        let own = self.own(id);
        let mut lines = match self.generation {
            Generation::Classes => self.config(id, &own),
            Generation::Dictionaries => self.dictionary(id, &own),
        };
        lines.extend(self.variables_beside(id, &own));
        self.blocks.push(lines.join("\n"));
    }

    /// Whether a configuration sets something itself. What the parts of a submission set is its jobs' own.
    fn is_own(&self, id: SubjectId, setting: Setting) -> bool {
        let section = |id| self.subjects().get(id).section;
        setting.origin == id
            || section(setting.origin) != Section::Profiles && section(id) != Section::Profiles
    }

    /// What a configuration says itself: everything, where it has no base.
    fn own(&self, id: SubjectId) -> FxHashMap<Field, Datum> {
        let subjects = self.subjects();
        let is_whole = self.bases(id).is_empty();
        let fields = datum::fields(self.wanted, id).into_iter();
        let own = fields.filter_map(|(name, value)| Some((Field::from_name(&name)?, value)));
        own.filter(|(field, _)| {
            is_whole || subjects.setting(id, *field).is_some_and(|setting| self.is_own(id, setting))
        })
        .collect()
    }

    /// The last of a configuration's bases that says anything about a field.
    fn base_with(&self, id: SubjectId, field: Field) -> Option<SubjectId> {
        let bases = self.bases(id).into_iter().rev();
        bases.into_iter().find(|base| self.subjects().setting(*base, field).is_some())
    }

    /// Whether a configuration's value for a field stands beside it.
    fn is_beside(&self, id: SubjectId, field: Field) -> bool {
        let Some(setting) = self.subjects().value(id, field) else { return false };
        match self.generation {
            _ if field == Field::GpuType => true,
            Generation::Classes => false,
            Generation::Dictionaries => {
                NAMED_CREDENTIALS.iter().any(|(named, _)| *named == field)
                    && self.subjects().tree().str(setting.entry.value).is_some()
            }
        }
    }

    /// `west_gpu = "h100:8"`, or the base's variable where it is inherited.
    fn variables_beside(&mut self, id: SubjectId, own: &FxHashMap<Field, Datum>) -> Vec<String> {
        let mut lines = Vec::new();
        for (field, suffix) in suffixes() {
            // Each job says its GPU for itself.
            let is_jobs = field == Field::GpuType && self.stems.contains_key(&id);
            if !self.is_beside(id, field) || is_jobs {
                continue;
            }
            let value = if let Some(value) = own.get(&field) {
                self.value(&self.stem(id), &[field.name()], value)
            } else {
                let base = self.base_with(id, field).and_then(|base| self.beside.get(&(base, field)));
                Expression::atom(base.cloned().unwrap_or_default())
            };
            let name = names::beside(&self.stem(id), &suffix);
            lines.push(layout::assignment(&name, &value));
            self.beside.insert((id, field), name);
        }
        lines
    }

    /// A value as Python; `path` leads to it from its owner.
    fn value(&mut self, owner: &str, path: &[&str], value: &Datum) -> Expression {
        match value {
            Datum::Secret => self.secret(owner, path),
            Datum::Bool(true) => Expression::atom("True"),
            Datum::Bool(false) => Expression::atom("False"),
            Datum::Number(number) => Expression::atom(number.clone()),
            Datum::Text(text) => Expression::text(text),
            Datum::List(list) => {
                let items: Vec<Expression> = list.iter().map(|item| self.value(owner, path, item)).collect();
                Expression::list(items)
            }
            Datum::Map(entries) => {
                let items = entries.iter().map(|(key, value)| {
                    let path: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
                    (format!("{}: ", layout::quote(key)), self.value(owner, &path, value))
                });
                let items = items.collect();
                Expression::dict(items)
            }
        }
    }

    /// `os.environ["WEST_CREDENTIALS_SECRET_ACCESS_KEY"]`
    fn secret(&mut self, owner: &str, path: &[&str]) -> Expression {
        let mut name = owner.trim_matches('_').to_uppercase();
        for part in path {
            // A variable of the job's environment has a name of its own.
            let is_field = part.contains(|c: char| c.is_ascii_lowercase());
            let part = if is_field { names::snake_case(part) } else { (*part).to_owned() };
            name = format!("{name}_{}", names::word(&part).to_uppercase());
        }
        // A digit can't begin a name that a shell can set.
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            name.insert_str(0, "PROFILE_");
        }
        let name = self.environment.free(name);
        let key = layout::quote(&name);
        self.environment_order.push(name);
        Expression::Index { of: "os.environ", key }
    }

    fn table_of_profiles(&mut self) {
        let Some(profiles) = self.wanted.profiles else { return };
        let named = profiles.iter().map(|id| {
            let key = layout::quote(self.wanted.name(*id));
            (format!("{key}: "), Expression::atom(self.variable(*id)))
        });
        let all = layout::assignment("profiles", &Expression::dict(named.collect()));
        self.blocks.push(all);
    }

    /// The module's documentation and imports.
    fn head(&self) -> String {
        let what = match (self.wanted.profiles, self.wanted.jobs) {
            (Some(_), Some(_)) => "Deployment profiles and jobs",
            (None, Some(_)) => "Jobs",
            _ => "Deployment profiles",
        };
        let mut head = format!("\"\"\"{what} for anycloud-sdk {}.", self.generation.sdk());
        if self.environment_order.is_empty() {
            head.push_str("\"\"\"\n\n");
        } else {
            head.push_str("\n\nSecrets are read from the environment:\n");
            for name in &self.environment_order {
                head = format!("{head}    {name}\n");
            }
            head.push_str("\"\"\"\n\nimport os\n\n");
        }
        if !self.imports.is_empty() {
            let names: Vec<(String, Expression)> =
                self.imports.iter().map(|name| (String::new(), Expression::atom(*name))).collect();
            let module = match self.generation {
                Generation::Classes => "anycloud.types",
                Generation::Dictionaries => "anycloud_workflows",
            };
            head = format!("{head}{}\n\n", layout::import(module, names));
        }
        head
    }
}

/// What can stand beside a profile, and how its variable ends.
fn suffixes() -> impl Iterator<Item = (Field, String)> {
    let credentials = NAMED_CREDENTIALS.map(|(field, name)| (field, names::snake_case(name)));
    credentials.into_iter().chain(std::iter::once((Field::GpuType, "gpu".to_owned())))
}

/// The wanted profiles, those of the wanted jobs, and all that they inherit from, bases first.
fn with_bases(wanted: &Wanted<'_>) -> Vec<SubjectId> {
    let subjects = wanted.facts.subjects();
    let mut needed: FxHashSet<SubjectId> = FxHashSet::default();
    let mut open = wanted.profiles().to_vec();
    open.extend(wanted.jobs().iter().filter_map(|job| job.profile));
    while let Some(id) = open.pop() {
        if needed.insert(id) {
            open.extend(subjects.bases(id));
        }
    }
    subjects.bases_first().into_iter().filter(|id| needed.contains(id)).collect()
}
