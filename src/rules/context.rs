//! What a rule gets to see, and the words that several rules share.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use crate::catalog::{Catalog, Provider};
use crate::edit;
use crate::facts::{Facts, PoolEntry, certain};
use crate::finding::Finding;
use crate::profile::{
    Cycle, Field, Meeting, Place, Section, Setting, Subject, SubjectId, Subjects, meetings,
};
use crate::rule::Rule;
use crate::schema::Mismatch;
use crate::secret;
use crate::source::{Source, Span};
use crate::suppress::Suppressions;
use crate::yaml::{Data, Entry, NodeId, Problem, Tree};

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

/// A document, all that is known about it ([`Facts`]), and the words that rules share.
#[derive(Clone, Copy, Debug)]
pub struct Context<'t> {
    facts: &'t Facts,
    /// The document.
    pub tree: &'t Tree,
    /// Its profiles and the like, resolved.
    pub subjects: &'t Subjects,
    /// What of it does not fit the schema.
    pub mismatches: &'t [Mismatch],
    /// What the clouds offer.
    pub catalog: &'t Catalog,
    /// The saved credentials that the configuration lists, with their providers.
    pub credentials: Option<&'t BTreeMap<String, Provider>>,
}

/// What is known can be asked of the context itself.
impl Deref for Context<'_> {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        self.facts
    }
}

impl<'t> Context<'t> {
    /// Looks at a document with the eyes of a rule.
    pub fn new(facts: &'t Facts) -> Self {
        Self {
            facts,
            tree: facts.tree(),
            subjects: facts.subjects(),
            mismatches: facts.mismatches(),
            catalog: facts.catalog(),
            credentials: facts.credentials(),
        }
    }

