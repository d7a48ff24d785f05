//! AC005: more than is read.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::{Context, Parsed};
use crate::finding::Finding;
use crate::profile::{Place, Subject};
use crate::rule::{Kind, Rule, Severity};
use crate::source::Encoding;
use crate::submission::{JobField, MAX_JOBS, MAX_JOBS_IN_FILE};
use crate::yaml::{Limit, MAX_DEPTH, MAX_EXPANSION, NodeId, ProblemKind};

/// AC005
pub const RULE: Rule = Rule {
    code: "AC005",
    name: "limit",
    severity: Severity::Error,
    fix: None,
    kind: Kind::Unreadable,
    summary: "The file is too large, nested too deep, or its aliases expand to too much",
    docs: r"
A file of up to 64 MiB is read, with up to 128 nested collections and aliases that expand to up to a million
nodes. No file of profiles comes near; a file that does is a mistake or an attack on whoever loads it. An
alias inside the very node that it names is reported here as well: it would never end.

```yaml bad
x-loop: &loop
  again: *loop
profiles:
  train:
    region: us-east-1
```

```yaml good
profiles:
  train:
    region: us-east-1
```
",
};

pub(super) fn check(parsed: &Parsed<'_>, findings: &mut Vec<Finding>) {
    if let Some((Encoding::TooLarge, span)) = parsed.source.flaw() {
        let finding = Finding::new(&RULE, span, "the file is larger than 64 MiB");
        findings.push(finding.help("split it; a file of ten thousand profiles has about one MiB"));
    }
    for problem in parsed.problems {
        let ProblemKind::Limit(limit) = problem.kind else { continue };
        let (message, help) = match limit {
            Limit::Depth => (
                format!("more than {MAX_DEPTH} collections are nested here"),
                "profiles need four levels; check the brackets and the indentation",
            ),
            Limit::Expansion => (
                format!("with this alias, the aliases of the file expand to more than {MAX_EXPANSION} nodes"),
                "write out what is needed, or use `extends` instead of aliases to aliases",
            ),
            Limit::SelfReference => (
                "this alias stands inside the node that it names, and so would never end".into(),
                "name another anchor, or take the alias out",
            ),
        };
        findings.push(Finding::new(&RULE, problem.span, message).help(help));
    }
}

/// The submissions that come to more jobs than are made: of those that inherit one list the first, with the number of
/// the others.
pub(super) fn check_jobs(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (tree, submissions) = (context.tree, context.submissions());
    let mut causes: IndexMap<(NodeId, Option<usize>), Vec<&Subject>, FxBuildHasher> = IndexMap::default();
    for excess in submissions.excesses() {
        let Some(submission) = submissions.get(excess.submission) else { continue };
        let list = |field| {
            let setting = submissions.setting(excess.submission, field);
            setting.map(|setting| setting.entry).filter(|list| !tree.is_null(list.value))
        };
        let list = list(JobField::Matrix).or_else(|| list(JobField::FanOut));
        let key = list.filter(|_| excess.count.is_some()).unwrap_or(submission.entry).key;
        causes.entry((key, excess.count)).or_default().push(submission);
    }
    for ((key, count), submissions) in causes {
        let [first, others @ ..] = submissions.as_slice() else { continue };
        let name = first.name(tree);
        let others = match others {
            [] => String::new(),
            [_] => " (and 1 other submission is affected)".to_owned(),
            _ => format!(" (and {} other submissions are affected)", others.len()),
        };
        let (message, help) = match count {
            Some(usize::MAX) => (
                format!("`{name}` comes to more jobs than can be counted; {MAX_JOBS} are allowed{others}"),
                "take an axis out",
            ),
            Some(count) => (
                format!("`{name}` comes to {count} jobs, and {MAX_JOBS} are allowed{others}"),
                "split it into several submissions, or leave more out",
            ),
            None => (
                format!("with `{name}` the file comes to more than {MAX_JOBS_IN_FILE} jobs"),
                "split the file",
            ),
        };
        let finding = Finding::new(&RULE, tree.span(key), message).at(Place::around(tree, tree.span(key)));
        findings.push(finding.help(help));
    }
}
