//! What is known of a document, before any rule is asked: its subjects, what does not fit the schema, and whose the
//! values are. It knows nothing of rules.

mod evidence;
mod guesses;
mod inference;
mod lookup;
mod removal;
mod storage;

pub use evidence::{Evidence, conflicts, deciding, evidence, piece};
pub use inference::{Inference, Inferred, certain};
pub use storage::{StorageProviders, storage_evidence, storage_providers};

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashSet;

use self::guesses::Guesses;
use crate::Settings;
use crate::catalog::{Catalog, Provider};
use crate::profile::{FieldSet, Section, Subject, Subjects};
use crate::schema::{self, Mismatch, MismatchKind};
use crate::sdk::Sdk;
use crate::source::Span;
use crate::submission::Submissions;
use crate::yaml::{Data, NodeId, Problem, ProblemKind, Tree};

/// A document and all that is known about it.
#[derive(Debug)]
pub struct Facts {
    settings: Arc<Settings>,
    tree: Arc<Tree>,
    problems: Vec<Problem>,
    subjects: Subjects,
    submissions: Submissions,
    mismatches: Vec<Mismatch>,
    /// The values that do not fit the schema.
    misfits: FxHashSet<NodeId>,
    inference: OnceLock<Inference>,
    /// The mappings that are merged into others.
    merged: OnceLock<FxHashSet<NodeId>>,
    /// For each subject, the fields that are misspelt.
    misspelt: OnceLock<Vec<FieldSet>>,
    guesses: Guesses,
}

/// An entry of a fallback pool, or the only value where there is no list.
#[derive(Clone, Copy, Debug)]
pub struct PoolEntry<'t> {
    /// The value.
    pub node: NodeId,
    /// Its text.
    pub text: &'t str,
    /// Its place in the list.
    pub index: Option<usize>,
}

impl Facts {
    /// Finds out what there is to know of a document whose root is a mapping.
    pub fn new(tree: Tree, problems: Vec<Problem>, settings: &Arc<Settings>) -> Self {
        let tree = Arc::new(tree);
        let mut subjects = Subjects::new(Arc::clone(&tree));
        let submissions = Submissions::new(&tree, &mut subjects);
        let mismatches = schema::check(&tree);
        let is_about_value = |mismatch: &&Mismatch| {
            !matches!(
                mismatch.kind,
                MismatchKind::UnknownField | MismatchKind::ProfileName | MismatchKind::Missing(_)
            )
        };
        let misfits = mismatches.iter().filter(is_about_value).map(|mismatch| mismatch.value).collect();
        Self {
            settings: Arc::clone(settings),
            subjects,
            submissions,
            tree,
            problems,
            mismatches,
            misfits,
            inference: OnceLock::new(),
            merged: OnceLock::new(),
            misspelt: OnceLock::new(),
            guesses: Guesses::default(),
        }
    }

    /// The document.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Its profiles and the like, resolved.
    pub const fn subjects(&self) -> &Subjects {
        &self.subjects
    }

    /// Its submissions and their jobs.
    pub const fn submissions(&self) -> &Submissions {
        &self.submissions
    }

    /// What can extend each other in a section, in the order of the file: the id of each is its place.
    pub fn family(&self, section: Section) -> &[Subject] {
        match section {
            Section::Profiles => self.subjects.profiles(),
            Section::Submissions => self.submissions.as_slice(),
        }
    }

    /// What of it does not fit the schema.
    pub fn mismatches(&self) -> &[Mismatch] {
        &self.mismatches
    }

    /// What is wrong with it as YAML.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The `<<` that merge what is no mapping.
    pub fn bad_merges(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| matches!(problem.kind, ProblemKind::BadMerge))
    }

    /// What the clouds offer.
    pub fn catalog(&self) -> &Catalog {
        &self.settings.catalog
    }

    /// The saved credentials that the configuration lists, with their providers.
    pub fn credentials(&self) -> Option<&BTreeMap<String, Provider>> {
        self.settings.credentials.as_ref()
    }

    /// The SDK that the document is for, if the configuration names one.
    pub fn sdk(&self) -> Option<Sdk> {
        self.settings.sdk
    }

    /// What is known of each subject's provider.
    pub fn inference(&self) -> &Inference {
        self.inference.get_or_init(|| Inference::new(self))
    }

    /// Whether a value does not fit the schema by itself.
    pub fn is_misfit(&self, value: NodeId) -> bool {
        self.misfits.contains(&value)
    }

    /// Whether a value fits the schema by itself: only then its content means anything.
    pub fn is_sound(&self, value: NodeId) -> bool {
        !self.is_misfit(value) && !matches!(self.tree.data(value), Data::Unknown)
    }

    /// Where a value is written: behind an alias, the text that it stands for.
    pub fn value_span(&self, value: NodeId) -> Span {
        self.tree.span(self.tree.target(value))
    }

    /// The text of a value that is a sound string.
    pub fn text(&self, value: NodeId) -> Option<&str> {
        self.tree.str(value).filter(|_| self.is_sound(value))
    }

    /// The entries of a value that is a string or a list of strings, those that are sound.
    pub fn pool(&self, value: NodeId) -> impl Iterator<Item = PoolEntry<'_>> {
        let one = self.text(value).map(|text| PoolEntry { node: value, text, index: None });
        let items = self.tree.items(value).iter().enumerate();
        let entry = |(index, item): (usize, &NodeId)| {
            self.text(*item).map(|text| PoolEntry { node: *item, text, index: Some(index) })
        };
        one.into_iter().chain(items.filter_map(entry))
    }

    /// A number that is sound and whole.
    pub fn integer(&self, value: NodeId) -> Option<i64> {
        match *self.tree.data(value) {
            _ if !self.is_sound(value) => None,
            Data::Int(int) => Some(int),
            #[allow(clippy::cast_possible_truncation)]
            Data::Float(float) if float.fract() == 0.0 && float.abs() < 9e15 => Some(float as i64),
            _ => None,
        }
    }
}
