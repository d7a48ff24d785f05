//! SDK 0.1.60: `train = Submission(image="…")`, and for each job `sweep_1 = train.replace(cloud_config=west)`.

use rustc_hash::FxHashSet;

use super::Module;
use super::jobs::ARGUMENTS;
use super::layout::{self, Expression};
use crate::submission::{Job, JobField, JobSetting, SubmissionId};

impl Module<'_, '_> {
    /// The submissions that others build on, bases first, then the jobs. Configurations belong to the jobs: what a
    /// submission says of it is `replace()` on a profile, and which one may be said further down.
    pub(super) fn submissions(&mut self) {
        let Some(jobs) = self.wanted.jobs else { return };
        self.imports.insert("Submission");
        let submissions = self.wanted.facts.submissions();
        let needed = submissions.with_bases(jobs.iter().map(|job| job.submission));
        let extended: FxHashSet<SubmissionId> = needed.iter().flat_map(|id| submissions.bases(*id)).collect();
        for id in needed {
            if extended.contains(&id) || submissions.jobs_of(id).len() > 1 {
                self.base(id);
            }
        }
        for job in jobs {
            self.job(job);
        }
        let table = self.by_submission(|module, job| Expression::atom(module.stem(job.subject)));
        self.blocks.push(layout::assignment("submissions", &table));
    }

    /// A submission that others build on. The class wants an image: without one nothing can be built on it.
    fn base(&mut self, id: SubmissionId) {
        let facts = self.wanted.facts;
        let submissions = facts.submissions();
        if submissions.value(facts.tree(), id, JobField::Image).is_none() {
            return;
        }
        let name = self.wanted.submission_name(id);
        let has_job_of_that_name =
            self.wanted.jobs().iter().any(|job| self.wanted.names.shown(&job.name) == name);
        let name = if has_job_of_that_name { format!("{name}_base") } else { name.to_owned() };
        let variable = self.names.variable(&name, &[]);
        let value = self.built(id, |field| submissions.setting(id, field), Vec::new());
        self.blocks.push(layout::assignment(&variable, &value));
        self.bases.insert(id, variable);
    }

    fn job(&mut self, job: &Job) {
        let mut beside = Vec::new();
        if let Some(id) = self.configurations.of(job) {
            beside.push(("cloud_config=".to_owned(), Expression::atom(self.variable(id))));
        }
        beside.extend(self.gpu(job).map(|gpu| ("gpu=".to_owned(), gpu)));
        let value = self.built(job.submission, |field| job.setting(field), beside);
        self.blocks.push(layout::assignment(&self.stem(job.subject), &value));
    }

    /// Something on top of its submission, or of that one's bases: what these do not set alike is said again.
    fn built(
        &mut self,
        id: SubmissionId,
        set: impl Fn(JobField) -> Option<JobSetting>,
        mut more: Vec<(String, Expression)>,
    ) -> Expression {
        let submissions = self.wanted.facts.submissions();
        let bases: Vec<SubmissionId> =
            if self.bases.contains_key(&id) { vec![id] } else { submissions.bases(id).collect() };
        let variables: Option<Vec<(SubmissionId, String)>> =
            bases.into_iter().map(|base| Some((base, self.bases.get(&base)?.clone()))).collect();
        let variables = variables.unwrap_or_default();
        let first = variables.first().cloned();
        let mut arguments = Vec::new();
        for (field, name, _) in ARGUMENTS {
            let Some(set) = set(field) else { continue };
            if first.as_ref().is_some_and(|(base, _)| submissions.setting(*base, field) == Some(set)) {
                continue;
            }
            let from =
                variables.iter().rev().find(|(base, _)| submissions.setting(*base, field) == Some(set));
            let value = match from {
                Some((_, variable)) => Some(Expression::atom(format!("{variable}.{name}"))),
                None => self.job_value(field, set),
            };
            // What a base sets has to be cleared; what nobody sets is nothing as it is.
            let is_set = first.as_ref().is_some_and(|(base, _)| submissions.setting(*base, field).is_some());
            let value = value.or_else(|| is_set.then(|| Expression::atom("None")));
            arguments.extend(value.map(|value| (format!("{name}="), value)));
        }
        arguments.append(&mut more);
        match first {
            None => Expression::call("Submission", arguments),
            Some((_, variable)) if arguments.is_empty() => Expression::atom(variable),
            Some((_, variable)) => Expression::call(&format!("{variable}.replace"), arguments),
        }
    }
}
