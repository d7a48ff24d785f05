//! Profiles as a Python module that computes the same values with the SDK.
//!
//! Up to 0.1.60 a profile is a `CloudConfig` and inheritance is its `replace()`. Since 0.1.63 there is neither: a
//! profile is a dictionary. What neither takes stands beside it, in variables of its own: the GPU, and in
//! 0.1.70 the names of saved credentials.

mod config;
mod dictionary;
mod layout;
mod names;

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use self::layout::Expression;
use self::names::Names;
use super::datum::{self, Datum};
use super::{Refusal, Wanted};
use crate::profile::{Field, SubjectId};
use crate::resolve::NAMED_CREDENTIALS;

/// The generation of the SDK to write for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sdk {
    /// `CloudConfig(…)` and its `replace()`.
    V0_1_60,
    /// Dictionaries.
    #[default]
    V0_1_70,
}

impl Sdk {
    /// The version.
    pub const fn version(self) -> &'static str {
        match self {
            Self::V0_1_60 => "0.1.60",
            Self::V0_1_70 => "0.1.70",
        }
    }
}

/// The wanted profiles, and those that they extend, as the text of a Python module.
///
/// # Errors
/// What that version of the SDK can't say, in all of them.
pub fn module(wanted: &Wanted<'_>, sdk: Sdk) -> Result<String, Vec<Refusal>> {
    let mut module = Module::new(wanted, sdk);
    if !module.refusals.is_empty() {
        return Err(module.refusals);
    }
    for id in module.order.clone() {
        module.profile(id);
    }
    Ok(module.finish())
}

/// A module in the making.
struct Module<'w, 'p> {
    wanted: &'w Wanted<'p>,
    sdk: Sdk,
    /// The profiles to write, bases first.
    order: Vec<SubjectId>,
    /// Profiles that this version can't say, though it can say some of their heirs.
    unsayable: FxHashSet<SubjectId>,
    names: Names,
    variables: FxHashMap<SubjectId, String>,
    /// The variables that stand beside a profile.
    beside: FxHashMap<(SubjectId, Field), String>,
    /// What is read from the environment.
    environment: Names,
    environment_order: Vec<String>,
    /// What is imported from `anycloud.types`.
    imports: BTreeSet<&'static str>,
    /// The statements that make each profile.
    blocks: Vec<String>,
    refusals: Vec<Refusal>,
}

impl<'w, 'p> Module<'w, 'p> {
    fn new(wanted: &'w Wanted<'p>, sdk: Sdk) -> Self {
        let mut module = Self {
            wanted,
            sdk,
            order: with_bases(wanted),
            unsayable: FxHashSet::default(),
            names: Names::default(),
            variables: FxHashMap::default(),
            beside: FxHashMap::default(),
            environment: Names::default(),
            environment_order: Vec::new(),
            imports: BTreeSet::new(),
            blocks: Vec::new(),
            refusals: Vec::new(),
        };
        if sdk == Sdk::V0_1_60 {
            module.leave_out_what_can_not_be_said();
        }
        module.name_profiles();
        module
    }

    /// A base that can't be said is no matter: its heirs are written out in full. A wanted profile is refused.
    fn leave_out_what_can_not_be_said(&mut self) {
        let subjects = self.wanted.subjects;
        let mut told = FxHashSet::default();
        for id in std::mem::take(&mut self.order) {
            let found = config::refusals(&datum::fields(self.wanted, id));
            if found.is_empty() {
                self.order.push(id);
                continue;
            }
            self.unsayable.insert(id);
            for (field, path, reason) in found.into_iter().filter(|_| self.wanted.ids.contains(&id)) {
                let origin = subjects.setting(id, field).map_or(id, |setting| setting.origin);
                if told.insert((origin, path.clone())) {
                    let subject = self.wanted.name(origin).to_owned();
                    let reason = format!("{reason} in SDK {}", self.sdk.version());
                    self.refusals.push(Refusal { subject, field: path, reason });
                }
            }
        }
    }

    /// What a profile is written on top of: none where one of its bases is not written.
    fn bases(&self, id: SubjectId) -> Vec<SubjectId> {
        let bases: Vec<SubjectId> = self.wanted.subjects.bases(id).collect();
        if bases.iter().any(|base| self.unsayable.contains(base)) { Vec::new() } else { bases }
    }

