//! AC601: storage settings for a bucket that is not there.

use super::context::others;
use super::{Check, Context, Rule};
use crate::finding::{Finding, Severity};
use crate::profile::{Field, Storage, meetings};

/// AC601
pub const RULE: Rule = Rule {
    code: "AC601",
    name: "storage-without-bucket",
    severity: Severity::Warning,
    fix: None,
    summary: "Storage credentials or a storage region for a bucket that is not set",
    explanation: "`inputStorageCredentials` and `inputStorageRegion` say how to reach `inputBucket`; without it they \
        do nothing. The same goes for output and checkpoints. A template may leave the bucket to the profiles that \
        extend it.",
    bad: "profiles:\n  train:\n    credentials: gcp-prod\n    inputStorageCredentials: aws-prod\n",
    good: "profiles:\n  train:\n    credentials: gcp-prod\n    inputBucket: train-data\n    inputStorageCredentials: aws-prod\n",
    example_credentials: &[],
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for storage in Storage::ALL {
        for field in [storage.credentials, storage.region] {
            check_field(context, storage.bucket, field, findings);
        }
    }
}

fn check_field(context: &Context<'_>, bucket: Field, field: Field, findings: &mut Vec<Finding>) {
    let profiles = context.profiles;
    let lonely = meetings(profiles, |id| {
        let setting = profiles.value(id, field)?;
        let is_complete = profiles.all().get(id.index())?.is_complete;
        (is_complete && !profiles.is_template(id) && profiles.value(id, bucket).is_none()).then_some(setting)
    });
    for meeting in lonely {
        let (setting, id) = (meeting.key, meeting.profile);
        let (name, bucket) = (field.name(), bucket.name());
        let message = format!(
            "`{}` has `{name}`, but no `{bucket}`{}",
            profiles.name(id),
            others(meeting.others.len())
        );
        let mut finding =
            Finding::new(&RULE, context.value_span(setting.entry.value), message).at(context.path(id, name));
        if setting.origin != id {
            finding =
                finding.label(context.value_span(setting.entry.value), context.origin(id, field, setting));
        }
        findings.push(finding.help(format!("set `{bucket}`, or take `{name}` out")));
    }
}