    /// The text of a value that is a sound string.
    pub fn text(&self, value: NodeId) -> Option<&'t str> {
        self.facts.text(value)
    }

    /// The entries of a value that is a string or a list of strings, those that are sound.
    pub fn pool(&self, value: NodeId) -> impl Iterator<Item = PoolEntry<'t>> + use<'t> {
        self.facts.pool(value)
    }

    /// The things of each section that can extend each other, with the circles among them.
    pub fn families(&self) -> [(&'t [Subject], &'t [Cycle]); 2] {
        let [profiles, submissions] = Section::ALL.map(|section| self.facts.family(section));
        [(profiles, self.subjects.cycles()), (submissions, self.facts.submissions().cycles())]
    }

    /// Where a field that a subject sets itself stands.
    pub fn place(&self, subject: SubjectId, field: &str) -> Place {
        self.subjects.field_place(subject, field)
    }

    /// A finding about the value of a profile's own field.
    pub fn about_value(
        &self,
        rule: &'static Rule,
        profile: &Subject,
        field: &str,
        value: NodeId,
        message: impl Into<String>,
    ) -> Finding {
        let finding = Finding::new(rule, self.value_span(value), message).at(self.place(profile.id, field));
        self.label_alias(finding, value)
    }

    /// Names the job that a finding is about, where its message does not.
    pub fn naming(&self, mut finding: Finding, subject: SubjectId) -> Finding {
        let one = self.subjects.get(subject);
        let name = self.subjects.name(subject);
        if one.section == Section::Submissions && !one.is_part && !finding.message.contains(name) {
            finding.message = format!("`{name}`: {}", finding.message);
        }
        finding
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

    /// The pairs of two fields that can't both stand, once for all subjects where the same two values meet. `is_conflict`
    /// looks at the two settings of a subject and says whether they are at odds.
    pub fn conflicts(
        &self,
        fields: (Field, Field),
        is_conflict: impl Fn(SubjectId, Setting, Setting) -> bool,
    ) -> Vec<Conflict> {
        let meet = |id: SubjectId| {
            let (first, second) = (certain(self, id, fields.0)?, certain(self, id, fields.1)?);
            // By where they are written: a merge key can bring the same text into many profiles.
            is_conflict(id, first, second).then_some((first.entry, second.entry))
        };
        let conflict = |meeting: Meeting<(Entry, Entry)>| {
            let setting = |field| self.subjects.value(meeting.subject, field);
            let settings = [(fields.0, setting(fields.0)?), (fields.1, setting(fields.1)?)];
            Some(Conflict {
                subject: meeting.subject,
                settings,
                others: self.subjects.others(&meeting.others),
            })
        };
        meetings(self.subjects, meet).into_iter().filter_map(conflict).collect()
    }

    /// Where settings meet: at the first of them that the subject sets itself, or at its name if it inherits them all.
    pub fn meeting_place(
        &self,
        subject: SubjectId,
        settings: impl IntoIterator<Item = (Field, Setting)>,
    ) -> (Span, Place) {
        let own = settings.into_iter().find(|(_, setting)| setting.origin == subject);
        if let Some((field, setting)) = own {
            return (self.tree.entry_span(setting.entry), self.place(subject, field.name()));
        }
        let at = self.subjects.get(subject);
        let span = self.tree.span(at.at.unwrap_or(at.entry.key));
        (span, at.at.map_or_else(|| self.subjects.place(subject), |_| Place::around(self.tree, span)))
    }

    /// The text to edit in order to change a value: none if that would change what another place, where
    /// the text is right, means as well.
    pub fn editable(&self, value: NodeId) -> Option<NodeId> {
        let tree = self.tree;
        let target = tree.target(value);
        if !edit::is_shared(tree, value) {
            return Some(target);
        }
        let is_in = |section: Section| {
            section.entry(tree).is_some_and(|entry| tree.span(entry.value).contains(tree.span(target)))
        };
        let is_note = !Section::ALL.into_iter().any(is_in);
        let uses = tree.ids().filter(|id| *id != target && tree.target(*id) == target);
        let is_misfit = |id: NodeId| self.facts.is_misfit(id);
        ((is_note || is_misfit(target)) && uses.into_iter().all(is_misfit)).then_some(target)
    }

    /// Where a setting comes from, as a label at it.
    pub fn origin(&self, profile: SubjectId, field: Field, setting: Setting) -> String {
        let field = field.name();
        if setting.origin == profile {
            return format!("`{field}` is set here");
        }
        format!("`{field}` comes from `{}`", self.subjects.name(setting.origin))
    }

    /// A value as a message may quote it: a scalar by its text, a secret, a long text or a collection by its kind.
    pub fn quote(&self, key: Option<NodeId>, value: NodeId) -> Quoted<'t> {
        let tree = self.tree;
        let text = match tree.data(value) {
            Data::Str(..) => tree.str(value),
            Data::Int(_) | Data::Float(_) | Data::Bool(_) => {
                Some(tree.source().slice(tree.span(tree.target(value))))
            }
            _ => None,
        };
        let is_secret = key.is_some_and(|key| secret::is_secret_key(tree.key(key)));
        let is_quotable = |text: &&str| {
            let is_short = !text.is_empty() && text.chars().count() <= 60 && !text.contains('\n');
            is_short && !is_secret && !secret::has_secret_shape(text)
        };
        text.filter(is_quotable).map_or_else(|| Quoted::Kind(kind(tree, value)), Quoted::Text)
    }
}

/// What a message says in the place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoted<'t> {
    /// Its text, in backquotes.
    Text(&'t str),
    /// What it is, where its text says nothing or must not be shown.
    Kind(&'static str),
}

impl Quoted<'_> {
    /// The text in backquotes, or other words where it must not be shown.
    pub fn or(self, words: &str) -> String {
        match self {
            Self::Text(text) => format!("`{text}`"),
            Self::Kind(_) => words.to_owned(),
        }
    }
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(out, "`{text}`"),
            Self::Kind(kind) => out.write_str(kind),
        }
    }
}

/// Two settings that are at odds.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Where they meet.
    pub subject: SubjectId,
    /// The two, each with its field.
    pub settings: [(Field, Setting); 2],
    /// ` (and 3 other … are affected)`, or nothing.
    pub others: String,
}

impl Conflict {
    /// The finding, where the two meet, with both places labelled.
    pub fn finding(&self, context: &Context<'_>, rule: &'static Rule, message: String) -> Finding {
        let (span, place) = context.meeting_place(self.subject, self.settings);
        let finding = context.naming(Finding::new(rule, span, message).at(place), self.subject);
        self.settings.iter().fold(finding, |finding, (field, setting)| {
            let origin = context.origin(self.subject, *field, *setting);
            finding.label(context.tree.entry_span(setting.entry), origin)
        })
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
