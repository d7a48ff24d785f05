//! What submissions set themselves, and what would stand there otherwise.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Context, jobs};
use crate::edit;
use crate::finding::Edit;
use crate::profile::{Field, Subject, SubjectId, fields};
use crate::schema::MismatchKind;
use crate::submission::{Job, JobField, JobSetting};
use crate::yaml::{Entry, NodeId};

/// A field of a submission or of its `cloudConfig`.
pub(super) struct Own<'t> {
    /// Whose it is.
    pub(super) submission: &'t Subject,
    /// The mapping that it stands in.
    pub(super) map: NodeId,
    /// Its key and value.
    pub(super) entry: Entry,
    /// Its name.
    pub(super) name: &'static str,
    /// The field of the configuration that it is, if it is one.
    pub(super) field: Option<Field>,
    /// What would stand there without it, for each job that it counts for, with who says so; nothing where nobody
    /// does.
    pub(super) below: Vec<Option<Below<'t>>>,
    /// Whether a null here may clear what another base of an heir sets.
    pub(super) is_in_list: bool,
}

/// What an own field hides.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Below<'t> {
    /// The key and value that set it, be it to `null`.
    pub(super) entry: Entry,
    /// The submission or the profile that says so.
    pub(super) origin: &'t str,
}

/// Which of the fields are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Those that are `null`.
    Nulls,
    /// Those with a value that fits the schema and hides what may be the same.
    Overrides,
}

impl Wanted {
    fn is_met(self, context: &Context<'_>, value: NodeId) -> bool {
        match self {
            Self::Nulls => context.tree.is_null(value),
            Self::Overrides => !context.tree.is_null(value) && context.is_sound(value),
        }
    }

    /// Whether a field that hides this may be one of them: an override says the same as what it hides.
    fn may_be_met(
        self,
        context: &Context<'_>,
        field: impl Into<Option<Field>>,
        own: Entry,
        below: Option<Below<'_>>,
    ) -> bool {
        // Pools can say the same in other words.
        let is_pool = matches!(field.into(), Some(Field::VmType | Field::GpuType));
        self == Self::Nulls
            || below.is_some_and(|below| is_pool || context.tree.same(own.value, below.entry.value))
    }
}

/// The fields that submissions set themselves, of which it is known what they hide. The lists that make jobs say what
/// differs, entry by entry, so what stands in them is left alone.
pub(super) fn own<'t>(context: &'t Context<'t>, wanted: Wanted) -> Vec<Own<'t>> {
    // What a misspelt key means may be any of them.
    let is_misspelt = context
        .mismatches
        .iter()
        .any(|mismatch| mismatch.kind == MismatchKind::UnknownField && jobs::spot(&mismatch.place).is_some());
    if context.submissions().as_slice().is_empty() || is_misspelt || !is_any(context, wanted) {
        return Vec::new();
    }
    let in_lists = in_lists(context.submissions().as_slice());
    let mut all = Vec::new();
    for (id, submission) in context.submissions().all() {
        if !submission.is_complete || edit::is_shared(context.tree, submission.entry.value) {
            continue;
        }
        let fields = context.submissions().own(id).iter().copied();
        for (field, entry) in
            fields.filter(|(field, entry)| !field.makes_jobs() && wanted.is_met(context, entry.value))
        {
            let below = below(context, submission, field);
            // Without a GPU of its own, a job has that of its configuration.
            let config = (field == JobField::GpuType).then_some(Field::GpuType);
            let is_of_config = config.is_some() && below.is_none();
            if is_of_config || !wanted.may_be_met(context, config, entry, below) {
                continue;
            }
            let map = submission.entry.value;
            let is_in_list = in_lists.get(id.index()) == Some(&true);
            let own = Own {
                submission,
                map,
                entry,
                name: field.name(),
                field: config,
                below: vec![below],
                is_in_list,
            };
            all.push(own);
        }
    }
    all.extend(of_config(context, &in_lists, wanted));
    all
}

/// Whether there is any such field at all.
fn is_any(context: &Context<'_>, wanted: Wanted) -> bool {
    let submissions = context.submissions();
    let own = submissions.all().flat_map(|(id, _)| submissions.own(id));
    own.into_iter().any(|(field, entry)| {
        let inside = context.tree.entries(entry.value).iter().filter(|_| *field == JobField::CloudConfig);
        wanted.is_met(context, entry.value)
            || inside.into_iter().any(|entry| wanted.is_met(context, entry.value))
    })
}

/// What a submission would inherit if it did not set a field itself.
fn below<'t>(context: &'t Context<'t>, submission: &Subject, field: JobField) -> Option<Below<'t>> {
    let submissions = context.submissions();
    let mut bases = submission.bases.iter().rev().filter_map(|base| submissions.id(base.subject?));
    let setting = bases.find_map(|base| submissions.setting(base, field))?;
    Some(Below { entry: setting.entry, origin: submissions.name(context.tree, setting.origin) })
}

/// Which submissions are listed in one `extends` with others, or are bases of one that is.
fn in_lists(all: &[Subject]) -> Vec<bool> {
    let mut listed = vec![false; all.len()];
    let is_mixed = |one: &&Subject| {
        one.bases.iter().any(|base| base.subject != one.bases.first().and_then(|first| first.subject))
    };
    let lists = all.iter().filter(is_mixed);
    let mut open: Vec<SubjectId> =
        lists.flat_map(|list| &list.bases).filter_map(|base| base.subject).collect();
    while let Some(id) = open.pop() {
        let Some(is_listed) = listed.get_mut(id.index()).filter(|is_listed| !**is_listed) else { continue };
        *is_listed = true;
        let bases = all.get(id.index()).into_iter().flat_map(|one| &one.bases);
        open.extend(bases.filter_map(|base| base.subject));
    }
    listed
}

