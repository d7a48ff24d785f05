//! AC705: an image that changes.

use super::{Context, image, jobs};
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::submission::JobField;

/// AC705
pub const RULE: Rule = Rule {
    code: "AC705",
    name: "image-tag",
    severity: Severity::Note,
    fix: None,
    kind: Kind::Mistake,
    summary: "An image without a tag, or with the tag `latest`",
    docs: r"
`latest`, which is also what no tag means, is another image tomorrow: the jobs of one sweep may not run the same code,
and what ran is not known later. Name a version, or the digest.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: west
    image: ghcr.io/acme/train
```

```yaml good
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: west
    image: ghcr.io/acme/train:1.4
```
",
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut references = image::References::default();
    for entry in context.submissions().written(JobField::Image) {
        let Some(text) = context.text(entry.value) else { continue };
        let Ok(reference) = references.parse(text) else { continue };
        let reason = match reference.tag {
            _ if reference.has_digest => continue,
            Some("latest") => "is another image tomorrow",
            Some(_) => continue,
            None => "has no tag, which means `latest`: another image tomorrow",
        };
        let message = format!("{} {reason}", context.quote(None, entry.value));
        let finding = jobs::finding(context, &RULE, entry.value, message);
        findings.push(finding.help("name a version: `ghcr.io/acme/train:1.4`"));
    }
}
