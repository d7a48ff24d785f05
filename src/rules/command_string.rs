//! AC706: a command that is one text.

use super::{Context, jobs};
use crate::finding::{Edit, Finding, Fix};
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::yaml::{Data, Quoting};

/// AC706
pub const RULE: Rule = Rule {
    code: "AC706",
    name: "command-string",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    kind: Kind::Unresolvable,
    summary: "`command` is a string where a list belongs",
    docs: r#"
No shell reads the command: it is a list of the program and its arguments. A text without anything that a shell would
treat specially is split at its spaces. What needs a shell names it: `[sh, -c, "…"]`.

```yaml bad
profiles:
  west:
    credentials: azure2
    region: westus2
submissions:
  train:
    profile: west
    image: ghcr.io/acme/train:1.4
    command: python train.py
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
    command: [python, train.py]
```
"#,
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for mismatch in jobs::owned(context, &RULE) {
        let message = "`command` must be a list of the program and its arguments, not a string";
        let finding = jobs::finding(context, &RULE, mismatch.value, message);
        let text = context.tree.str(mismatch.value).unwrap_or_default();
        let target = context.editable(mismatch.value);
        let is_block = matches!(context.tree.data(mismatch.value), Data::Str(_, Quoting::Block));
        findings.push(match list(text).filter(|_| !is_block) {
            Some(list) => {
                let edits = target.map(|value| vec![Edit::replace(context.tree.span(value), list.clone())]);
                finding
                    .help("write each word as an item")
                    .fix(edits.map(|edits| Fix::safe("make it a list", edits)))
            }
            None => finding.help("write each word as an item, or let a shell read it: `[sh, -c, \"…\"]`"),
        });
    }
}

/// The words of a command as a list in one line; nothing if a shell would read more into it.
fn list(text: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " _-./:=,@%+".contains(c);
    let words: Vec<&str> = text.split_whitespace().collect();
    // `A=1 python` sets a variable.
    let is_assignment = words.first().is_some_and(|word| word.contains('='));
    if words.is_empty() || is_assignment || !text.chars().all(is_plain) {
        return None;
    }
    let item = |word: &&str| {
        let begins = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let is_word = word.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
        let is_keyword = matches!(
            word.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
        if begins && is_word && !is_keyword { (*word).to_owned() } else { format!("\"{word}\"") }
    };
    Some(format!("[{}]", words.iter().map(item).collect::<Vec<_>>().join(", ")))
}
