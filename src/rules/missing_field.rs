//! AC104: what has to be there and is not.

use std::cell::OnceCell;

use super::{Context, keys};
use crate::finding::{Edit, Finding, Fix};
use crate::profile::Place;
use crate::rule::{Applicability, Kind, Rule, Severity};
use crate::schema::{Mismatch, MismatchKind};
use crate::source::Span;

/// AC104
pub const RULE: Rule = Rule {
    code: "AC104",
    name: "missing-field",
    severity: Severity::Error,
    fix: Some(Applicability::Unsafe),
    kind: Kind::Mistake,
    summary: "`profiles`, or a field that a credential object needs, is missing",
    docs: r"
A file needs `profiles`, and a credential object the fields that its provider's credentials have. Where
profiles stand at the root of the file, without `profiles:`, they can be moved below it.

```yaml bad
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

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let misspelt = OnceCell::new();
    for mismatch in context.mismatches {
        if let MismatchKind::Missing(name) = &mismatch.kind {
            // A misspelt key is what is wrong; it is not missing as well.
            if misspelt.get_or_init(|| keys::misspelt(context)).contains(&(mismatch.value, name.as_str())) {
                continue;
            }
            findings.push(if name == "profiles" {
                missing_profiles(context)
            } else {
                missing_in_object(context, mismatch, name)
            });
        }
    }
}

fn missing_in_object(context: &Context<'_>, mismatch: &Mismatch, name: &str) -> Finding {
    let tree = context.tree;
    let span = mismatch.key.map_or_else(|| context.value_span(mismatch.value), |key| tree.span(key));
    if name == "cloudProvider" {
        let guess = keys::provider_of(context, mismatch.value);
        let finding = Finding::new(
            &RULE,
            span,
            "this credential object does not say whose it is: `cloudProvider` is missing",
        );
        return finding.at(mismatch.place.clone()).help(match guess {
            Some(provider) => format!("add `cloudProvider: {provider}`"),
            None => "add `cloudProvider: AWS`, or whose it is".into(),
        });
    }
    if mismatch.place.last_key() == "mounts" {
        return Finding::new(&RULE, span, format!("this mount lacks `{name}`"))
            .at(mismatch.place.clone())
            .help(match name {
                "name" => "add `name`: `state`, or a path that begins with `/`".to_owned(),
                _ => format!("add `{name}`"),
            });
    }
    let provider = tree.entry(mismatch.value, "cloudProvider").and_then(|entry| tree.str(entry.value));
    let provider = provider.map_or_else(String::new, |provider| format!("{provider} "));
    Finding::new(&RULE, span, format!("this {provider}credential object lacks `{name}`"))
        .at(mismatch.place.clone())
        .help(format!("add `{name}`, or use the name of saved credentials in place of the object"))
}

fn missing_profiles(context: &Context<'_>) -> Finding {
    let tree = context.tree;
    let first = tree.written_entries(tree.root()).first();
    let span = first.map_or_else(|| tree.span(tree.root()), |entry| tree.span(entry.key));
    let finding = Finding::new(&RULE, span, "the file has no `profiles`").at(Place::Root);
    if keys::root_holds_profiles(context) {
        return finding
            .help("put `profiles:` above the profiles and indent them below it")
            .fix(nest(context));
    }
    finding.help("put the profiles below `profiles:`, each under its name")
}

/// `profiles:` above the first profile, and two spaces before each line of the profiles.
fn nest(context: &Context<'_>) -> Option<Fix> {
    let tree = context.tree;
    let source = tree.source();
    let candidates = keys::profiles_at_root(context);
    let (first, last) = (candidates.first()?, candidates.last()?);
    let span = tree.entry_span(*first).to(tree.entry_span(*last));
    let between =
        tree.written_entries(tree.root()).iter().filter(|entry| span.contains(tree.entry_span(**entry)));
    let is_block = source.line_span(span.start).start == span.start;
    if between.count() != candidates.len() || !is_block {
        return None;
    }
    let mut edits = Vec::new();
    let newline = source.newline();
    for start in source.line_starts().iter().copied().filter(|start| (span.start..span.end).contains(start)) {
        let line = source.line_span(start);
        let is_first = edits.is_empty();
        if is_first {
            edits.push(Edit::insert(start, format!("profiles:{newline}  ")));
        } else if !source.slice(Span::new(line.start, line.end)).trim().is_empty() {
            edits.push(Edit::insert(start, "  "));
        }
    }
    Some(Fix::unsafe_("put them below `profiles:`", edits))
}