/// The fields of `cloudConfig`, and the GPUs that hide a profile's, by what the jobs have that use them.
fn of_config<'t>(context: &'t Context<'t>, in_lists: &[bool], wanted: Wanted) -> Vec<Own<'t>> {
    let (tree, submissions) = (context.tree, context.submissions());
    // A submission whose jobs are not known may use anything.
    if submissions.all().any(|(id, one)| submissions.jobs_of(id).is_empty() && !one.is_template(tree)) {
        return Vec::new();
    }
    let mut all: Vec<Own<'t>> = Vec::new();
    let mut known: FxHashMap<NodeId, usize> = FxHashMap::default();
    let mut seen: FxHashSet<(NodeId, Option<Below<'t>>)> = FxHashSet::default();
    let mut uncertain: FxHashSet<NodeId> = FxHashSet::default();
    let mut looked_at = FxHashSet::default();
    for job in submissions.jobs() {
        let configs = configs(context, job);
        // Of jobs that come to their configuration in the same way the first tells all.
        let way = (job.profile, context.subjects.get(job.subject).is_complete, configs);
        if configs == [None; 2] || !looked_at.insert((way, job.setting(JobField::CloudConfig))) {
            continue;
        }
        let fields = config_fields(context, configs).into_iter();
        for (field, by, entry, map) in fields.filter(|(_, _, entry, _)| wanted.is_met(context, entry.value)) {
            let Some(origin) = job.setting(by).map(|set| set.origin) else { continue };
            let Some(submission) = submissions.get(origin) else { continue };
            let is_new = !known.contains_key(&entry.key);
            if is_new && !submission.is_complete {
                uncertain.insert(entry.key);
            }
            let below = match hidden(context, job, field, by) {
                Ok(below) if wanted.may_be_met(context, field, entry, below) => below,
                _ => {
                    uncertain.insert(entry.key);
                    continue;
                }
            };
            let index = *known.entry(entry.key).or_insert_with(|| {
                let is_in_list = in_lists.get(origin.index()) == Some(&true);
                let (name, field) = (field.name(), Some(field));
                all.push(Own { submission, map, entry, name, field, below: Vec::new(), is_in_list });
                all.len() - 1
            });
            if seen.insert((entry.key, below))
                && let Some(own) = all.get_mut(index)
            {
                own.below.push(below);
            }
        }
    }
    all.retain(|own| !uncertain.contains(&own.entry.key));
    all
}

/// What submissions, not the lists that make jobs, say of a job's configuration: its `cloudConfig` and its `gpuType`.
fn configs(context: &Context<'_>, job: &Job) -> [Option<JobSetting>; 2] {
    let submissions = context.submissions();
    [JobField::CloudConfig, JobField::GpuType].map(|field| {
        let set = job.setting(field)?;
        (submissions.setting(job.submission, field) == Some(set)).then_some(set)
    })
}

/// The fields of a configuration that these set, each with the mapping that it stands in.
fn config_fields(
    context: &Context<'_>,
    [config, gpu]: [Option<JobSetting>; 2],
) -> Vec<(Field, JobField, Entry, NodeId)> {
    let (tree, submissions) = (context.tree, context.submissions());
    let mut found = Vec::new();
    if let Some(config) = config.filter(|set| !edit::is_shared(tree, set.entry.value)) {
        let map = config.entry.value;
        found.extend(fields(tree, map).map(|(field, entry)| (field, JobField::CloudConfig, entry, map)));
    }
    if let Some(gpu) = gpu
        && let Some(submission) = submissions.get(gpu.origin)
        && below(context, submission, JobField::GpuType).is_none()
        && !edit::is_shared(tree, submission.entry.value)
    {
        found.push((Field::GpuType, JobField::GpuType, gpu.entry, submission.entry.value));
    }
    found
}

/// What can't be told, since something that it depends on is missing or misspelt.
struct NotKnown;

/// What a job's configuration has below what is set by this field.
fn hidden<'t>(
    context: &'t Context<'t>,
    job: &Job,
    field: Field,
    by: JobField,
) -> Result<Option<Below<'t>>, NotKnown> {
    let (tree, subjects) = (context.tree, context.subjects);
    if !subjects.get(job.subject).is_complete {
        return Err(NotKnown);
    }
    if by == JobField::GpuType
        && let Some(config) = job.value(tree, JobField::CloudConfig)
        && tree.entry(config.entry.value, field.name()).is_some()
    {
        // Two GPUs of one author: nobody knows which is meant.
        return Err(NotKnown);
    }
    let Some(profile) = job.profile else { return Ok(None) };
    if context.misspelt(profile).contains(field) {
        return Err(NotKnown);
    }
    let setting = subjects.setting(profile, field);
    Ok(setting.map(|setting| Below { entry: setting.entry, origin: subjects.name(setting.origin) }))
}

impl Own<'_> {
    /// Whether the field is alone in its mapping: only then it can be taken out.
    pub(super) fn stands_alone(&self, context: &Context<'_>) -> bool {
        context.stands_alone(self.map, self.entry)
    }

    /// Takes the field out; nothing where that would leave a key without a value.
    pub(super) fn removal(&self, context: &Context<'_>) -> Option<Vec<Edit>> {
        let tree = context.tree;
        let is_flow = tree.source().slice(tree.span(self.map)).starts_with('{');
        let is_alone = tree.written_entries(self.map).len() < 2;
        if is_alone && !is_flow && self.map != self.submission.entry.value {
            return None;
        }
        edit::remove_entry(tree, self.map, self.entry)
    }

    /// Which submission it is of, to tell templates from what runs.
    pub(super) fn is_template(&self, context: &Context<'_>) -> bool {
        self.submission.is_template(context.tree)
    }
}
