//! A value that is wrong because of something else in its profile, such as the provider.

use rustc_hash::FxHashMap;

use super::Context;
use super::words;
use crate::catalog::ProviderSet;
use crate::facts::{self, Evidence, PoolEntry, certain};
use crate::finding::Finding;
use crate::profile::{Field, Meeting, Setting, SubjectId, meetings_of};
use crate::rule::Rule;
use crate::source::{Span, to_u32};
use crate::yaml::{Entry, NodeId};

/// A value, and what it is at odds with. Subjects that inherit both have the same clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clash {
    /// The field of the value.
    pub field: Field,
    /// The entry that sets it.
    pub entry: Entry,
    /// The value, or the entry of the pool.
    pub node: NodeId,
    /// The place in the pool.
    index: Option<u32>,
    /// What it is at odds with; nothing where it is wrong whatever else the profile says.
    pub with: Option<(Field, Entry)>,
}

/// Which part of the text a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The value.
    Value,
    /// The whole entry, or one value of a pool.
    Entry,
}

/// The values of a field, pools entry by entry, that clash with the region of their profile, as far as both
/// are certain and nothing contradicts them. `fails` is asked once for each pair of texts.
pub fn with_region(
    context: &Context<'_>,
    field: Field,
    fails: impl Fn(ProviderSet, &str, &str) -> bool,
) -> Vec<Meeting<Clash>> {
    with_field(context, field, Field::Region, fails)
}

/// As [`with_region`], for another field than the region.
pub fn with_field(
    context: &Context<'_>,
    field: Field,
    place: Field,
    fails: impl Fn(ProviderSet, &str, &str) -> bool,
) -> Vec<Meeting<Clash>> {
    let mut known: FxHashMap<(&str, &str, ProviderSet), bool> = FxHashMap::default();
    meetings_of(context.subjects, |id, clashes| {
        let inferred = context.inference().of(id);
        let is_asked = inferred.sets(field) && inferred.sets(place);
        if !is_asked || inferred.is_contradictory {
            return;
        }
        let Some(other) = certain(context, id, place) else { return };
        let Some(name) = context.text(other.entry.value) else { return };
        let Some(setting) = certain(context, id, field) else { return };
        for entry in context.pool(setting.entry.value) {
            let is_known = known.entry((entry.text, name, inferred.candidates));
            if *is_known.or_insert_with(|| fails(inferred.candidates, entry.text, name)) {
                clashes.push(Clash::of(field, setting, &entry, Some((place, other.entry))));
            }
        }
    })
}

impl Clash {
    /// A clash of a field's value.
    pub fn new(field: Field, setting: Setting, with: Option<(Field, Entry)>) -> Self {
        let entry = setting.entry;
        Self { field, entry, node: entry.value, index: None, with }
    }

    /// A clash of one entry of a pool.
    pub fn of(field: Field, setting: Setting, item: &PoolEntry<'_>, with: Option<(Field, Entry)>) -> Self {
        let index = item.index.map(to_u32);
        Self { field, entry: setting.entry, node: item.node, index, with }
    }

    /// The text of the value.
    pub fn text<'t>(&self, context: &Context<'t>) -> &'t str {
        context.text(self.node).unwrap_or_default()
    }

    /// The text of the value that it is at odds with.
    pub fn with_text<'t>(&self, context: &Context<'t>) -> &'t str {
        self.with.and_then(|(_, entry)| context.text(entry.value)).unwrap_or_default()
    }

    /// The finding, at the profile where the two meet, with both places labelled.
    pub fn finding(
        &self,
        context: &Context<'_>,
        rule: &'static Rule,
        meeting: &Meeting<Self>,
        extent: Extent,
        message: String,
    ) -> Finding {
        let id = meeting.subject;
        let setting = context.subjects.setting(id, self.field);
        let with = self.with.and_then(|(field, entry)| {
            let setting = context.subjects.setting(id, field)?;
            Some((field, entry, setting))
        });
        let value_span = self.span(context, extent);
        let is_own = setting.is_some_and(|setting| setting.origin == id);
        let (span, place) = if is_own {
            let place = context.place(id, self.field.name());
            (value_span, self.index.into_iter().fold(place, |place, index| place.item(index as usize)))
        } else {
            context.meeting_place(id, with.map(|(field, _, setting)| (field, setting)))
        };
        let mut finding = context.naming(Finding::new(rule, span, message).at(place), id);
        if let Some(setting) = setting.filter(|_| with.is_some() || !is_own) {
            finding = finding.label(value_span, context.origin(id, self.field, setting));
        } else {
            finding = context.label_alias(finding, self.node);
        }
        if let Some((field, entry, setting)) = with {
            let says = match facts::piece(context, id, field) {
                Some(piece) => words::says(context, id, &piece),
                None => context.origin(id, field, setting),
            };
            finding = finding.label(context.tree.entry_span(entry), says);
        }
        finding
    }

    fn span(&self, context: &Context<'_>, extent: Extent) -> Span {
        match (extent, self.index) {
            (Extent::Entry, None) => context.tree.entry_span(self.entry),
            _ => context.value_span(self.node),
        }
    }
}

/// What a clash is with: the place of a piece of evidence.
pub fn place_of(evidence: Option<Evidence>) -> Option<(Field, Entry)> {
    evidence.map(|piece| (piece.field, piece.setting.entry))
}

/// The candidates of a profile for messages about it.
pub fn candidates(context: &Context<'_>, id: SubjectId) -> crate::catalog::ProviderSet {
    context.inference().of(id).candidates
}
