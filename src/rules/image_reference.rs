//! AC704: what is no image reference.

use super::{Context, image, jobs};
use crate::finding::{Edit, Finding, Fix};
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::submission::JobField;

/// AC704
pub const RULE: Rule = Rule {
    code: "AC704",
    name: "image-reference",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    kind: Kind::Mistake,
    summary: "An image reference that Docker does not take",
    docs: r"
`[HOST[:PORT]/]NAME[/NAME…][:TAG][@DIGEST]`: names are in lower case, with single `.`, one or two `_` or any number of
`-` between letters and digits; a tag has up to 128 letters, digits, `_`, `.` and `-`.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: west
    image: ghcr.io/Acme/train:1.4
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
    for entry in context.submissions().mentioned(JobField::Image) {
        let Some(text) = context.text(entry.value) else { continue };
        let Err(reason) = references.parse(text) else { continue };
        let shown = context.quote(None, entry.value);
        let finding =
            jobs::finding(context, &RULE, entry.value, format!("{shown} is no name of an image: {reason}"));
        let lower = image::in_lower_case(text);
        if image::parse(&lower).is_ok() {
            // The same characters but for their case: quotes or none stay right.
            let place = context.editable(entry.value).and_then(|value| context.tree.literal(value));
            let edits = place.map(|place| vec![Edit::replace(place, lower.clone())]);
            let fix = edits.map(|edits| Fix::safe("write it in lower case", edits));
            findings.push(finding.help(format!("write it in lower case: `{lower}`")).fix(fix));
        } else if let Some(rest) =
            text.split_once("://").map(|(_, rest)| rest).filter(|rest| image::parse(rest).is_ok())
        {
            findings.push(finding.help(format!("write it without the protocol: `{rest}`")));
        } else if text.contains(['$', '{']) {
            findings.push(finding.help("nothing puts variables in here: write the image's name"));
        } else {
            findings.push(finding.help("an image is named like `ghcr.io/acme/train:1.4`"));
        }
    }
}
