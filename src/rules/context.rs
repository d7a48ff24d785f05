//! What a rule gets to see, and the words that several rules share.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::Settings;
use crate::catalog::{Catalog, Provider};
use crate::edit;
use crate::finding::Finding;
use crate::inference::Inference;
use crate::profile::{Field, Profile, ProfileId, Profiles, Setting, meetings};
use crate::rule::Rule;
use crate::schema::{Mismatch, MismatchKind, escape};
use crate::secret;
use crate::source::{Source, Span};
use crate::suppress::Suppressions;
use crate::yaml::{Data, NodeId, Problem, ProblemKind, Tree};

/// A text as far as it could be read.
#[derive(Debug)]
pub struct Parsed<'t> {
    /// The text.
    pub source: &'t Source,
    /// The document, if it could be read and its root is a mapping.
    pub tree: Option<&'t Tree>,
    /// What is wrong with it as YAML.
    pub problems: &'t [Problem],
    /// What its comments say to the linter.
    pub suppressions: &'t Suppressions<'t>,
}

/// A document and all that is known about it.
#[derive(Debug)]
pub struct Context<'t> {
    /// The document.
    pub tree: &'t Tree,
    /// Its profiles, resolved.
    pub profiles: &'t Profiles,
    /// What of it does not fit the schema.
    pub mismatches: &'t [Mismatch],
    /// The `<<` that merge what is no mapping.
    pub bad_merges: Vec<&'t Problem>,
    /// What the clouds offer.
    pub catalog: &'t Catalog,
    /// The saved credentials that the configuration lists, with their providers.
    pub credentials: Option<&'t BTreeMap<String, Provider>>,
    misfits: FxHashSet<NodeId>,
    inference: OnceCell<Inference>,
}

impl<'t> Context<'t> {
    /// Brings together what the stages before the rules found.
    pub fn new(
        profiles: &'t Profiles,
        mismatches: &'t [Mismatch],
        problems: &'t [Problem],
        settings: &'t Settings,
    ) -> Self {
        let tree = profiles.tree();
        let about_value = |mismatch: &&Mismatch| {
            !matches!(
                mismatch.kind,
                MismatchKind::UnknownField | MismatchKind::ProfileName | MismatchKind::Missing(_)
            )
        };
        let misfits = mismatches.iter().filter(about_value).map(|mismatch| mismatch.value).collect();
        let is_bad_merge = |problem: &&Problem| matches!(problem.kind, ProblemKind::BadMerge);
        let bad_merges = problems.iter().filter(is_bad_merge).collect();
        Self {
            tree,
            profiles,
            mismatches,
            bad_merges,
            catalog: &settings.catalog,
            credentials: settings.credentials.as_ref(),
            misfits,
            inference: OnceCell::new(),
        }
    }

    /// What is known of each profile's provider.
    pub fn inference(&self) -> &Inference {
        self.inference.get_or_init(|| Inference::new(self))
    }

    /// Whether a value fits the schema by itself: only then a rule speaks of its content.
    pub fn is_sound(&self, value: NodeId) -> bool {
        !self.misfits.contains(&value) && !matches!(self.tree.data(value), Data::Unknown)
    }

    /// Where a value is written: behind an alias, the text that it stands for.
    pub fn value_span(&self, value: NodeId) -> Span {
        self.tree.span(self.tree.target(value))
    }

