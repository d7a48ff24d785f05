//! AC601: storage settings for a bucket that is not there.

use super::Context;
use crate::finding::Finding;
use crate::profile::{Storage, meetings};
use crate::rule::{Kind, Rule, Severity};

/// AC601
pub const RULE: Rule = Rule {
    code: "AC601",
    name: "storage-without-bucket",
    severity: Severity::Warning,
    fix: None,
    kind: Kind::Mistake,
    summary: "Storage credentials or a storage region for a bucket that is not set",
    docs: r"
`inputStorageCredentials` and `inputStorageRegion` say how to reach `inputBucket`; without it they do nothing.
The same goes for output and checkpoints. A template may leave the bucket to the profiles that extend it.

```yaml bad
profiles:
  train:
    credentials: gcp-prod
    inputStorageCredentials: aws-prod
```

```yaml good
profiles:
  train:
    credentials: gcp-prod
    inputBucket: train-data
    inputStorageCredentials: aws-prod
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for storage in Storage::ALL {
        check_storage(context, storage, findings);
    }
}

fn check_storage(context: &Context<'_>, storage: Storage, findings: &mut Vec<Finding>) {
    let subjects = context.subjects;
    let fields = [storage.credentials, storage.region];
    let set_in = |id| fields.into_iter().filter_map(move |field| Some((field, subjects.value(id, field)?)));
    // An heir that adds the region to inherited credentials lacks the same bucket as its base.
    let lonely = meetings(subjects, |id| {
        let (field, setting) = set_in(id).next()?;
        let is_complete = subjects.get(id).is_complete;
        let is_lonely = is_complete && subjects.value(id, storage.bucket).is_none();
        (is_lonely && !subjects.is_template(id)).then_some((field, setting.entry))
    });
    for meeting in lonely {
        let (name, bucket) = (subjects.name(meeting.subject), storage.bucket.name());
        let set: Vec<_> = set_in(meeting.subject).collect();
        let Some((field, setting)) = set.first().copied() else { continue };
        let names: Vec<String> = set.iter().map(|(field, _)| format!("`{}`", field.name())).collect();
        let names = names.join(" and ");
        let message =
            format!("`{name}` has {names}, but no `{bucket}`{}", context.subjects.others(&meeting.others));
        let mut finding = Finding::new(&RULE, context.value_span(setting.entry.value), message)
            .at(context.place(meeting.subject, field.name()))
            .help(format!("set `{bucket}`, or take {names} out"));
        if set.len() > 1 || setting.origin != meeting.subject {
            for (field, setting) in set {
                let span = context.value_span(setting.entry.value);
                finding = finding.label(span, context.origin(meeting.subject, field, setting));
            }
        }
        findings.push(finding);
    }
}