    /// Profiles get their names first, those that run before the templates: nothing else takes them.
    fn name_profiles(&mut self) {
        let subjects = self.wanted.subjects;
        let mut ids = self.order.clone();
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

    fn profile(&mut self, id: SubjectId) {
        let own = self.own(id);
        let mut lines = match self.sdk {
            Sdk::V0_1_60 => self.config(id, &own),
            Sdk::V0_1_70 => self.dictionary(id, &own),
        };
        lines.extend(self.variables_beside(id, &own));
        self.blocks.push(lines.join("\n"));
    }

    /// What a profile says itself: everything, where it has no base.
    fn own(&self, id: SubjectId) -> FxHashMap<Field, Datum> {
        let subjects = self.wanted.subjects;
        let is_whole = self.bases(id).is_empty();
        let fields = datum::fields(self.wanted, id).into_iter();
        let own = fields.filter_map(|(name, value)| Some((Field::from_name(&name)?, value)));
        own.filter(|(field, _)| {
            is_whole || subjects.setting(id, *field).is_some_and(|setting| setting.origin == id)
        })
        .collect()
    }

    /// The last of a profile's bases that says anything about a field.
    fn base_with(&self, id: SubjectId, field: Field) -> Option<SubjectId> {
        let bases = self.bases(id).into_iter().rev();
        bases.into_iter().find(|base| self.wanted.subjects.setting(*base, field).is_some())
    }

    /// Whether a profile's value for a field stands beside it.
    fn is_beside(&self, id: SubjectId, field: Field) -> bool {
        let Some(setting) = self.wanted.subjects.value(id, field) else { return false };
        match self.sdk {
            _ if field == Field::GpuType => true,
            Sdk::V0_1_60 => false,
            Sdk::V0_1_70 => {
                NAMED_CREDENTIALS.iter().any(|(named, _)| *named == field)
                    && self.wanted.subjects.tree().str(setting.entry.value).is_some()
            }
        }
    }

    /// `west_gpu = "h100:8"`, or the base's variable where it is inherited.
    fn variables_beside(&mut self, id: SubjectId, own: &FxHashMap<Field, Datum>) -> Vec<String> {
        let mut lines = Vec::new();
        for (field, suffix) in suffixes() {
            if !self.is_beside(id, field) {
                continue;
            }
            let value = if let Some(value) = own.get(&field) {
                self.value(id, &[field.name()], value)
            } else {
                let base = self.base_with(id, field).and_then(|base| self.beside.get(&(base, field)));
                Expression::atom(base.cloned().unwrap_or_default())
            };
            let name = names::beside(&self.variable(id), &suffix);
            lines.push(layout::assignment(&name, &value));
            self.beside.insert((id, field), name);
        }
        lines
    }

    /// A value of a profile as Python; `path` leads to it.
    fn value(&mut self, id: SubjectId, path: &[&str], value: &Datum) -> Expression {
        match value {
            Datum::Secret => self.secret(id, path),
            Datum::Bool(true) => Expression::atom("True"),
            Datum::Bool(false) => Expression::atom("False"),
            Datum::Number(number) => Expression::atom(number.clone()),
            Datum::Text(text) => Expression::text(text),
            Datum::List(list) => {
                let items: Vec<Expression> = list.iter().map(|item| self.value(id, path, item)).collect();
                Expression::list(items)
            }
            Datum::Map(entries) => {
                let items = entries.iter().map(|(key, value)| {
                    let path: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
                    (format!("{}: ", layout::quote(key)), self.value(id, &path, value))
                });
                let items = items.collect();
                Expression::dict(items)
            }
        }
    }

    /// `os.environ["WEST_CREDENTIALS_SECRET_ACCESS_KEY"]`
    fn secret(&mut self, id: SubjectId, path: &[&str]) -> Expression {
        let mut name = self.variable(id).trim_matches('_').to_uppercase();
        for part in path {
            name = format!("{name}_{}", names::snake_case(part).to_uppercase());
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

    fn finish(mut self) -> String {
        let named = self.wanted.ids.iter().map(|id| {
            let key = layout::quote(self.wanted.name(*id));
            (format!("{key}: "), Expression::atom(self.variable(*id)))
        });
        let all = layout::assignment("profiles", &Expression::dict(named.collect()));
        self.blocks.push(all);
        self.head() + &self.blocks.join("\n\n") + "\n"
    }

    /// The module's documentation and imports.
    fn head(&self) -> String {
        let mut head = format!("\"\"\"Deployment profiles for anycloud-sdk {}.", self.sdk.version());
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
            head = format!("{head}{}\n\n", layout::import("anycloud.types", names));
        }
        head
    }
}

/// What can stand beside a profile, and how its variable ends.
fn suffixes() -> impl Iterator<Item = (Field, String)> {
    let credentials = NAMED_CREDENTIALS.map(|(field, name)| (field, names::snake_case(name)));
    credentials.into_iter().chain(std::iter::once((Field::GpuType, "gpu".to_owned())))
}

/// The wanted profiles and all that they inherit from, bases first.
fn with_bases(wanted: &Wanted<'_>) -> Vec<SubjectId> {
    let subjects = wanted.subjects;
    let mut needed: FxHashSet<SubjectId> = FxHashSet::default();
    let mut open = wanted.ids.to_vec();
    while let Some(id) = open.pop() {
        if needed.insert(id) {
            open.extend(subjects.bases(id));
        }
    }
    subjects.bases_first().into_iter().filter(|id| needed.contains(id)).collect()
}