    /// The text of a value that is a sound string.
    pub fn text(&self, value: NodeId) -> Option<&'t str> {
        self.tree.str(value).filter(|_| self.is_sound(value))
    }

    /// The entries of a value that is a string or a list of strings, those that are sound.
    pub fn pool(&self, value: NodeId) -> impl Iterator<Item = PoolEntry<'t>> {
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

    /// The fields that a profile sets itself, in the order of the format, sound or not.
    pub fn own(&self, profile: &Profile) -> impl Iterator<Item = (Field, Setting)> {
        let id = profile.id;
        let settings = Field::ALL.into_iter().zip(self.profiles.settings(id));
        settings
            .filter_map(move |(field, setting)| Some((field, (*setting)?)))
            .filter(move |(_, setting)| setting.origin == id)
    }

    /// The JSON pointer of a profile's field.
    pub fn path(&self, profile: ProfileId, field: &str) -> String {
        format!("/profiles/{}/{field}", escape(self.profiles.name(profile)))
    }

    /// The JSON pointer of a profile.
    pub fn profile_path(&self, profile: ProfileId) -> String {
        format!("/profiles/{}", escape(self.profiles.name(profile)))
    }

    /// A finding about the value of a profile's own field.
    pub fn about_value(
        &self,
        rule: &'static Rule,
        profile: &Profile,
        field: &str,
        value: NodeId,
        message: impl Into<String>,
    ) -> Finding {
        let finding = Finding::new(rule, self.value_span(value), message).at(self.path(profile.id, field));
        self.label_alias(finding, value)
    }

    /// Shows where an alias brings the value in, if one does.
    pub fn label_alias(&self, finding: Finding, value: NodeId) -> Finding {
        if self.tree.is_alias(value) {
            let span = finding.span;
            return finding
                .label(span, "the value is written here")
                .label(self.tree.span(value), "and used here");
        }
        finding
    }

    /// Reports two fields that can't both stand, once for all profiles where the same two values meet.
    ///
    /// `conflict` looks at the two settings of a profile and says whether they are at odds; `word` makes the
    /// finding's message from the profile's name, and `tell` says of each field what its place shows.
    pub fn conflicts(
        &self,
        rule: &'static Rule,
        fields: (Field, Field),
        conflict: impl Fn(ProfileId, Setting, Setting) -> bool,
        describe: impl Fn(Conflict) -> Finding,
        findings: &mut Vec<Finding>,
    ) {
        let meet = |id: ProfileId| {
            let (first, second) = (self.profiles.value(id, fields.0)?, self.profiles.value(id, fields.1)?);
            let profile = self.profiles.all().get(id.index())?;
            // What a missing base would set, or clear, is not known.
            let certain = |setting: Setting| profile.is_complete || setting.origin == id;
            let is_conflict = certain(first) && certain(second) && conflict(id, first, second);
            // By where they are written: a merge key can bring the same text into many profiles.
            is_conflict.then_some((first.entry, second.entry))
        };
        for meeting in meetings(self.profiles, meet) {
            let id = meeting.profile;
            let values = self.profiles.value(id, fields.0).zip(self.profiles.value(id, fields.1));
            let Some((first, second)) = values else { continue };
            let (span, path) = self.meeting_place(id, [(fields.0, first), (fields.1, second)]);
            let conflict = Conflict { profile: id, first, second, others: others(meeting.others.len()) };
            let mut finding = describe(conflict).at(path);
            finding.rule = rule;
            finding.span = span;
            for (field, setting) in [(fields.0, first), (fields.1, second)] {
                let message = self.origin(id, field, setting);
                finding = finding.label(self.tree.entry_span(setting.entry), message);
            }
            findings.push(finding);
        }
    }

    /// The place where settings meet, and its path: the first of them that the profile sets itself, or the
    /// profile's name if it inherits them all.
    pub fn meeting_place(
        &self,
        profile: ProfileId,
        settings: impl IntoIterator<Item = (Field, Setting)>,
    ) -> (Span, String) {
        let own = settings.into_iter().find(|(_, setting)| setting.origin == profile);
        if let Some((field, setting)) = own {
            return (self.tree.entry_span(setting.entry), self.path(profile, field.name()));
        }
        let profile_key = self.profiles.all().get(profile.index()).map(|profile| profile.entry.key);
        let span = profile_key.map_or_else(Span::default, |key| self.tree.span(key));
        (span, self.profile_path(profile))
    }

    /// The text to edit in order to change a value: none if that would change what another place, where
    /// the text is right, means as well.
    pub fn editable(&self, value: NodeId) -> Option<NodeId> {
        let tree = self.tree;
        let target = tree.target(value);
        if !edit::is_shared(tree, value) {
            return Some(target);
        }
        let checked = tree.entry(tree.root(), "profiles").map(|entry| tree.span(entry.value));
        let is_note = checked.is_none_or(|checked| !checked.contains(tree.span(target)));
        let uses = tree.ids().filter(|id| *id != target && tree.target(*id) == target);
        let is_misfit = |id: NodeId| self.misfits.contains(&id);
        ((is_note || is_misfit(target)) && uses.into_iter().all(is_misfit)).then_some(target)
    }

    /// Where a setting comes from, as a label at it.
    pub fn origin(&self, profile: ProfileId, field: Field, setting: Setting) -> String {
        let field = field.name();
        if setting.origin == profile {
            return format!("`{field}` is set here");
        }
        format!("`{field}` comes from `{}`", self.profiles.name(setting.origin))
    }

    /// A scalar as a message may quote it: in backquotes, a secret only by its kind.
    pub fn quote(&self, key: Option<NodeId>, value: NodeId) -> String {
        let kind = kind(self.tree, value);
        let is_secret = key.is_some_and(|key| secret::is_secret_key(self.tree.key(key)));
        let text = match self.tree.data(value) {
            Data::Str(..) => self.tree.str(value).unwrap_or_default(),
            Data::Int(_) | Data::Float(_) | Data::Bool(_) => self.tree.source().slice(self.value_span(value)),
            _ => return kind.into(),
        };
        if is_secret
            || text.is_empty()
            || secret::has_secret_shape(text)
            || text.chars().count() > 60
            || text.contains('\n')
        {
            return kind.into();
        }
        format!("`{text}`")
    }
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

/// Two settings that are at odds.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Where they meet.
    pub profile: ProfileId,
    /// The setting of the first field.
    pub first: Setting,
    /// The setting of the second field.
    pub second: Setting,
    /// ` (and in 3 others …)`, or nothing.
    pub others: String,
}

/// How many other profiles a conflict affects, as the end of a message.
pub fn others(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " (and 1 other profile is affected)".into(),
        _ => format!(" (and {count} other profiles are affected)"),
    }
}

/// What a value is, in words.
pub fn kind(tree: &Tree, value: NodeId) -> &'static str {
    match tree.data(value) {
        Data::Null => "`null`",
        Data::Bool(_) => "a boolean",
        Data::Int(_) | Data::Float(_) => "a number",
        Data::Str(..) if tree.str(value) == Some("") => "an empty string",
        Data::Str(..) => "a string",
        Data::Seq(_) => "a list",
        Data::Map(_) => "a mapping",
        Data::Alias(_) | Data::Unknown => "an unknown value",
    }
}

/// The JSON pointer of the innermost entry of a document whose text contains a span.
pub fn pointer(tree: &Tree, span: Span) -> String {
    let mut path = String::new();
    let mut node = tree.root();
    'descend: loop {
        for entry in tree.written_entries(node) {
            if tree.entry_span(*entry).contains(span) {
                path = format!("{path}/{}", escape(tree.key(entry.key)));
                if tree.span(entry.key).contains(span) {
                    return path;
                }
                node = entry.value;
                continue 'descend;
            }
        }
        if !tree.is_alias(node) {
            for (index, item) in tree.items(node).iter().enumerate() {
                if tree.span(*item).contains(span) {
                    path = format!("{path}/{index}");
                    node = *item;
                    continue 'descend;
                }
            }
        }
        return path;
    }
}
