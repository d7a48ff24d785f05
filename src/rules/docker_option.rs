//! AC709: options that Docker does not have.

use super::keys::{self, Rivals};
use super::{Context, jobs};
use crate::finding::Finding;
use crate::profile::Place;
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::submission::JobField;
use crate::suggest;
use crate::yaml::Entry;

/// AC709
pub const RULE: Rule = Rule {
    code: "AC709",
    name: "docker-option",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    kind: Kind::Mistake,
    summary: "An unknown key in `dockerOptions`, or a value that Docker does not take",
    docs: r"
The options are `binds`, `cpus`, `gpus`, `ipc`, `memory`, `network`, `privileged`, `runtime`, `shmSize` and `ulimits`. A size is a
number with a unit: `512m`, `8g`. `network` is known since SDK 0.1.63, `privileged` since 0.1.64.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: west
    image: ghcr.io/acme/train:1.4
    dockerOptions:
      shm_size: 8g
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
    dockerOptions:
      shmSize: 8g
```
",
};

const OPTIONS: [&str; 10] =
    ["binds", "cpus", "gpus", "ipc", "memory", "network", "privileged", "runtime", "shmSize", "ulimits"];

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let tree = context.tree;
    let mut rivals = Rivals::default();
    for mismatch in jobs::owned(context, &RULE) {
        let Some(key) = mismatch.key else { continue };
        let (name, span) = (tree.key(key), tree.span(key));
        let finding = Finding::new(&RULE, span, format!("there is no Docker option `{name}` here"));
        let finding = finding.at(Place::around(tree, span));
        let is_set = |option: &str| mismatch.map.is_some_and(|map| tree.entry(map, option).is_some());
        findings.push(match suggest::closest(name, OPTIONS) {
            Some(closest) if is_set(closest) => finding
                .help(format!("it is spelt `{closest}`, which is set here as well: keep one of the two")),
            Some(closest) => {
                let meant = |name: &str| suggest::closest(name, OPTIONS);
                let has_rivals = mismatch.map.is_some_and(|map| rivals.are_for(context, map, closest, meant));
                let certain = suggest::certain(name, OPTIONS).filter(|_| !has_rivals);
                keys::respelt(context, finding, (mismatch.map, key), closest, certain)
            }
            None => finding
                .help(format!("the API takes {}", OPTIONS.map(|option| format!("`{option}`")).join(", "))),
        });
    }
    for options in context.submissions().written(JobField::DockerOptions) {
        for entry in tree.entries(options.value) {
            findings.extend(value(context, *entry));
        }
    }
}

fn value(context: &Context<'_>, entry: Entry) -> Option<Finding> {
    let tree = context.tree;
    let text = context.text(entry.value)?;
    let (is_right, wanted) = match tree.key(entry.key) {
        "shmSize" | "memory" => (is_size(text), "a size is a number with a unit: `512m`, `8g`"),
        "cpus" => (is_number(text), "write a number: `\"4\"`, `\"1.5\"`"),
        _ => return None,
    };
    if is_right {
        return None;
    }
    let message =
        format!("`{}` can't be {}", tree.key(entry.key), context.quote(Some(entry.key), entry.value));
    Some(jobs::finding(context, &RULE, entry.value, message).help(wanted))
}

fn is_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(fraction)
}

/// As Docker reads sizes: `8g`, `8GB`, `1.5 GiB`, or a plain number of bytes.
fn is_size(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let number = lower.strip_suffix('b').unwrap_or(&lower);
    let number = number.strip_suffix('i').unwrap_or(number);
    let number = number.strip_suffix(['k', 'm', 'g', 't', 'p']).unwrap_or(number);
    is_number(number.strip_suffix(' ').unwrap_or(number))
}
