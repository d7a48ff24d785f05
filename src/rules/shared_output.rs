//! AC716: one place for all results.

use rustc_hash::FxHashMap;

use super::{Context, jobs};
use crate::finding::Finding;
use crate::profile::{Field, Setting};
use crate::rule::{Kind, Rule, Severity};

/// AC716
pub const RULE: Rule = Rule {
    code: "AC716",
    name: "shared-output",
    severity: Severity::Note,
    fix: None,
    kind: Kind::Mistake,
    summary: "Several jobs of a fan-out write to the same output bucket",
    docs: r"
The jobs of a fan-out run at the same time, and what one writes to `/mnt/output` may overwrite what another wrote. Give each its
own bucket, or have each write into a folder of its own and silence this.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
    outputBucket: eval-results
submissions:
  sweep:
    profile: west
    image: ghcr.io/acme/train:1.4
    matrix:
      gpuType: [t4, a100]
```

```yaml good
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  sweep:
    profile: west
    image: ghcr.io/acme/train:1.4
    fanOut:
      - gpuType: t4
        cloudConfig: {outputBucket: eval-results-t4}
      - gpuType: a100
        cloudConfig: {outputBucket: eval-results-a100}
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (id, submission) in context.submissions().all() {
        let mut writers: Vec<(&str, Setting, usize)> = Vec::new();
        let mut known: FxHashMap<(&str, Option<&str>), usize> = FxHashMap::default();
        for job in context.submissions().jobs_of(id) {
            let Some(bucket) = context.subjects.value(job.subject, Field::OutputBucket) else { continue };
            let Some(name) = context.text(bucket.entry.value) else { continue };
            // The same name on another storage is another bucket.
            let storage = [Field::OutputStorageCredentials, Field::Credentials]
                .into_iter()
                .find_map(|field| context.text(context.subjects.value(job.subject, field)?.entry.value));
            let index = *known.entry((name, storage)).or_insert_with(|| {
                writers.push((name, bucket, 0));
                writers.len() - 1
            });
            if let Some((_, _, count)) = writers.get_mut(index) {
                *count += 1;
            }
        }
        for (bucket, setting, count) in writers.into_iter().filter(|(_, _, count)| *count > 1) {
            let name = submission.name(context.tree);
            let message = format!("{count} jobs of `{name}` write to the bucket `{bucket}` at the same time");
            findings.push(
                jobs::at_name(context, &RULE, submission, message)
                    .label(context.tree.span(submission.entry.key), "these jobs")
                    .label(context.tree.entry_span(setting.entry), "write here")
                    .help("give each its own `outputBucket` in `cloudConfig`, or a folder of its own in the command"),
            );
        }
    }
}
