//! What the rules about submissions share: where a field is written, and what the schema leaves to them.

use rustc_hash::FxHashSet;

use super::{Context, keys};
use crate::finding::Finding;
use crate::profile::{Place, Section, Step, Subject};
use crate::rule::Rule;
use crate::schema::{Mismatch, MismatchKind};
use crate::source::Span;
use crate::submission::{Job, JobField, SubmissionId};
use crate::yaml::{Data, Entry, NodeId};

/// The submissions that may have one of these fields after all, or another base: a key that is none most likely means
/// it, there, in an entry of their fan-out, or further up.
pub(super) fn in_doubt(context: &Context<'_>, fields: &[&'static str]) -> FxHashSet<SubmissionId> {
    let (tree, submissions) = (context.tree, context.submissions());
    let misspelt: FxHashSet<(NodeId, &str)> =
        keys::misspelt(context).into_iter().map(|(map, field)| (tree.target(map), field)).collect();
    let mut in_doubt = FxHashSet::default();
    if misspelt.is_empty() {
        return in_doubt;
    }
    let is_meant = |map: NodeId| {
        let mut meant = fields.iter().chain(&["extends"]);
        meant.any(|field| misspelt.contains(&(tree.target(map), *field)))
    };
    for id in submissions.bases_first() {
        let lists = submissions.own(*id).iter().filter(|(field, _)| *field == JobField::FanOut);
        let mut entries = lists.flat_map(|(_, list)| tree.items(list.value));
        let own = submissions.get(*id).map(|one| one.entry.value);
        if own.is_some_and(is_meant)
            || entries.any(|entry| is_meant(*entry))
            || submissions.bases(*id).any(|base| in_doubt.contains(&base))
        {
            in_doubt.insert(*id);
        }
    }
    in_doubt
}

/// A finding about a value below `submissions`.
pub(super) fn finding(
    context: &Context<'_>,
    rule: &'static Rule,
    value: NodeId,
    message: impl Into<String>,
) -> Finding {
    let span = context.value_span(value);
    let place = Place::of_value(context.tree, value);
    context.label_alias(Finding::new(rule, span, message).at(place), value)
}

/// A finding about two fields that can't both stand, at one of them.
pub(super) fn conflict(context: &Context<'_>, rule: &'static Rule, entry: Entry, message: String) -> Finding {
    let place = Place::around(context.tree, context.tree.span(entry.key));
    Finding::new(rule, context.tree.entry_span(entry), message).at(place)
}

/// A finding at the name of a submission.
pub(super) fn at_name(
    context: &Context<'_>,
    rule: &'static Rule,
    submission: &Subject,
    message: String,
) -> Finding {
    let span = context.tree.span(submission.entry.key);
    Finding::new(rule, span, message).at(submission.place(context.tree))
}

/// What makes a job another than its siblings, or the name of its submission.
pub(super) fn place(context: &Context<'_>, job: &Job) -> Span {
    context.tree.span(job.at.unwrap_or(context.subjects.get(job.subject).entry.key))
}

/// A finding at that place.
pub(super) fn at_job(context: &Context<'_>, rule: &'static Rule, job: &Job, message: String) -> Finding {
    let span = place(context, job);
    Finding::new(rule, span, message).at(Place::around(context.tree, span))
}

/// What a place below `submissions` is, whichever way its field was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// A field of a submission.
    Field,
    /// A field of an entry of `fanOut` or `exclude`.
    Variant,
    /// An axis of a matrix.
    Axis,
    /// A field of `cloudConfig`.
    Config,
    /// The command.
    Command,
    /// A variable of `env`.
    Variable,
    /// One of the Docker options.
    DockerOption,
    /// A key of a mount.
    Mount,
    /// Anything deeper.
    Inside,
}

/// What a place is, if it is below `submissions`.
pub(super) fn spot(place: &Place) -> Option<Spot> {
    let (Section::Submissions, _) = place.subject()? else { return None };
    let steps = place.steps();
    let key = |index: usize| steps.get(index).and_then(Step::key);
    // `submissions` and the name come first.
    let (start, is_variant) = match (key(2), steps.len()) {
        (Some("fanOut" | "exclude"), 5..) => (4, true),
        (Some("matrix"), 4) => return Some(Spot::Axis),
        (Some("matrix"), 5..) => (3, true),
        _ => (2, false),
    };
    // The item of an axis stands where the value of a field would.
    let skip = usize::from(key(2) == Some("matrix"));
    let length = steps.len() - start - skip;
    Some(match (key(start)?, length) {
        ("command", 1) => Spot::Command,
        (_, 1) if is_variant => Spot::Variant,
        (_, 1) => Spot::Field,
        ("cloudConfig", 2) => Spot::Config,
        ("env", 2) => Spot::Variable,
        ("dockerOptions", 2) => Spot::DockerOption,
        ("mounts", 3) => Spot::Mount,
        _ => Spot::Inside,
    })
}

/// The rule of this group that speaks of a mismatch, so that those about shape and types don't.
pub(super) fn owner(context: &Context<'_>, mismatch: &Mismatch) -> Option<&'static Rule> {
    let spot = spot(&mismatch.place)?;
    Some(match (spot, &mismatch.kind) {
        (Spot::Axis, MismatchKind::UnknownField | MismatchKind::WrongType(_)) => &super::matrix_axis::RULE,
        (Spot::DockerOption, MismatchKind::UnknownField) => &super::docker_option::RULE,
        (Spot::Variable, MismatchKind::WrongType(_)) => &super::env_value::RULE,
        (Spot::Command, MismatchKind::WrongType(_))
            if matches!(context.tree.data(mismatch.value), Data::Str(..)) =>
        {
            &super::command_string::RULE
        }
        _ => return None,
    })
}

/// What of the document does not fit the schema and is a rule's to report.
pub(super) fn owned<'c>(context: &'c Context<'_>, rule: &'static Rule) -> impl Iterator<Item = &'c Mismatch> {
    context.mismatches.iter().filter(move |mismatch| owner(context, mismatch) == Some(rule))
}
