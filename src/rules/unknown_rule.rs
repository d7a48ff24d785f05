//! AC902: suppressions that name no rule.

use super::Parsed;
use crate::finding::Finding;
use crate::rule::{Kind, Rule, Severity};
use crate::source::Source;
use crate::suppress::{Malformed, Name};

/// AC902
pub const RULE: Rule = Rule {
    code: "AC902",
    name: "unknown-rule",
    severity: Severity::Warning,
    fix: None,
    kind: Kind::Suppression,
    summary: "A suppression names a rule that does not exist, or none at all",
    docs: r"
A misspelt rule is not silenced. `anycloud-lint rules` lists them all; a suppression names each rule by its
code or its name, in brackets: `# anycloud-lint: ignore[unknown-field, AC301]` for the line that it ends or
stands before, `# anycloud-lint: ignore-file[plaintext-secret]` for the file. There is no way to silence
everything at once, so a bare `ignore` is reported too, and so are the words of other linters.

```yaml bad
profiles:
  train:
    region: us-east-1 # anycloud-lint: ignore[unknow-field]
```

```yaml good
profiles:
  train:
    region: us-east-1
```
",
};

pub(super) fn check(parsed: &Parsed<'_>, findings: &mut Vec<Finding>) {
    findings.extend(parsed.suppressions.malformed().iter().map(misread));
    let unknown = parsed.suppressions.names().filter(|(_, name)| name.rule.is_none());
    findings.extend(unknown.map(|(_, name)| unknown_name(parsed.source, name)));
}

fn misread(malformed: &Malformed) -> Finding {
    Finding::new(&RULE, malformed.span, &malformed.message).help(&malformed.help)
}

fn unknown_name(source: &Source, name: &Name) -> Finding {
    let word = source.slice(name.span);
    let is_group = super::selects_any(word);
    let finding = Finding::new(&RULE, name.span, format!("there is no rule `{word}`"));
    match super::closest(word) {
        _ if is_group => {
            finding.help("a suppression names each rule; a group can be turned off in the configuration")
        }
        Some(closest) => finding.help(format!("did you mean `{closest}`?")),
        None => finding.help("`anycloud-lint rules` lists the rules"),
    }
}
